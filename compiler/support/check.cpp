#include "compiler/support/check.h"

#include <cstdio>
#include <cstdlib>

namespace schemac {

void CheckFailed(const char* file, int line, const char* function) {
  std::fprintf(stderr, "schemac: internal error: check failed at %s:%d in %s\n", file, line, function);
  std::fputs("This is a defect of schemac, not of your input; nothing was written.\n", stderr);
  std::_Exit(70);  // EX_SOFTWARE; no clean-up by code that we can no longer trust.
}

}  // namespace schemac
