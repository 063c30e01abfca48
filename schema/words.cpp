#include "schema/words.h"

#include <algorithm>

#include "compiler/support/characters.h"

namespace schemac::schema {

namespace {

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text) {}

  std::vector<Word> Run() {
    while (at_ < text_.size()) {
      if (IsBlank(text_[at_])) {
        ++at_;
      } else if (text_.substr(at_, 2) == "--") {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (text_.substr(at_, 2) == "/*") {
        SkipComment();
      } else {
        TakeWord();
      }
    }
    return std::move(words_);
  }

 private:
  void SkipComment() {
    std::size_t depth = 0;
    while (at_ < text_.size()) {
      const std::string_view two = text_.substr(at_, 2);
      if (two == "/*") {
        ++depth;
        at_ += 2;
      } else if (two == "*/") {
        at_ += 2;
        if (--depth == 0) return;
      } else {
        ++at_;
      }
    }
  }

  void Emit(WordKind kind, std::size_t end) {
    end = std::min(end, text_.size());
    words_.push_back({kind, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)});
    at_ = end;
  }

  // The end of what `quote` opens at `begin`; a doubled quote stands for itself.
  [[nodiscard]] std::size_t EndOfQuoted(std::size_t begin, char quote, bool escapes) const {
    for (std::size_t i = begin + 1; i < text_.size(); ++i) {
      if (escapes && text_[i] == '\\') {
        ++i;
      } else if (text_[i] == quote) {
        if (i + 1 >= text_.size() || text_[i + 1] != quote) return i + 1;
        ++i;
      }
    }
    return text_.size();
  }

  // The end of a dollar-quoted string that begins here, or 0 when none does.
  [[nodiscard]] std::size_t EndOfDollarQuoted() const {
    std::size_t tag_end = at_ + 1;
    if (tag_end < text_.size() && IsWordStart(text_[tag_end])) {
      while (tag_end < text_.size() && (IsWordStart(text_[tag_end]) || IsDigit(text_[tag_end]))) ++tag_end;
    }
    if (tag_end >= text_.size() || text_[tag_end] != '$') return 0;
    const std::string_view tag = text_.substr(at_, tag_end + 1 - at_);
    const std::size_t close = text_.find(tag, tag_end + 1);
    return close == std::string_view::npos ? text_.size() : close + tag.size();
  }

  void TakeWord() {
    const char c = text_[at_];
    if (c == '\'') return Emit(WordKind::Text, EndOfQuoted(at_, '\'', false));
    if (c == '"') return Emit(WordKind::Quoted, EndOfQuoted(at_, '"', false));
    if (c == '$') {
      if (const std::size_t end = EndOfDollarQuoted(); end != 0) return Emit(WordKind::Text, end);
    }
    if ((c == 'e' || c == 'E') && text_.substr(at_ + 1, 1) == "'") {
      return Emit(WordKind::Text, EndOfQuoted(at_ + 1, '\'', true));
    }
    if (IsWordStart(c)) return Emit(WordKind::Plain, EndOfRun());
    if (IsDigit(c)) return Emit(WordKind::Number, EndOfRun());
    Emit(WordKind::Symbol, text_.substr(at_, 2) == "::" ? at_ + 2 : at_ + 1);
  }

  [[nodiscard]] std::size_t EndOfRun() const {
    std::size_t end = at_;
    while (end < text_.size() && (IsWordStart(text_[end]) || IsDigit(text_[end]) || text_[end] == '$')) ++end;
    return end;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Word> words_;
};

}  // namespace

std::vector<Word> SplitWords(std::string_view text) { return Splitter(text).Run(); }

bool IsKeyword(const Word& word, std::string_view text, std::string_view keyword) {
  return word.kind == WordKind::Plain &&
         std::ranges::equal(word.In(text), keyword, [](char a, char b) { return Lower(a) == b; });
}

}  // namespace schemac::schema
