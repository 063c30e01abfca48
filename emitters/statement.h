// What emitters write: statements, not yet a file.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "emitters/block.h"

namespace schemac::emitters {

struct Statement {
  std::string
      comment;  // Lines to stand before it as `-- …`, without the dashes; may be empty or several lines.
  std::string sql;    // Without the final `;`; may be empty for a comment alone.
  std::string group;  // Statements of one group (a table, usually) stand together; a blank line parts groups.
  std::vector<std::size_t>
      steps{};                   // Which steps of its plan::Batch it spells: for reports on locks and risks.
  std::optional<Block> block{};  // Set when `sql` is BlockText() of it.
};
struct Batch {
  bool transaction = true;
  std::vector<Statement> statements;
};
using Script = std::vector<Batch>;

}  // namespace schemac::emitters
