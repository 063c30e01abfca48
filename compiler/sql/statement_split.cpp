#include "compiler/sql/statement_split.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "compiler/support/characters.h"

namespace schemac::sql {
namespace {

// What a splitter must tell apart, no more: compiler/sql/tokens.h has the full set.
enum class UnitKind : std::uint8_t { Word, QuotedName, String, Number, Symbol, End };

struct Unit {
  UnitKind kind = UnitKind::End;
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool IsPair(std::string_view text, std::size_t offset, char first, char second) {
  return offset + 1 < text.size() && text[offset] == first && text[offset + 1] == second;
}

// Comments nest (manual, 4.1.5). nullopt when it never ends.
std::optional<std::size_t> SkipBlockComment(std::string_view text, std::size_t offset) {
  std::size_t depth = 0;
  while (offset < text.size()) {
    if (IsPair(text, offset, '/', '*')) {
      ++depth;
      offset += 2;
    } else if (IsPair(text, offset, '*', '/')) {
      offset += 2;
      if (--depth == 0) return offset;
    } else {
      ++offset;
    }
  }
  return std::nullopt;
}

std::size_t SkipBlanksAndComments(std::string_view text, std::size_t offset) {
  while (offset < text.size()) {
    if (IsBlank(text[offset])) {
      ++offset;
    } else if (IsPair(text, offset, '-', '-')) {
      offset = std::min(text.find('\n', offset), text.size());
    } else if (IsPair(text, offset, '/', '*')) {
      const std::optional<std::size_t> end = SkipBlockComment(text, offset);
      if (!end) break;
      offset = *end;
    } else {
      break;
    }
  }
  return offset;
}

// Behind the quote that ends what starts at `offset`; doubled quotes stay inside, and with `escapes` so does
// \'.
std::size_t SkipQuoted(std::string_view text, std::size_t offset, char quote, bool escapes) {
  ++offset;
  while (offset < text.size()) {
    if (escapes && text[offset] == '\\') {
      offset += 2;
    } else if (text[offset] != quote) {
      ++offset;
    } else if (offset + 1 < text.size() && text[offset + 1] == quote) {
      offset += 2;
    } else {
      return offset + 1;
    }
  }
  return text.size();
}

// Behind `$tag$ … $tag$`, or `offset` if none starts there.
std::size_t SkipDollarQuoted(std::string_view text, std::size_t offset) {
  std::size_t tag_end = offset + 1;
  if (tag_end < text.size() && IsDigit(text[tag_end])) return offset;
  while (tag_end < text.size() && text[tag_end] != '$' && IsWordPart(text[tag_end])) ++tag_end;
  if (tag_end >= text.size() || text[tag_end] != '$') return offset;
  const std::string_view tag = text.substr(offset, tag_end + 1 - offset);
  const std::size_t close = text.find(tag, tag_end + 1);
  return close == std::string_view::npos ? text.size() : close + tag.size();
}

bool HasStringPrefix(std::string_view text, std::size_t offset) {
  const char prefix = Lower(text[offset]);
  return offset + 1 < text.size() && text[offset + 1] == '\'' &&
         (prefix == 'e' || prefix == 'b' || prefix == 'x' || prefix == 'n');
}

Unit WordUnit(std::string_view text, std::size_t begin) {
  if (HasStringPrefix(text, begin)) {
    return {UnitKind::String, begin, SkipQuoted(text, begin + 1, '\'', Lower(text[begin]) == 'e')};
  }
  if (Lower(text[begin]) == 'u' && text.substr(begin + 1, 1) == "&" && begin + 2 < text.size() &&
      (text[begin + 2] == '\'' || text[begin + 2] == '"')) {
    const char quote = text[begin + 2];
    return {quote == '"' ? UnitKind::QuotedName : UnitKind::String, begin,
            SkipQuoted(text, begin + 2, quote, false)};
  }
  std::size_t end = begin + 1;
  while (end < text.size() && IsWordPart(text[end])) ++end;
  return {UnitKind::Word, begin, end};
}

// The unit at or after `offset`. What never ends (a quote, a comment) reaches to the end of the text.
Unit NextUnit(std::string_view text, std::size_t offset) {
  const std::size_t begin = SkipBlanksAndComments(text, offset);
  if (begin >= text.size()) return {UnitKind::End, text.size(), text.size()};
  const char c = text[begin];
  if (IsWordStart(c)) return WordUnit(text, begin);
  if (c == '"') return {UnitKind::QuotedName, begin, SkipQuoted(text, begin, '"', false)};
  if (c == '\'') return {UnitKind::String, begin, SkipQuoted(text, begin, '\'', false)};
  if (c == '$') {
    const std::size_t end = SkipDollarQuoted(text, begin);
    if (end > begin) return {UnitKind::String, begin, end};
  }
  if (IsDigit(c)) {
    std::size_t end = begin + 1;
    while (end < text.size() && (IsDigit(text[end]) || text[end] == '.' || Lower(text[end]) == 'e')) ++end;
    return {UnitKind::Number, begin, end};
  }
  // A comment without end is left to the parser, which says so.
  if (IsPair(text, begin, '/', '*')) return {UnitKind::Symbol, begin, text.size()};
  return {UnitKind::Symbol, begin, begin + 1};
}

bool IsWord(std::string_view text, const Unit& unit, std::string_view keyword) {
  if (unit.kind != UnitKind::Word || unit.end - unit.begin != keyword.size()) return false;
  for (std::size_t i = 0; i < keyword.size(); ++i) {
    if (Lower(text[unit.begin + i]) != keyword[i]) return false;
  }
  return true;
}

bool IsCopyFromStdin(std::string_view text, const std::vector<Unit>& units) {
  if (units.size() < 4 || !IsWord(text, units[0], "copy")) return false;
  for (std::size_t i = 1; i + 1 < units.size(); ++i) {
    if (IsWord(text, units[i], "from") && IsWord(text, units[i + 1], "stdin")) return true;
  }
  return false;
}

// Follows parentheses and the BEGIN ATOMIC bodies of routines, inside which a `;` ends nothing.
class Blocks {
 public:
  void See(std::string_view text, const std::vector<Unit>& units) {
    const Unit& unit = units.back();
    if (unit.kind == UnitKind::Symbol) {
      const char c = text[unit.begin];
      if (c == '(') ++parentheses_;
      if (c == ')' && parentheses_ > 0) --parentheses_;
    } else if (unit.kind == UnitKind::Word) {
      SeeWord(text, units);
    }
  }
  [[nodiscard]] bool IsOutside() const { return parentheses_ == 0 && blocks_ == 0; }

