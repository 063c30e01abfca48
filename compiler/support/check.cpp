#include "compiler/support/check.h"

#include <cstdio>
#include <cstdlib>

namespace schemac {

void CheckFailed(const std::source_location& where) {
  std::fprintf(stderr, "schemac: internal error: check failed at %s:%u in %s\n", where.file_name(),
               static_cast<unsigned>(where.line()), where.function_name());
  std::fputs("This is a defect of schemac, not of your input; nothing was written.\n", stderr);
  std::_Exit(70);  // EX_SOFTWARE; no clean-up by code that we can no longer trust.
}

}  // namespace schemac
