#include "compiler/analyze/words.h"

#include "compiler/support/characters.h"

namespace schemac::analyze {
namespace {

class Scanner {
 public:
  explicit Scanner(std::string_view sql) : sql_(sql) {}

  std::vector<Word> Run() {
    while (SkipBlanks(), at_ < sql_.size()) Next();
    return std::move(words_);
  }

 private:
  [[nodiscard]] char Peek(std::size_t ahead = 0) const {
    return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0';
  }

  void SkipBlanks() {
    while (at_ < sql_.size()) {
      if (IsBlank(Peek())) {
        ++at_;
      } else if (Peek() == '-' && Peek(1) == '-') {
        at_ = std::min(sql_.find('\n', at_), sql_.size());
      } else if (Peek() == '/' && Peek(1) == '*') {
        SkipBlockComment();
      } else {
        return;
      }
    }
  }

  void SkipBlockComment() {
    std::size_t depth = 0;
    do {
      if (Peek() == '/' && Peek(1) == '*') {
        ++depth;
        at_ += 2;
      } else if (Peek() == '*' && Peek(1) == '/') {
        --depth;
        at_ += 2;
      } else {
        ++at_;
      }
    } while (depth > 0 && at_ < sql_.size());
    at_ = std::min(at_, sql_.size());
  }

  void Next() {
    const char c = Peek();
    if (c == '"') return Delimited(Word::Kind::Quoted, '"');
    if (c == '\'') return Delimited(Word::Kind::String, '\'');
    if (c == '$' && DollarString()) return;
    if (IsWordStart(c)) return Name();
    if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)))) return Number();
    Push(Word::Kind::Symbol, std::string(1, c), at_, at_ + 1);
  }

  void Push(Word::Kind kind, std::string text, std::size_t begin, std::size_t end) {
    words_.push_back({kind, std::move(text), begin, end});
    at_ = end;
  }

  void Delimited(Word::Kind kind, char quote) {
    const std::size_t begin = at_++;
    std::string value;
    while (at_ < sql_.size()) {
      if (Peek() == quote && Peek(1) != quote) break;
      if (Peek() == quote) ++at_;
      value += sql_[at_++];
    }
    Push(kind, std::move(value), begin, std::min(at_ + 1, sql_.size()));
  }

  // E'…' and the like: only the end matters.
  void PrefixedString() {
    const std::size_t begin = at_;
    const bool escapes = Peek() == 'e' || Peek() == 'E';
    at_ += 2;
    while (at_ < sql_.size()) {
      if (escapes && Peek() == '\\') {
        at_ += 2;
      } else if (Peek() == '\'' && Peek(1) == '\'') {
        at_ += 2;
      } else if (sql_[at_++] == '\'') {
        break;
      }
    }
    const std::size_t end = std::min(at_, sql_.size());
    Push(Word::Kind::Body, std::string(sql_.substr(begin, end - begin)), begin, end);
  }

  bool DollarString() {
    std::size_t tag_end = at_ + 1;
    if (tag_end < sql_.size() && IsWordStart(sql_[tag_end])) {
      while (tag_end < sql_.size() && IsWordPart(sql_[tag_end]) && sql_[tag_end] != '$') ++tag_end;
    }
    if (tag_end >= sql_.size() || sql_[tag_end] != '$') return false;
    const std::string_view tag = sql_.substr(at_, tag_end + 1 - at_);
    const std::size_t close = sql_.find(tag, tag_end + 1);
    const std::size_t end = close == std::string_view::npos ? sql_.size() : close + tag.size();
    Push(Word::Kind::Body, std::string(sql_.substr(at_, end - at_)), at_, end);
    return true;
  }

  void Name() {
    if (Peek(1) == '\'' && std::string_view("eEbBxXnN").find(Peek()) != std::string_view::npos) {
      return PrefixedString();
    }
    const std::size_t begin = at_;
    std::string folded;
    while (at_ < sql_.size() && IsWordPart(sql_[at_])) {
      folded += Lower(sql_[at_++]);
    }
    Push(Word::Kind::Identifier, std::move(folded), begin, at_);
  }

  void Number() {
    const std::size_t begin = at_;
    while (at_ < sql_.size()) {
      const bool exponent_sign =
          (Peek() == '+' || Peek() == '-') && (sql_[at_ - 1] == 'e' || sql_[at_ - 1] == 'E');
      if (!IsWordPart(Peek()) && Peek() != '.' && !exponent_sign) break;
      ++at_;
    }
    Push(Word::Kind::Number, std::string(sql_.substr(begin, at_ - begin)), begin, at_);
  }

  std::string_view sql_;
  std::size_t at_ = 0;
  std::vector<Word> words_;
};

}  // namespace

std::vector<Word> ScanWords(std::string_view sql) { return Scanner(sql).Run(); }

}  // namespace schemac::analyze