 private:
  void SeeWord(std::string_view text, const std::vector<Unit>& units) {
    const std::size_t count = units.size();
    const Unit& unit = units.back();
    if (count <= 4 && IsWord(text, units[0], "create") &&
        (IsWord(text, unit, "function") || IsWord(text, unit, "procedure"))) {
      routine_ = true;
    }
    if (!routine_) return;
    if (IsWord(text, unit, "atomic") && count > 1 && IsWord(text, units[count - 2], "begin")) {
      ++blocks_;
    } else if (blocks_ > 0 && IsWord(text, unit, "case")) {
      ++blocks_;
    } else if (blocks_ > 0 && IsWord(text, unit, "end")) {
      --blocks_;
    }
  }

  std::size_t parentheses_ = 0;
  std::size_t blocks_ = 0;
  bool routine_ = false;
};

// An unclosed parenthesis would swallow the rest of the script: its statement is cut at its first `;`, so
// that the next ones are still read. The limit keeps a hostile script from being read once for each of its
// lines.
constexpr int kMostRepairs = 100;

}  // namespace

bool ScriptReader::Next(ScriptStatement& statement) {
  constexpr std::size_t kUsual = 64;
  std::vector<Unit> units;
  units.reserve(kUsual);
  Blocks blocks;
  std::size_t first_inner_end = 0;
  std::size_t units_before_inner_end = 0;
  while (true) {
    const Unit unit = NextUnit(text_, position_);
    if (unit.kind == UnitKind::End) {
      position_ = unit.end;
      if (!blocks.IsOutside() && units_before_inner_end > 0 && repairs_++ < kMostRepairs) {
        units.resize(units_before_inner_end);
        position_ = first_inner_end;
      }
      break;
    }
    const char c = text_[unit.begin];
    if (units.empty() && unit.kind == UnitKind::Symbol && c == '\\') {
      position_ = std::min(text_.find('\n', unit.begin), text_.size());
      commands_.push_back({unit.begin, position_});
      continue;
    }
    position_ = unit.end;
    if (unit.kind == UnitKind::Symbol && c == ';' && blocks.IsOutside()) {
      if (units.empty()) continue;
      break;
    }
    if (unit.kind == UnitKind::Symbol && c == ';' && units_before_inner_end == 0) {
      first_inner_end = unit.end;
      units_before_inner_end = units.size();
    }
    units.push_back(unit);
    blocks.See(text_, units);
  }
  if (units.empty()) return false;
  statement = {units.front().begin, units.back().end};
  if (IsCopyFromStdin(text_, units)) SkipCopyData();
  return true;
}

void ScriptReader::SkipCopyData() {
  position_ = text_.find('\n', position_);
  while (position_ < text_.size()) {
    ++position_;
    const std::size_t line_end = std::min(text_.find('\n', position_), text_.size());
    std::string_view line = text_.substr(position_, line_end - position_);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    position_ = line_end;
    if (line == "\\.") return;
  }
  position_ = text_.size();
}

}  // namespace schemac::sql
