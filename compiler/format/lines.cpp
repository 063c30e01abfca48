#include "compiler/format/lines.h"

#include <algorithm>

namespace schemac::format {
namespace {

// Code points; line feeds do not occur in names and are counted as one in odd types.
std::size_t Width(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

struct Item {
  std::size_t first;  // The first line, comments above it included.
  std::size_t begin;  // The line that `item` is set on.
  std::size_t end;    // Past the last line, comments that belong to the next item not included.
};

// Comments right above an item belong to it.
std::size_t WithComments(const std::vector<Line>& lines, std::size_t begin) {
  std::size_t first = begin;
  while (first > 0 && !lines[first].blank_before && lines[first - 1].comment && lines[first - 1].indent == 0)
    --first;
  return first;
}

bool OneLine(const std::vector<Line>& lines, const Item& item) {
  return item.end - item.begin == 1 && lines[item.begin].text.find('\n') == std::string::npos;
}

// Columns [begin, end): comments in between do not count.
void AlignGroup(std::vector<Line>& lines, std::size_t begin, std::size_t end) {
  std::size_t names = 0;
  std::size_t types = 0;
  for (std::size_t index = begin; index < end; ++index) {
    const Line& line = lines[index];
    if (!line.column) continue;
    names = std::max(names, Width(std::string_view(line.text).substr(0, line.type_at)));
    if (line.rest_at == 0) continue;
    types =
        std::max(types, Width(std::string_view(line.text).substr(line.type_at, line.rest_at - line.type_at)));
  }
  for (std::size_t index = begin; index < end; ++index) {
    Line& line = lines[index];
    if (!line.column) continue;
    if (line.rest_at != 0) {
      const std::size_t width =
          Width(std::string_view(line.text).substr(line.type_at, line.rest_at - line.type_at));
      line.text.insert(line.rest_at, types - width, ' ');
    }
    line.text.insert(line.type_at, names - Width(std::string_view(line.text).substr(0, line.type_at)), ' ');
  }
}

}  // namespace

void SeparateItems(std::vector<Line>& lines) {
  std::vector<Item> items;
  for (std::size_t index = 0; index < lines.size(); ++index) {
    if (!lines[index].item) continue;
    const std::size_t first = WithComments(lines, index);
    if (!items.empty()) items.back().end = first;
    items.push_back({first, index, lines.size()});
  }
  for (std::size_t index = 1; index < items.size(); ++index) {
    const Item& before = items[index - 1];
    const Item& item = items[index];
    const Line& line = lines[item.begin];
    const bool headers = line.header && lines[before.begin].header;
    const bool alike = line.item == lines[before.begin].item && OneLine(lines, before) &&
                       OneLine(lines, item) && item.first == item.begin;
    if (headers) {
      lines[item.first].blank_before = false;
    } else if (!alike) {
      lines[item.first].blank_before = true;
    }
  }
  if (!lines.empty()) lines.front().blank_before = false;
}

void AlignColumns(std::vector<Line>& lines) {
  for (std::size_t begin = 0; begin < lines.size();) {
    std::size_t end = begin + 1;
    if (lines[begin].column) {
      while (end < lines.size() && !lines[end].blank_before && lines[end].indent == lines[begin].indent &&
             (lines[end].column || lines[end].comment)) {
        ++end;
      }
      AlignGroup(lines, begin, end);
    }
    begin = end;
  }
}

std::string Join(const std::vector<Line>& lines) {
  std::string text;
  for (const Line& line : lines) {
    if (line.blank_before) text += '\n';
    text.append(line.indent * 2, ' ');
    text += line.text;
    text += '\n';
  }
  return text;
}

}  // namespace schemac::format
