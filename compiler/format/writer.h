// Pieces to lines.
#pragma once

#include <string_view>
#include <vector>

#include "compiler/format/lines.h"
#include "compiler/parse/outline.h"

namespace schemac::format {

class Writer {
 public:
  explicit Writer(std::string_view text) : text_(text) {}

  // The pieces come one after the other; those that follow are looked at.
  void Write(const std::vector<parse::Piece>& pieces, std::size_t index);
  std::vector<Line> Finish() { return std::move(lines_); }

 private:
  using Piece = parse::Piece;

  [[nodiscard]] std::string_view Source(const Piece& piece) const;
  // Line feeds between the piece before and this one.
  [[nodiscard]] std::size_t FeedsBefore(const std::vector<Piece>& pieces, std::size_t index) const;
  // Whether the list that opens at `index` gets a line for each element.
  [[nodiscard]] bool BreaksList(const std::vector<Piece>& pieces, std::size_t index) const;
  void WriteComment(const std::vector<Piece>& pieces, std::size_t index);
  void WriteText(const std::vector<Piece>& pieces, std::size_t index);
  void BeginLine(std::size_t indent, bool blank_before);
  void Append(std::string_view text, bool glued);
  // What the column's alignment needs to know.
  void MarkColumn(const Piece& piece);

  std::string_view text_;
  std::vector<Line> lines_;
  std::size_t indent_ = 0;
  bool line_over_ = true;  // The next piece begins a line, unless it is glued or a comment on the same line.
  bool line_closed_ = true;   // A line comment ends the line: nothing can be appended.
  bool unit_open_ = false;    // In the middle of a unit: a line that begins now continues it.
  bool body_begins_ = true;   // Right after an opening brace or at the start of the file.
  std::vector<bool> broken_;  // For each open list: a line for each element.
};

}  // namespace schemac::format
