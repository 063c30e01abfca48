#include "compiler/parse/source_check.h"

#include <string>
#include <utility>

#include <fmt/format.h>
#include <grammar/SchemaParser.h>

#include "compiler/support/utf8.h"

namespace schemac::parse {
namespace {

using grammar::SchemaParser;

// A model of 10,000 tables has a few megabytes; beyond this, the file is something else.
constexpr std::size_t kLargestSource = std::size_t{32} << 20U;

}  // namespace

std::optional<Diagnostic> WhatIsWrongWith(SourceId source, std::string_view text, std::size_t begin,
                                          std::size_t end) {
  const auto report = [&](DiagnosticKind kind, std::size_t at, std::string message) {
    const auto place = static_cast<std::uint32_t>(at);
    return Diagnostic(kind, {source, place, place + 1}, std::move(message));
  };
  if (text.size() > kLargestSource) {
    return report(DiagnosticKind::SyntaxError, 0,
                  fmt::format("the source has {} MB; more than {} MB is no schema", text.size() >> 20U,
                              kLargestSource >> 20U));
  }
  const std::string_view part = text.substr(begin, end == std::string_view::npos ? end : end - begin);
  if (const std::size_t nul = part.find('\0'); nul != std::string_view::npos) {
    return report(DiagnosticKind::SyntaxError, begin + nul,
                  "a zero byte: this is a binary file, or text that is not UTF-8");
  }
  if (const auto invalid = FindInvalidUtf8(part)) {
    return report(DiagnosticKind::InvalidUtf8, begin + *invalid,
                  fmt::format("byte 0x{:02X} is not valid UTF-8 here",
                              static_cast<unsigned>(static_cast<unsigned char>(part[*invalid]))));
  }
  return std::nullopt;
}

bool Depth::Enter(std::size_t type) {
  switch (type) {
    case SchemaParser::LEFT_PAREN:
    case SchemaParser::LEFT_BRACKET:
    case SchemaParser::LEFT_BRACE:
      ++brackets_;
      break;
    case SchemaParser::RIGHT_PAREN:
    case SchemaParser::RIGHT_BRACKET:
    case SchemaParser::RIGHT_BRACE:
      if (brackets_ > 0) --brackets_;
      break;
    case SchemaParser::CASE:
      ++cases_;
      break;
    case SchemaParser::END:
      if (cases_ > 0) --cases_;
      break;
    case SchemaParser::SEMICOLON:
      cases_ = 0;
      break;
    default:
      break;
  }
  return brackets_ + cases_ <= kDeepestNesting;
}

}  // namespace schemac::parse
