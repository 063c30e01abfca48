#include "emitters/expression_text.h"

#include <array>

#include "compiler/support/characters.h"
#include "compiler/support/quote.h"

namespace schemac::emitters {
namespace {

std::size_t QuotedEnd(std::string_view text, std::size_t at, char quote, bool backslashes) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (backslashes && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (i + 1 < text.size() && text[i + 1] == quote) {
        ++i;
      } else {
        return i + 1;
      }
    }
  }
  return text.size();
}

std::size_t DollarEnd(std::string_view text, std::size_t at) {
  std::size_t tag = at + 1;
  while (tag < text.size() && IsWordPart(text[tag]) && text[tag] != '$') ++tag;
  if (tag >= text.size() || text[tag] != '$' || IsDigit(text[at + 1])) return at + 1;
  const std::string_view mark = text.substr(at, tag + 1 - at);
  const std::size_t end = text.find(mark, tag + 1);
  return end == std::string_view::npos ? text.size() : end + mark.size();
}

std::size_t BlockCommentEnd(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  for (std::size_t i = at; i + 1 < text.size(); ++i) {
    if (text[i] == '/' && text[i + 1] == '*') {
      ++depth;
      ++i;
    } else if (text[i] == '*' && text[i + 1] == '/') {
      ++i;
      if (--depth == 0) return i + 1;
    }
  }
  return text.size();
}

std::size_t SkipBlanks(std::string_view text, std::size_t at) {
  while (at < text.size() && IsBlank(text[at])) ++at;
  return at;
}

// From an opening bracket to behind its closing one; npos when it never closes.
std::size_t BracketEnd(std::string_view text, std::size_t at) {
  std::size_t depth = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '(' || c == '[') ++depth;
    if (c == ')' || c == ']') {
      if (--depth == 0) return at + 1;
    }
    at = TokenEnd(text, at);
  }
  return std::string_view::npos;
}

// Words that begin something else than a name or a call.
bool IsOperatorWord(const std::string& word) {
  static constexpr std::array<std::string_view, 12> kWords = {"not", "case", "select", "row", "exists", "any",
                                                              "all", "some", "and",    "or",  "in",     "is"};
  for (std::string_view candidate : kWords) {
    if (word == candidate) return true;
  }
  return false;
}

// `::character varying(10)[] :: text`: only words, dots, brackets and casts up to the end.
bool IsCastChain(std::string_view text, std::size_t at) {
  static constexpr std::array<std::string_view, 13> kTypeWords = {
      "with",   "without", "time", "zone", "varying", "precision", "to",
      "second", "minute",  "hour", "day",  "month",   "year"};
  bool expect_type = true;
  at = SkipBlanks(text, at);
  if (at == text.size()) return true;
  if (text.compare(at, 2, "::") != 0) return false;
  while (at < text.size()) {
    const char c = text[at];
    if (IsBlank(c)) {
      ++at;
    } else if (text.compare(at, 2, "::") == 0) {
      expect_type = true;
      at += 2;
    } else if (c == '.') {
      expect_type = true;
      ++at;
    } else if (c == '(' || c == '[') {
      if (expect_type) return false;
      at = BracketEnd(text, at);
      if (at == std::string_view::npos) return false;
    } else if (IsWordStart(c) || c == '"') {
      const std::size_t end = TokenEnd(text, at);
      if (!expect_type) {
        const std::string word = Lower(text.substr(at, end - at));
        bool known = false;
        for (std::string_view candidate : kTypeWords) known = known || word == candidate;
        if (!known) return false;
      }
      expect_type = false;
      at = end;
    } else {
      return false;
    }
  }
  return !expect_type;
}

// Behind a dotted name at `at`; npos when there is none.
std::size_t DottedNameEnd(std::string_view text, std::size_t at) {
  while (true) {
    if (at >= text.size() || !(IsWordStart(text[at]) || text[at] == '"')) return std::string_view::npos;
    at = TokenEnd(text, at);
    if (at >= text.size() || text[at] != '.') return at;
    ++at;
  }
}

// Behind a literal, name, call or bracketed expression at `at`; npos when it is something else.
std::size_t PrimaryEnd(std::string_view text, std::size_t at) {
  if (at >= text.size()) return std::string_view::npos;
  const char c = text[at];
  if (c == '\'' || c == '$') return TokenEnd(text, at);
  if (c == '(') return BracketEnd(text, at);
  if (IsDigit(c) || c == '.') return TokenEnd(text, at);
  if (c == '-' || c == '+') {
    const std::size_t number = SkipBlanks(text, at + 1);
    return number < text.size() && IsDigit(text[number]) ? TokenEnd(text, number) : std::string_view::npos;
  }
  const std::size_t token = TokenEnd(text, at);
  if (IsWordStart(c) && text[token - 1] == '\'') return token;  // E'…', B'…'.
  if (IsWordStart(c) && IsOperatorWord(Lower(text.substr(at, token - at)))) return std::string_view::npos;
  const std::size_t name = DottedNameEnd(text, at);
  if (name == std::string_view::npos) return name;
  const std::size_t next = SkipBlanks(text, name);
  if (next < text.size() && (text[next] == '(' || text[next] == '[')) return BracketEnd(text, next);
  if (next < text.size() && text[next] == '\'')
    return TokenEnd(text, next);  // A typed literal: interval '1 day'.
  return name;
}

}  // namespace

