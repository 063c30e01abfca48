// Tokens as places and as text. Internal to the parser.
#pragma once

#include <string>
#include <string_view>

#include <antlr4-runtime.h>

#include "compiler/support/source.h"

namespace schemac::parse {

// One source while it is parsed.
class Input {
 public:
  SourceId source = kNoSource;
  std::string_view text;  // The whole text, with its byte-order mark.

  [[nodiscard]] Span SpanOf(const antlr4::Token& first, const antlr4::Token& last) const;
  [[nodiscard]] Span SpanOf(const antlr4::Token& token) const { return SpanOf(token, token); }
  // The token as it stands in the source; "" at the end of the text.
  [[nodiscard]] std::string_view TextOf(const antlr4::Token& token) const;
  // For messages: `"foo"`, shortened when long; `the end of the file`.
  [[nodiscard]] std::string Shown(const antlr4::Token& token) const;
  // Whether only blanks stand before the token on its line.
  [[nodiscard]] bool BeginsLine(const antlr4::Token& token) const;
  // Whether the token stands in the first column.
  [[nodiscard]] bool AtMargin(const antlr4::Token& token) const;

 private:
  [[nodiscard]] bool EndsAtLine(std::size_t at) const;
};

}  // namespace schemac::parse
