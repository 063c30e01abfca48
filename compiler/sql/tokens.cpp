#include "compiler/sql/tokens.h"

#include <algorithm>
#include <array>

#include "compiler/support/characters.h"

namespace schemac::sql {
namespace {

constexpr auto kOperatorChars = [] {
  std::array<bool, 256> chars{};
  for (const char c : std::string_view("~!@#^&|`?+-*/%<>=:")) chars[static_cast<unsigned char>(c)] = true;
  return chars;
}();

bool IsOperatorChar(char c) { return kOperatorChars[static_cast<unsigned char>(c)]; }

class Scanner {
 public:
  Scanner(std::string_view text, std::size_t begin, std::size_t end)
      : text_(text.substr(0, end)), at_(begin) {}

  // Reads the next token; false at the end. Comments go to `comments`, which may be null.
  bool Next(Token& token, std::vector<Token>* comments) {
    while (at_ < text_.size()) {
      if (IsBlank(text_[at_])) {
        ++at_;
      } else if (StartsComment()) {
        const std::size_t begin = at_;
        SkipComment();
        if (comments != nullptr) comments->push_back({TokenKind::Other, begin, at_});
      } else {
        token.begin = at_;
        token.kind = Scan();
        token.end = at_;
        return true;
      }
    }
    return false;
  }

  // How deeply the comments passed so far nest.
  [[nodiscard]] std::size_t deepest_comment() const { return deepest_comment_; }

 private:
  [[nodiscard]] char Peek(std::size_t ahead) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool StartsComment() const {
    return (Peek(0) == '-' && Peek(1) == '-') || (Peek(0) == '/' && Peek(1) == '*');
  }

  void SkipComment() {
    if (Peek(0) == '-') {
      while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r') ++at_;
      return;
    }
    std::size_t depth = 0;  // PostgreSQL's block comments nest.
    do {
      if (Peek(0) == '/' && Peek(1) == '*') {
        deepest_comment_ = std::max(deepest_comment_, ++depth);
        at_ += 2;
      } else if (Peek(0) == '*' && Peek(1) == '/') {
        --depth;
        at_ += 2;
      } else {
        ++at_;
      }
    } while (depth > 0 && at_ < text_.size());
    at_ = std::min(at_, text_.size());
  }

  void SkipQuoted(char quote, bool backslashes) {
    ++at_;
    while (at_ < text_.size()) {
      if (backslashes && text_[at_] == '\\') {
        at_ += 2;
      } else if (text_[at_] != quote) {
        ++at_;
      } else if (Peek(1) == quote) {
        at_ += 2;
      } else {
        ++at_;
        return;
      }
    }
    at_ = text_.size();
  }

  TokenKind ScanDollar() {
    std::size_t tag_end = at_ + 1;
    while (tag_end < text_.size() && IsWordPart(text_[tag_end]) && text_[tag_end] != '$') ++tag_end;
    if (tag_end < text_.size() && text_[tag_end] == '$' && !IsDigit(Peek(1))) {
      const std::string_view tag = text_.substr(at_, tag_end + 1 - at_);
      const std::size_t close = text_.find(tag, tag_end + 1);
      at_ = close == std::string_view::npos ? text_.size() : close + tag.size();
      return TokenKind::String;
    }
    ++at_;
    if (!IsDigit(Peek(0))) return TokenKind::Other;
    while (IsDigit(Peek(0))) ++at_;
    return TokenKind::Parameter;
  }

  TokenKind ScanWord() {
    const char first = Lower(Peek(0));
    if ((first == 'e' || first == 'b' || first == 'x' || first == 'n') && Peek(1) == '\'') {
      ++at_;
      SkipQuoted('\'', first == 'e');
      return TokenKind::String;
    }
    if (first == 'u' && Peek(1) == '&' && (Peek(2) == '\'' || Peek(2) == '"')) {
      at_ += 2;
      const char quote = Peek(0);
      SkipQuoted(quote, false);
      return quote == '"' ? TokenKind::Quoted : TokenKind::String;
    }
    std::size_t end = at_ + 1;
    while (end < text_.size() && IsWordPart(text_[end])) ++end;
    at_ = end;
    return TokenKind::Word;
  }

  TokenKind ScanNumber() {
    while (IsDigit(Peek(0))) ++at_;
    if (Peek(0) == '.' && Peek(1) != '.') {
      ++at_;
      while (IsDigit(Peek(0))) ++at_;
    }
    if (Lower(Peek(0)) == 'e' &&
        (IsDigit(Peek(1)) || ((Peek(1) == '+' || Peek(1) == '-') && IsDigit(Peek(2))))) {
      at_ += 2;
      while (IsDigit(Peek(0))) ++at_;
    }
    return TokenKind::Number;
  }

