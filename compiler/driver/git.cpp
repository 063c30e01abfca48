#include "compiler/driver/git.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace schemac {
namespace {

Error ProgramError(std::string message) {
  Error error;
  error.message = std::move(message);
  error.kind = DiagnosticKind::InputOutput;
  return error;
}

// The reading ends of a child's standard output and error.
struct Pipes {
  std::array<int, 2> out{-1, -1};
  std::array<int, 2> err{-1, -1};
  Pipes() = default;
  Pipes(const Pipes&) = delete;
  Pipes& operator=(const Pipes&) = delete;
  ~Pipes() {
    for (const int end : {out[0], out[1], err[0], err[1]}) {
      if (end >= 0) close(end);
    }
  }
  bool Open() { return pipe(out.data()) == 0 && pipe(err.data()) == 0; }
  void CloseWritingEnds() {
    close(std::exchange(out[1], -1));
    close(std::exchange(err[1], -1));
  }
};

// Both at once, so that a child that fills one of them does not wait for ever.
void ReadBoth(const Pipes& pipes, std::string& out, std::string& err) {
  std::array<pollfd, 2> ends{{{pipes.out[0], POLLIN, 0}, {pipes.err[0], POLLIN, 0}}};
  const std::array<std::string*, 2> texts{&out, &err};
  std::array<char, 1 << 16> buffer{};
  while (ends[0].fd >= 0 || ends[1].fd >= 0) {
    if (poll(ends.data(), ends.size(), -1) < 0 && errno != EINTR) return;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (ends[i].fd < 0 || ends[i].revents == 0) continue;
      const ssize_t count = read(ends[i].fd, buffer.data(), buffer.size());
      if (count > 0) {
        texts[i]->append(buffer.data(), static_cast<std::size_t>(count));
      } else if (count == 0 || errno != EINTR) {
        ends[i].fd = -1;
      }
    }
  }
}

}  // namespace

ErrorOr<std::string> RunProgram(const std::vector<std::string>& arguments) {
  Check(!arguments.empty());
  Pipes pipes;
  if (!pipes.Open()) return ProgramError(fmt::format("cannot run {}: no pipe", arguments.front()));
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", 0, 0);
  posix_spawn_file_actions_adddup2(&actions, pipes.out[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, pipes.err[1], STDERR_FILENO);
  for (const int end : {pipes.out[0], pipes.out[1], pipes.err[0], pipes.err[1]}) {
    posix_spawn_file_actions_addclose(&actions, end);
  }
  std::vector<std::string> copies = arguments;
  std::vector<char*> raw;
  for (std::string& argument : copies) raw.push_back(argument.data());
  raw.push_back(nullptr);
  pid_t child = 0;
  const int failure = posix_spawnp(&child, raw.front(), &actions, nullptr, raw.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failure != 0) {
    return ProgramError(
        fmt::format("cannot run {}: {}", arguments.front(), std::generic_category().message(failure)));
  }
  pipes.CloseWritingEnds();
  std::string out;
  std::string err;
  ReadBoth(pipes, out, err);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return out;
  const std::size_t line = err.find('\n');
  return ProgramError(fmt::format("{} failed: {}", arguments.front(), err.substr(0, line)));
}

ErrorOr<std::vector<std::pair<std::string, std::string>>> FilesAtGitRevision(const std::string& revision,
                                                                             const std::string& path) {
  if (revision.empty() || revision.starts_with('-')) {
    return ProgramError(fmt::format("\"{}\" is no git revision", revision));
  }
  const ErrorOr<std::string> names = RunProgram({"git", "--literal-pathspecs", "ls-tree", "-r", "-z",
                                                 "--name-only", revision, "--", path.empty() ? "." : path});
  if (!names) return names.error();
  std::vector<std::pair<std::string, std::string>> files;
  for (std::size_t begin = 0; begin < names->size();) {
    const std::size_t end = names->find('\0', begin);
    const std::string name = names->substr(begin, end - begin);
    begin = end == std::string::npos ? names->size() : end + 1;
    // `./`: relative to the current folder, as ls-tree prints names.
    ErrorOr<std::string> text = RunProgram({"git", "show", fmt::format("{}:./{}", revision, name)});
    if (!text) return text.error();
    files.emplace_back(name, *std::move(text));
  }
  if (files.empty()) return ProgramError(fmt::format("git revision {} has no \"{}\"", revision, path));
  return files;
}

}  // namespace schemac
