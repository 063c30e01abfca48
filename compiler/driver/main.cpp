#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <unistd.h>

#include "compiler/driver/disk_files.h"
#include "compiler/driver/run.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  schemac::DiskFiles files;
  const char* no_color = std::getenv("NO_COLOR");
  schemac::Environment environment{files, std::cin, std::cout, std::cerr};
  environment.interactive = isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
  environment.color_allowed = isatty(STDERR_FILENO) == 1 && (no_color == nullptr || *no_color == '\0');
  return schemac::Run(std::vector<std::string>(argv + 1, argv + argc), environment);
}
