#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "compiler/driver/disk_files.h"
#include "compiler/driver/run.h"

namespace {

// A file that is opened while a standard stream is closed would get its number, and what is printed would end
// up in it. Opened for reading, the stream refuses what is written to it.
void OccupyStandardStreams() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(number, F_GETFD) < 0 && open("/dev/null", O_RDONLY) < 0) std::exit(schemac::kExitError);
  }
}

}  // namespace

int main(int argc, char** argv) {
  OccupyStandardStreams();
  // A reader that went away and a file that may not grow are errors of the write that meets them.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  std::ios::sync_with_stdio(false);
  schemac::DiskFiles files;
  const char* no_color = std::getenv("NO_COLOR");
  schemac::Environment environment{files, std::cin, std::cout, std::cerr};
  environment.interactive = isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
  environment.color_allowed = isatty(STDERR_FILENO) == 1 && (no_color == nullptr || *no_color == '\0');
  const int exit_code = schemac::Run(std::vector<std::string>(argv + 1, argv + argc), environment);
  // What it read goes with the process: to free it piece by piece takes a tenth of the time of a large diff.
  std::cout.flush();
  std::cerr.flush();
  std::_Exit(exit_code);
}
