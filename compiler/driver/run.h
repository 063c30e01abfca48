// The whole program but for the real world around it.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/context.h"

namespace schemac {

// Runs one command line (without the program's name) and returns the exit code. Diagnostics go to
// `environment.err`.
int Run(std::vector<std::string> arguments, Environment& environment);

}  // namespace schemac
