// What a migration does, as text and as JSON (docs/json.md).
#pragma once

#include <string>

#include "compiler/history/migration.h"

namespace schemac {

// A line for each change of the summary.
std::string TextReport(const schema::Diff& diff);

struct ReportHeader {
  std::string from;  // What the two sides are called.
  std::string to;
  std::string revision;  // The revision that was written or would be; "" when none.
};
// One JSON object and a line feed. Keys and their meaning are stable; `schema_version` counts up when one
// changes.
std::string JsonReport(const ReportHeader& header, const Migration& migration);

// The same for people, as Markdown with the scripts folded: what a pull request says of a revision.
std::string MarkdownReport(const ReportHeader& header, const std::string& message,
                           const Migration& migration);

}  // namespace schemac
