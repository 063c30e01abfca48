// Scripts that only keep the books: for what was applied by other means.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emitters/layouts/layout_stamp.h"

namespace schemac::emitters {

struct StampRow {
  std::string revision;
  std::string checksum;
};

struct Stamp {
  std::string title;               // First line.
  std::vector<StampRow> applied;   // The rows that must be there.
  std::vector<std::string> known;  // Every revision of the project: others in the table stop the script.
  bool only_these = true;          // Rows of the other known revisions, and of unfinished parts, go.
  std::string ledger_table;        // As in the settings.
  // The books of another tool, told the same. Statements without `;`.
  std::vector<std::string> also_create{};
  std::vector<std::string> also{};
  std::optional<OneRowTable> one_row{};
  std::vector<std::string> also_known{};  // LayoutStamp::version of every revision.
};

// One transaction; run twice it changes nothing more.
std::string StampScript(const Stamp& stamp);

// A query for the rows of the books, oldest first.
std::string CurrentQuery(const std::string& ledger_table);

}  // namespace schemac::emitters
