// Source texts and their names. Sources are added by the driver (or a test) and live as long as the run:
// spans and diagnostics refer to them by id.
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "compiler/support/span.h"

namespace schemac {

struct Source {
  std::string name;  // As the user would write it: a path, `<stdin>`, `git:HEAD:schema.sql`.
  std::string text;  // Bytes as read. May be invalid UTF-8; `parse` and `sql` check before use.
};

// One-based line and column; the column counts code points, as editors do.
struct LineColumn {
  std::size_t line = 1;
  std::size_t column = 1;
};

class Sources {
 public:
  SourceId Add(std::string name, std::string text);
  [[nodiscard]] const Source& Get(SourceId id) const { return sources_.at(id); }
  [[nodiscard]] std::size_t size() const { return sources_.size(); }
  [[nodiscard]] std::string_view Text(const Span& span) const;
  [[nodiscard]] LineColumn Locate(SourceId id, std::size_t offset) const;
  // The whole line (without its line feed) that holds the byte `offset`.
  [[nodiscard]] std::string_view Line(SourceId id, std::size_t offset) const;

 private:
  std::deque<Source> sources_;  // A deque, so that texts never move.
};

}  // namespace schemac
