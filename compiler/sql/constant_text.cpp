#include "compiler/sql/constant_text.h"

#include <algorithm>
#include <string_view>

#include "compiler/support/characters.h"
#include "compiler/support/quote.h"

namespace schemac::sql {
namespace {

using Text = std::optional<std::string>;

// 'it''s' or $tag$…$tag$. Escape strings are left to whoever needs them.
Text ValueOf(std::string_view literal) {
  if (literal.starts_with('$')) {
    const std::size_t mark = literal.find('$', 1) + 1;
    if (mark == 0 || literal.size() < 2 * mark) return std::nullopt;
    return std::string(literal.substr(mark, literal.size() - 2 * mark));
  }
  if (literal.size() < 2 || literal.front() != '\'' || literal.back() != '\'') return std::nullopt;
  std::string value;
  for (std::size_t i = 1; i + 1 < literal.size(); ++i) {
    value += literal[i];
    if (literal[i] == '\'') ++i;
  }
  return value;
}

// format(): %s, %I, %L, also by number, and %%. Widths are not read.
Text Format(std::string_view pattern, const std::vector<std::string>& arguments) {
  std::string text;
  std::size_t next = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') {
      text += pattern[i];
      continue;
    }
    if (++i == pattern.size()) return std::nullopt;
    if (pattern[i] == '%') {
      text += '%';
      continue;
    }
    std::size_t number = 0;
    std::size_t at = i;
    while (at < pattern.size() && IsDigit(pattern[at]) && number < 1000)
      number = number * 10 + static_cast<std::size_t>(pattern[at++] - '0');
    if (at > i) {
      if (at + 1 >= pattern.size() || pattern[at] != '$' || number == 0) return std::nullopt;
      next = number - 1;
      i = at + 1;
    }
    if (next >= arguments.size()) return std::nullopt;
    const std::string& argument = arguments[next++];
    if (pattern[i] == 's') {
      text += argument;
    } else if (pattern[i] == 'I') {
      text += QuoteIdentifier(argument);
    } else if (pattern[i] == 'L') {
      text += QuoteLiteral(argument);
    } else {
      return std::nullopt;
    }
  }
  return text;
}

class Reader {
 public:
  Reader(const Tokens& tokens, std::size_t begin, std::size_t end, const KnownVariables& known)
      : tokens_(tokens), at_(begin), end_(std::min(end, tokens.tokens().size())), known_(known) {}

  [[nodiscard]] bool AtEnd() const { return at_ == end_; }

  // Terms with `||` between them.
  Text Concatenation() {
    Text text = Term();
    while (text && Accept("||")) {
      const Text more = Term();
      if (!more) return std::nullopt;
      *text += *more;
    }
    return text;
  }

  std::optional<std::vector<std::string>> Array() {
    std::optional<std::vector<std::string>> values;
    if (at_ < end_ && tokens_.IsWord(at_, "array")) {
      ++at_;
      values = List("[", "]");
    } else if (at_ < end_ && tokens_.tokens()[at_].kind == TokenKind::String) {
      const Text literal = ValueOf(Take());
      values = literal ? Words(*literal) : std::nullopt;
    } else if (const auto variable = known_.arrays.find(Lower(Take())); variable != known_.arrays.end()) {
      values = variable->second;
    }
    if (values) SkipCast();
    return values;
  }

 private:
  std::string_view Take() { return at_ < end_ ? tokens_.Text(tokens_.tokens()[at_++]) : std::string_view(); }
  bool Accept(std::string_view text) {
    if (at_ >= end_ || tokens_.Text(tokens_.tokens()[at_]) != text) return false;
    ++at_;
    return true;
  }

  void SkipCast() {
    if (!Accept("::")) return;
    ++at_;
    if (Accept("[")) Accept("]");
  }

  Text Term() {
    if (at_ >= end_) return std::nullopt;
    const Token& token = tokens_.tokens()[at_];
    Text text;
    if (token.kind == TokenKind::String) {
      text = ValueOf(Take());
    } else if (token.kind == TokenKind::Number) {
      text = std::string(Take());
    } else if (token.kind == TokenKind::Word) {
      text = Named(Lower(Take()));
    } else if (Accept("(")) {
      text = Concatenation();
      if (!Accept(")")) return std::nullopt;
    }
    if (text) SkipCast();
    return text;
  }

  Text Named(const std::string& name) {
    if (at_ >= end_ || tokens_.Text(tokens_.tokens()[at_]) != "(") {
      const auto variable = known_.texts.find(name);
      return variable == known_.texts.end() ? std::nullopt : Text(variable->second);
    }
    auto arguments = List("(", ")");
    if (!arguments || arguments->empty()) return std::nullopt;
    if (name == "format") {
      const std::string pattern = arguments->front();
      arguments->erase(arguments->begin());
      return Format(pattern, *arguments);
    }
    if (arguments->size() != 1) return std::nullopt;
    if (name == "quote_ident") return QuoteIdentifier(arguments->front());
    if (name == "quote_literal") return QuoteLiteral(arguments->front());
    if (name == "lower") return Lower(arguments->front());
    return std::nullopt;
  }

  std::optional<std::vector<std::string>> List(std::string_view open, std::string_view close) {
    std::vector<std::string> values;
    if (!Accept(open)) return std::nullopt;
    if (Accept(close)) return values;
    do {
      Text value = Concatenation();
      if (!value) return std::nullopt;
      values.push_back(*std::move(value));
    } while (Accept(","));
    return Accept(close) ? std::optional(std::move(values)) : std::nullopt;
  }

  // {a,b_c}: plain words only.
  static std::optional<std::vector<std::string>> Words(std::string_view literal) {
    if (literal.size() < 3 || literal.front() != '{' || literal.back() != '}') return std::nullopt;
    std::vector<std::string> words(1);
    for (const char c : literal.substr(1, literal.size() - 2)) {
      if (c == ',') {
        words.emplace_back();
      } else if (IsDigit(c) || c == '_' || (Lower(c) >= 'a' && Lower(c) <= 'z')) {
        words.back() += c;
      } else if (c != ' ') {
        return std::nullopt;
      }
    }
    return words;
  }

  const Tokens& tokens_;
  std::size_t at_;
  std::size_t end_;
  const KnownVariables& known_;
};

}  // namespace

std::optional<std::string> ConstantText(const Tokens& tokens, std::size_t begin, std::size_t end,
                                        const KnownVariables& known) {
  Reader reader(tokens, begin, end, known);
  Text text = reader.Concatenation();
  return reader.AtEnd() ? text : std::nullopt;
}

std::optional<std::vector<std::string>> ConstantArray(const Tokens& tokens, std::size_t begin,
                                                      std::size_t end, const KnownVariables& known) {
  Reader reader(tokens, begin, end, known);
  auto values = reader.Array();
  return reader.AtEnd() ? values : std::nullopt;
}

}  // namespace schemac::sql
