// What an author says beyond the wanted state: which object was renamed, what existing rows get. Collected
// from the model
// (`was`, `backfill`), a model diff, or the command line; consumed by diff.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "schema/address.h"
#include "schema/expression.h"

namespace schemac::schema {

// Same kind on both sides. A different schema means ALTER … SET SCHEMA. For columns `from` names the table as
// it is called in the state before all renames.
struct Rename {
  ObjectAddress from;
  ObjectAddress to;
  bool operator==(const Rename&) const = default;
};

// How the rows of a column get from one type to the other. Text goes into USING.
struct Conversion {
  std::optional<Expression> up;
  std::optional<Expression> down;
  bool operator==(const Conversion&) const = default;
};

// What happens to labels of an enum that do not simply stay.
struct LabelMapping {
  std::map<std::string, std::string> renamed;  // old label → new label
  std::map<std::string, std::string> removed;  // old label → the label that its rows get
  bool operator==(const LabelMapping&) const = default;
};

// A statement on rows that stands in a revision: a `backfill` or an `sql` block.
struct DataStep {
  std::string title;                // "move roles"; "" for a backfill.
  std::string up;                   // SQL, whole statements.
  std::optional<std::string> down;  // Missing: cannot be undone.
  bool needs_undo = true;           // False for a backfill: nothing is left to undo once the column is gone.
  std::vector<ObjectAddress> references;  // Columns and tables it touches, as far as the text tells.
  bool operator==(const DataStep&) const = default;
};

struct Intent {
  std::vector<Rename> renames;
  std::map<ObjectAddress, Expression> backfills;  // Column (names as after) → value for the rows that exist.
  std::map<ObjectAddress, Expression>
      restores;  // Dropped column → value for its rows when a downgrade brings it back.
  std::map<ObjectAddress, Conversion> conversions;  // Column (names as after).
  std::map<ObjectAddress, LabelMapping> labels;     // Enum (names as after).
  std::vector<DataStep> data_steps;
  std::set<ObjectAddress> concurrently;  // Indexes to build (or drop) outside a transaction.
};

}  // namespace schemac::schema
