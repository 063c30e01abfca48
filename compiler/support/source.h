// Source texts and their names. Sources are added by the driver (or a test) and live as long as the run:
// spans and diagnostics refer to them by id.
#pragma once

#include <algorithm>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

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
  // Empty for a place that is not known.
  [[nodiscard]] std::string_view Text(const Span& span) const {
    if (!span.IsKnown()) return {};
    const std::string_view text = texts_.at(span.source);
    const std::size_t begin = std::min<std::size_t>(span.begin, text.size());
    return text.substr(begin, std::max<std::size_t>(span.end, begin) - begin);
  }
  [[nodiscard]] LineColumn Locate(SourceId id, std::size_t offset) const;
  // The whole line (without its line feed) that holds the byte `offset`.
  [[nodiscard]] std::string_view Line(SourceId id, std::size_t offset) const;

 private:
  std::deque<Source> sources_;  // A deque, so that texts never move.
  std::vector<std::string_view> texts_;
};

}  // namespace schemac
