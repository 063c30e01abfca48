// The lines of a formatted file, before alignment.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace schemac::format {

// `text` may hold line feeds, where a stretch of SQL or a comment does; they are kept.
struct Line {
  std::size_t indent = 0;  // In levels.
  std::string text;
  bool blank_before = false;
  bool comment = false;             // Nothing but a comment.
  std::optional<std::size_t> item;  // On the first line of an item: its kind.
  bool header = false;              // The item belongs to a revision's header.
  // Of a column: where in `text` its type and the rest begin; 0 when there is none.
  bool column = false;
  std::size_t type_at = 0;
  std::size_t rest_at = 0;
};

// One blank line between two items, unless both are alike, of one line, and stood together.
void SeparateItems(std::vector<Line>& lines);

// Pads names and types of the columns that stand together.
void AlignColumns(std::vector<Line>& lines);

std::string Join(const std::vector<Line>& lines);

}  // namespace schemac::format
