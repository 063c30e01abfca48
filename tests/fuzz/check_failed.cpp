// In place of the one in compiler/support: a check that fails is a finding, and libFuzzer keeps its input
// only when the program aborts.
#include <cstdio>
#include <cstdlib>

#include "compiler/support/check.h"

namespace schemac {

void CheckFailed(const char* file, int line, const char* function) {
  std::fprintf(stderr, "check failed at %s:%d in %s\n", file, line, function);
  std::abort();
}

}  // namespace schemac
