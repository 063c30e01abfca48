// Our own mistakes stop the program where they are noticed; the author's mistakes are diagnostics.
#pragma once

#include <source_location>

namespace schemac {

[[noreturn]] void CheckFailed(const std::source_location& where);

// Stops with exit code 70 and the place of the failed check.
inline void Check(bool condition, const std::source_location& where = std::source_location::current()) {
  if (!condition) CheckFailed(where);
}

}  // namespace schemac
