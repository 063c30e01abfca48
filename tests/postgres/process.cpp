#include "tests/postgres/process.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "compiler/support/check.h"

namespace schemac::testing {

namespace {

struct Pipe {
  int ends[2] = {-1, -1};
  Pipe() { Check(pipe2(ends, O_CLOEXEC) == 0); }
  ~Pipe() {
    CloseEnd(0);
    CloseEnd(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void CloseEnd(int which) {
    if (ends[which] >= 0) close(ends[which]);
    ends[which] = -1;
  }
};

[[noreturn]] void BecomeProgram(const std::vector<std::string>& command, const ProcessOptions& options) {
  if (options.as_postgres && geteuid() == 0) {
    const passwd* user = getpwnam("postgres");
    if (user == nullptr || initgroups("postgres", user->pw_gid) != 0 || setgid(user->pw_gid) != 0 ||
        setuid(user->pw_uid) != 0) {
      _exit(126);
    }
  }
  if (!options.directory.empty() && chdir(options.directory.c_str()) != 0) _exit(126);
  for (const std::string& variable : options.environment) putenv(strdup(variable.c_str()));
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(strdup(word.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

// Feeds `input` and reads both outputs until all ends are closed.
void Exchange(Pipe& in, Pipe& out, Pipe& err, const std::string& input, ProcessResult& result) {
  std::size_t written = 0;
  if (input.empty()) in.CloseEnd(1);
  while (out.ends[0] >= 0 || err.ends[0] >= 0) {
    pollfd polled[3] = {{in.ends[1], POLLOUT, 0}, {out.ends[0], POLLIN, 0}, {err.ends[0], POLLIN, 0}};
    if (poll(polled, 3, -1) < 0 && errno != EINTR) break;
    if (polled[0].revents != 0) {
      const ssize_t count = write(in.ends[1], input.data() + written, input.size() - written);
      if (count > 0) written += static_cast<std::size_t>(count);
      if (count <= 0 || written == input.size()) in.CloseEnd(1);
    }
    const auto drain = [](Pipe& pipe, short events, std::string& into) {
      if (events == 0) return;
      char buffer[65536];
      const ssize_t count = read(pipe.ends[0], buffer, sizeof buffer);
      if (count > 0) into.append(buffer, static_cast<std::size_t>(count));
      if (count == 0 || (count < 0 && errno != EINTR)) pipe.CloseEnd(0);
    };
    drain(out, polled[1].revents, result.out);
    drain(err, polled[2].revents, result.err);
  }
}

}  // namespace

ProcessResult RunProcess(const std::vector<std::string>& command, const ProcessOptions& options) {
  std::signal(SIGPIPE, SIG_IGN);
  Pipe in;
  Pipe out;
  Pipe err;
  const pid_t child = fork();
  Check(child >= 0);
  if (child == 0) {
    dup2(in.ends[0], 0);
    dup2(out.ends[1], 1);
    dup2(err.ends[1], 2);
    BecomeProgram(command, options);
  }
  in.CloseEnd(0);
  out.CloseEnd(1);
  err.CloseEnd(1);
  ProcessResult result;
  Exchange(in, out, err, options.input, result);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "schemac-test-XXXXXX").string();
  Check(mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
  std::filesystem::permissions(path_, std::filesystem::perms::all);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::Write(const std::string& name, const std::string& text) const {
  const std::filesystem::path path = std::filesystem::path(path_) / name;
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
  return path.string();
}

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace schemac::testing
