// What is looked at before a source is parsed, so that the parser can take it for granted.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "compiler/support/diagnostic.h"

namespace schemac::parse {

inline constexpr std::size_t kDeepestNesting = 200;

// Why the text cannot be read at all: it is huge, or no UTF-8 text. nullopt when it can, as far as the bytes
// [begin, end) tell.
std::optional<Diagnostic> WhatIsWrongWith(SourceId source, std::string_view text, std::size_t begin = 0,
                                          std::size_t end = std::string_view::npos);

// The parser descends once for each bracket, brace and CASE: how deep is counted here, token by token.
class Depth {
 public:
  // False when the token is more than kDeepestNesting deep.
  bool Enter(std::size_t type);

 private:
  std::size_t brackets_ = 0;
  std::size_t cases_ = 0;
};

}  // namespace schemac::parse
