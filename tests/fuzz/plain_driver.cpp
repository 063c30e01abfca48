// What libFuzzer does, without its eyes: runs a fuzzer on its seeds and on random changes of them. Links with
// any compiler, so that the usual tests fuzz a little too; and it repeats a finding.
//
//     sql_fuzz FILE…                        each file once
//     sql_fuzz --runs N --seed S FOLDER     N changes of the files, the same for the same S
#include <algorithm>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed);
extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* left, std::size_t left_size,
                                                 const std::uint8_t* right, std::size_t right_size,
                                                 std::uint8_t* out, std::size_t max_size, unsigned seed);

namespace {

constexpr std::size_t kMostBytes = 6000;
constexpr unsigned kMostSeconds = 60;  // For one input; a sanitized build is slow.
constexpr const char* kFound = "found_input";

using Bytes = std::vector<std::uint8_t>;

Bytes current;  // What is running, for the handler.

// Only calls that a signal handler may make.
void KeepInput(int signal) {
  const int file = open(kFound, O_CREAT | O_TRUNC | O_WRONLY, 0644);
  if (file >= 0 && write(file, current.data(), current.size()) >= 0) close(file);
  std::signal(signal, SIG_DFL);
  std::raise(signal == SIGALRM ? SIGABRT : signal);
}

void RunOn(Bytes input) {
  current = std::move(input);
  alarm(kMostSeconds);
  LLVMFuzzerTestOneInput(current.data(), current.size());
  alarm(0);
}

Bytes ReadBytes(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Arguments {
  std::size_t runs = 0;
  unsigned seed = 1;
  std::vector<std::filesystem::path> files;
};

Arguments ReadArguments(int count, char** values) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = values[i];
    if (word == "--runs" && i + 1 < count) {
      arguments.runs = std::stoul(values[++i]);
    } else if (word == "--seed" && i + 1 < count) {
      arguments.seed = static_cast<unsigned>(std::stoul(values[++i]));
    } else if (std::filesystem::is_directory(word)) {
      for (const auto& entry : std::filesystem::directory_iterator(word))
        arguments.files.push_back(entry.path());
    } else {
      arguments.files.emplace_back(word);
    }
  }
  std::sort(arguments.files.begin(), arguments.files.end());
  return arguments;
}

// A seed, or a cross of two, changed a few times.
Bytes Change(const std::vector<Bytes>& seeds, std::minstd_rand& random) {
  const auto pick = [&]() -> const Bytes& { return seeds[random() % seeds.size()]; };
  Bytes bytes = pick();
  std::size_t size = std::min(bytes.size(), kMostBytes);
  bytes.resize(kMostBytes);
  if (random() % 3 == 0) {
    const Bytes left(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    const Bytes& right = pick();
    size = LLVMFuzzerCustomCrossOver(left.data(), left.size(), right.data(), right.size(), bytes.data(),
                                     kMostBytes, static_cast<unsigned>(random()));
  }
  for (std::size_t times = random() % 3; times > 0; --times) {
    size = LLVMFuzzerCustomMutator(bytes.data(), size, kMostBytes, static_cast<unsigned>(random()));
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace

// libFuzzer's own mutation of bytes, in its simplest form.
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size) {
  static std::minstd_rand random(1);
  if (size > 0 && random() % 3 > 0) {
    data[random() % size] = static_cast<std::uint8_t>(random());
  } else if (size < max_size) {
    data[size++] = static_cast<std::uint8_t>(random());
  }
  return size;
}

int main(int count, char** values) {
  const Arguments arguments = ReadArguments(count, values);
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGALRM}) std::signal(signal, KeepInput);
  std::vector<Bytes> seeds;
  for (const std::filesystem::path& path : arguments.files) seeds.push_back(ReadBytes(path));
  if (seeds.empty()) {
    std::fputs("no seeds\n", stderr);
    return 2;
  }
  if (arguments.runs == 0) {
    for (const Bytes& seed : seeds) RunOn(seed);
  }
  std::minstd_rand random(arguments.seed);
  for (std::size_t run = 0; run < arguments.runs; ++run) RunOn(Change(seeds, random));
  return 0;
}
