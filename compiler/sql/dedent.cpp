#include "compiler/sql/dedent.h"

#include <algorithm>
#include <vector>

#include "compiler/sql/tokens.h"

namespace schemac::sql {
namespace {

struct Line {
  std::size_t begin;
  std::size_t end;     // With its line feed.
  std::size_t indent;  // Blanks at its beginning.
  bool movable;        // It neither begins inside a token nor is empty.
};

std::vector<Line> LinesOf(std::string_view text) {
  const Tokens tokens(text);
  std::vector<Line> lines;
  std::size_t next = 0;  // The first token that ends behind the line's beginning.
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t feed = text.find('\n', begin);
    const std::size_t end = feed == std::string_view::npos ? text.size() : feed + 1;
    const std::size_t word = std::min(text.find_first_not_of(" \t", begin), end);
    while (next < tokens.tokens().size() && tokens.tokens()[next].end <= begin) ++next;
    const bool inside = next < tokens.tokens().size() && tokens.tokens()[next].begin < begin;
    const bool blank = word == end || text[word] == '\n' || text[word] == '\r';
    lines.push_back({begin, end, word - begin, !inside && !blank});
    begin = end;
  }
  return lines;
}

}  // namespace

std::string Dedented(std::string_view statements) {
  const std::size_t first = statements.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "";
  // From the beginning of the first line that says something, to keep its indentation comparable.
  const std::size_t feed = statements.rfind('\n', first);
  const std::size_t begin = feed == std::string_view::npos ? first : feed + 1;
  const std::string_view text = statements.substr(begin, statements.find_last_not_of(" \t\r\n") + 1 - begin);
  const std::vector<Line> lines = LinesOf(text);
  // A text that begins behind its opening quote says nothing about indentation in its first line.
  const std::size_t skipped = feed == std::string_view::npos ? 1 : 0;
  std::size_t indent = std::string_view::npos;
  for (std::size_t i = skipped; i < lines.size(); ++i) {
    if (lines[i].movable) indent = std::min(indent, lines[i].indent);
  }
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    const std::size_t from = line.movable && i >= skipped ? line.begin + indent : line.begin;
    out += text.substr(from, line.end - from);
  }
  return out;
}

}  // namespace schemac::sql
