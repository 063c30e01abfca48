// Files as git has them at a revision. Runs `git` itself, without a shell.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compiler/support/error_or.h"

namespace schemac {

// Runs a program of the PATH with these arguments in the current folder; its standard output. An error when
// it cannot be run or fails: with what it wrote to standard error.
ErrorOr<std::string> RunProgram(const std::vector<std::string>& arguments);

// Every file at or under `path` (relative to the current folder) in the git revision: path and contents, in
// git's order.
ErrorOr<std::vector<std::pair<std::string, std::string>>> FilesAtGitRevision(const std::string& revision,
                                                                             const std::string& path);

}  // namespace schemac