  // As scan.l: an operator ends before a comment, and a trailing + or - belongs to it only if it holds a
  // special character.
  TokenKind ScanOperator() {
    const std::size_t begin = at_;
    if (Peek(0) == ':' && (Peek(1) == ':' || Peek(1) == '=')) {
      at_ += 2;
      return TokenKind::Operator;
    }
    if (Peek(0) == ':') {
      ++at_;
      return TokenKind::Operator;
    }
    while (at_ < text_.size() && IsOperatorChar(text_[at_]) && text_[at_] != ':' &&
           (at_ == begin || !StartsComment()))
      ++at_;
    const bool special =
        text_.substr(begin, at_ - begin).find_first_of("~!@#%^&|`?") != std::string_view::npos;
    while (!special && at_ - begin > 1 && (text_[at_ - 1] == '+' || text_[at_ - 1] == '-')) --at_;
    return TokenKind::Operator;
  }

  TokenKind Scan() {
    const char c = text_[at_];
    if (IsWordStart(c)) return ScanWord();
    if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)))) return ScanNumber();
    if (IsOperatorChar(c)) return ScanOperator();
    switch (c) {
      case '\'':
        SkipQuoted('\'', false);
        return TokenKind::String;
      case '"':
        SkipQuoted('"', false);
        return TokenKind::Quoted;
      case '$':
        return ScanDollar();
      case '(':
      case '[':
        ++at_;
        return TokenKind::Open;
      case ')':
      case ']':
        ++at_;
        return TokenKind::Close;
      case ',':
        ++at_;
        return TokenKind::Comma;
      case ';':
        ++at_;
        return TokenKind::Semicolon;
      case '.':
        at_ += Peek(1) == '.' ? 2 : 1;
        return TokenKind::Dot;
      default:
        ++at_;
        return TokenKind::Other;
    }
  }

  std::string_view text_;
  std::size_t at_;
  std::size_t deepest_comment_ = 0;
};

}  // namespace

Tokens::Tokens(std::string_view source, std::size_t begin, std::size_t end) : source_(source) {
  end = std::min(end, source.size());
  Scanner scanner(source, begin, end);
  // About as many as an ordinary statement has; a long text may be a single string.
  constexpr std::size_t kUsualLength = 5;
  constexpr std::size_t kMostReserved = 256;
  tokens_.reserve(std::min((end - std::min(begin, end)) / kUsualLength + 1, kMostReserved));
  for (Token token; scanner.Next(token, &comments_);) tokens_.push_back(token);
}

std::size_t Tokens::IndexAt(std::size_t offset) const {
  const auto found =
      std::lower_bound(tokens_.begin(), tokens_.end(), offset,
                       [](const Token& token, std::size_t value) { return token.begin < value; });
  return static_cast<std::size_t>(found - tokens_.begin());
}

std::size_t Tokens::MatchingClose(std::size_t index) const {
  std::size_t depth = 0;
  for (std::size_t i = index; i < tokens_.size(); ++i) {
    if (tokens_[i].kind == TokenKind::Open) ++depth;
    if (tokens_[i].kind == TokenKind::Close && --depth == 0) return i;
  }
  return tokens_.size();
}

std::size_t Tokens::FindWord(std::size_t index, std::string_view keyword) const {
  std::size_t depth = 0;
  for (std::size_t i = index; i < tokens_.size(); ++i) {
    if (tokens_[i].kind == TokenKind::Open) ++depth;
    if (tokens_[i].kind == TokenKind::Close) {
      if (depth == 0) break;
      --depth;
    }
    if (depth == 0 && IsWord(i, keyword)) return i;
  }
  return tokens_.size();
}

namespace {

// What an operator or a further clause can follow.
bool IsOperand(TokenKind kind) {
  return kind == TokenKind::Word || kind == TokenKind::Quoted || kind == TokenKind::String ||
         kind == TokenKind::Number || kind == TokenKind::Close;
}

}  // namespace

Nesting MeasureNesting(std::string_view text) {
  Nesting nesting;
  std::size_t depth = 0;
  std::size_t chain = 0;
  bool after_operand = false;
  Scanner scanner(text, 0, text.size());
  for (Token token; scanner.Next(token, nullptr);) {
    switch (token.kind) {
      case TokenKind::Open:
        nesting.parentheses = std::max(nesting.parentheses, ++depth);
        if (after_operand && text[token.begin] == '[') ++chain;  // a[1][1][1]…
        break;
      case TokenKind::Close:
        if (depth > 0) --depth;
        break;
      case TokenKind::Semicolon:
        depth = 0;
        chain = 0;
        break;
      case TokenKind::Comma:
        // Only at the top: what nests inside parentheses goes on to count against its statement.
        if (depth <= 1) chain = 0;
        break;
      case TokenKind::Operator:
      case TokenKind::Dot:  // (a).b.b.b…
        ++chain;
        break;
      case TokenKind::Word:
        // `not not not …`, `case when … else case …`, `a union b union …`, `a collate "C" collate "C" …` nest
        // without operators.
        if (after_operand) ++chain;
        break;
      default:
        break;
    }
    after_operand = IsOperand(token.kind);
    nesting.chain = std::max(nesting.chain, chain);
  }
  nesting.comments = scanner.deepest_comment();
  return nesting;
}

}  // namespace schemac::sql