std::size_t TokenEnd(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '\'') return QuotedEnd(text, at, '\'', false);
  if (c == '"') return QuotedEnd(text, at, '"', false);
  if (c == '$') return DollarEnd(text, at);
  if (text.compare(at, 2, "--") == 0) {
    const std::size_t end = text.find_first_of("\n\r", at);
    return end == std::string_view::npos ? text.size() : end;
  }
  if (text.compare(at, 2, "/*") == 0) return BlockCommentEnd(text, at);
  if (IsWordStart(c)) {
    std::size_t end = at + 1;
    while (end < text.size() && IsWordPart(text[end])) ++end;
    if (end == at + 1 && end < text.size() && text[end] == '\'') {
      if (c == 'e' || c == 'E') return QuotedEnd(text, end, '\'', true);
      if (c == 'b' || c == 'B' || c == 'x' || c == 'X' || c == 'n' || c == 'N')
        return QuotedEnd(text, end, '\'', false);
    }
    if (end == at + 1 && (c == 'u' || c == 'U') && end + 1 < text.size() && text[end] == '&' &&
        (text[end + 1] == '\'' || text[end + 1] == '"')) {
      return QuotedEnd(text, end + 1, text[end + 1], false);
    }
    return end;
  }
  if (IsDigit(c) || (c == '.' && at + 1 < text.size() && IsDigit(text[at + 1]))) {
    std::size_t end = at + 1;
    while (end < text.size() && (IsWordPart(text[end]) || text[end] == '.')) {
      const bool exponent = text[end] == 'e' || text[end] == 'E';
      ++end;
      if (exponent && end < text.size() && (text[end] == '-' || text[end] == '+')) ++end;
    }
    return end;
  }
  return at + 1;
}

bool EndsInLineComment(std::string_view text) {
  const std::size_t line = text.find_last_of("\n\r");
  if (text.find("--", line == std::string_view::npos ? 0 : line) == std::string_view::npos) return false;
  std::size_t last = 0;
  for (std::size_t at = 0; at < text.size(); at = TokenEnd(text, at)) last = at;
  return text.compare(last, 2, "--") == 0;
}

std::string LowerWords(std::string_view text) {
  std::string lower;
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = TokenEnd(text, at);
    const std::string_view token = text.substr(at, end - at);
    if (token == "(") ++depth;
    if (token == ")" && depth > 0) --depth;
    const bool word = depth == 0 && IsWordStart(token.front()) && token.back() != '\'' && token.back() != '"';
    lower += word ? Lower(token) : std::string(token);
    at = end;
  }
  return lower;
}

bool IsSimpleExpression(std::string_view text) {
  if (EndsInLineComment(text)) return false;
  const std::size_t end = PrimaryEnd(text, SkipBlanks(text, 0));
  return end != std::string_view::npos && IsCastChain(text, end);
}

std::string DefaultText(std::string_view text) {
  if (IsSimpleExpression(text)) return std::string(text);
  return "(" + std::string(text) + (EndsInLineComment(text) ? "\n)" : ")");
}

bool IsPlainCall(std::string_view text) {
  if (EndsInLineComment(text)) return false;
  const std::size_t name = DottedNameEnd(text, 0);
  if (name == std::string_view::npos || name >= text.size() || text[name] != '(') return false;
  if (IsWordStart(text[0]) && IsReservedKeyword(Lower(text.substr(0, TokenEnd(text, 0))))) return false;
  return BracketEnd(text, name) == text.size();
}

std::string OptionValueText(std::string_view value) {
  bool word = !value.empty() && IsLower(value.front());
  bool number = !value.empty() && IsDigit(value.back());
  bool dot = false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const char c = value[i];
    const bool digit = IsDigit(c);
    word = word && (IsLower(c) || c == '_' || digit);
    const bool point = c == '.' && !dot && i > 0 && IsDigit(value[i - 1]);
    dot = dot || point;
    number = number && (digit || point || (c == '-' && i == 0));
  }
  return word || number ? std::string(value) : QuoteLiteral(value);
}

}  // namespace schemac::emitters
