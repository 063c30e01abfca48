// Our own mistakes stop the program where they are noticed; the author's mistakes are diagnostics.
#pragma once

namespace schemac {

// Stops with exit code 70 and the place of the failed check. The defaults are the caller's place: the
// builtins that std::source_location is made of, because clang 14 (clang-tidy, the fuzzers) cannot read that
// header of GCC 12.
[[noreturn]] void CheckFailed(const char* file = __builtin_FILE(), int line = __builtin_LINE(),
                              const char* function = __builtin_FUNCTION());

// Goes on when the condition holds, else CheckFailed().
inline void Check(bool condition, const char* file = __builtin_FILE(), int line = __builtin_LINE(),
                  const char* function = __builtin_FUNCTION()) {
  if (!condition) CheckFailed(file, line, function);
}

}  // namespace schemac
