#include "compiler/support/quoted_line.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace schemac {
namespace {

// Lines longer than this are cut around the caret.
constexpr std::size_t kLineWidth = 110;
constexpr std::size_t kMargin = 4;  // Of blanks in front of the quoted line.

// One code point of a line, or one bad byte, made printable in a single column.
std::string_view Printable(std::string_view character) {
  const auto byte = static_cast<unsigned char>(character.front());
  if (byte == '\t') return " ";
  if (byte < 0x20 || byte == 0x7F) return "?";
  if (byte >= 0x80 && character.size() == 1) return "?";
  return character;
}

// Bytes of the first code point; 1 for a byte that begins none.
std::size_t CharacterLength(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
  if (length > text.size()) return 1;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) return 1;
  }
  return length;
}

std::vector<std::string_view> Characters(std::string_view line) {
  std::vector<std::string_view> characters;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t length = CharacterLength(line.substr(at));
    characters.push_back(line.substr(at, length));
    at += length;
  }
  return characters;
}

}  // namespace

QuotedLine QuoteLine(const Sources& sources, const Span& span) {
  // Only the neighbourhood of the caret is looked at: a line may be 100 MB long.
  const std::string_view whole = sources.Line(span.source, span.begin);
  const std::string_view text = sources.Get(span.source).text;
  const std::size_t offset_in_line =
      std::min<std::size_t>(span.begin, text.size()) - static_cast<std::size_t>(whole.data() - text.data());
  std::size_t begin = offset_in_line > 4 * kLineWidth ? offset_in_line - 4 * kLineWidth : 0;
  while (begin < whole.size() && (static_cast<unsigned char>(whole[begin]) & 0xC0U) == 0x80U) ++begin;
  const std::string_view near = whole.substr(std::min(begin, whole.size()), 8 * kLineWidth);

  std::vector<std::string_view> characters = Characters(near);
  const std::size_t at =
      Characters(near.substr(0, std::min(offset_in_line - std::min(begin, offset_in_line), near.size())))
          .size();
  const std::size_t span_in_line =
      std::min<std::size_t>(span.end > span.begin ? span.end - span.begin : 1,
                            whole.size() - std::min(offset_in_line, whole.size()));
  const std::size_t width = std::max<std::size_t>(
      1, Characters(whole.substr(std::min(offset_in_line, whole.size()), std::min(span_in_line, kLineWidth)))
             .size());

  std::size_t first = 0;
  if (at > first + kLineWidth * 2 / 3) first = at - kLineWidth / 3;
  const std::size_t last = std::min(characters.size(), first + kLineWidth);

  QuotedLine quoted{std::string(kMargin, ' '), std::string(kMargin + at - first, ' ')};
  for (std::size_t i = first; i < last; ++i) quoted.line += Printable(characters[i]);
  quoted.caret += '^';
  const std::size_t room = last > at ? last - at : 1;
  quoted.caret.append(std::min(width, std::max<std::size_t>(room, 1)) - 1, '~');
  return quoted;
}

}  // namespace schemac
