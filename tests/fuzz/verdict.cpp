#include "tests/fuzz/verdict.h"

#include <cstdio>
#include <cstdlib>

namespace schemac::testing {

void StopOnFailure(const std::string& verdict) {
  if (verdict.empty()) return;
  // A script may name what it does not make (extensions do), and what only the other state has cannot go
  // then.
  for (const char* held : {"because other objects depend on it", "needs it [invalid-definition]"}) {
    if (verdict.find(held) != std::string::npos) return;
  }
  for (const char* fine : {"source ", "refused ", "creation is refused"}) {
    if (verdict.starts_with(fine)) return;
  }
  std::fputs(verdict.c_str(), stderr);
  std::abort();
}

}  // namespace schemac::testing
