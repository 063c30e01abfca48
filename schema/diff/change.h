// What differs between two catalogs, as values that outlive both. Made by diff/diff.h, applied by
// diff/apply.h, put in order and turned into steps by compiler/plan. Addresses of a change are those of its
// moment: renames come first in a Diff (save for drops that make room for a new name), everything after a
// rename uses the new names.
//
// A table that comes or goes is listed with each of its parts (constraints, indexes, triggers, …), so that
// the inverse makes all of them again; whoever plans leaves out the DROPs of parts whose table goes. In an
// inverted Diff the renames come last.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "schema/intent.h"
#include "schema/object.h"

namespace schemac::schema {

// A new object. A Table brings its columns; constraints, indexes and the other parts are changes of their
// own.
struct CreateObject {
  Object object;
  bool concurrently = false;  // Indexes only.
  bool operator==(const CreateObject&) const = default;
};
// The whole former definition, so that the inverse can bring it back.
struct DropObject {
  Object object;
  bool concurrently = false;
  bool operator==(const DropObject&) const = default;
};
// Same address, other attributes (comment and privileges included). For a Table the columns are not compared:
// they change by the three changes below and `from`/`to` hold no columns.
struct AlterObject {
  Object from;
  Object to;
  std::map<std::string, std::string> heirs;  // Enums only: a label that goes → the one that its rows get.
  bool operator==(const AlterObject&) const = default;
};
struct RenameObject {
  ObjectAddress from;
  ObjectAddress to;
  bool operator==(const RenameObject&) const = default;
};
struct AddColumn {
  QualifiedName table;
  Column column;
  std::optional<Expression> backfill;
  bool operator==(const AddColumn&) const = default;
};
struct DropColumn {
  QualifiedName table;
  Column column;
  std::optional<Expression> restore;  // The backfill of the inverse.
  bool operator==(const DropColumn&) const = default;
};
// Type, collation, default, nullability, identity, generation, storage, …, comment or privileges; never the
// name.
struct AlterColumn {
  QualifiedName table;
  Column from;
  Column to;
  Conversion conversion;
  std::optional<Expression> backfill;  // For NULLs when the column becomes NOT NULL.
  bool operator==(const AlterColumn&) const = default;
};
// Rows, not schema: nothing for a catalog to apply.
struct ChangeData {
  DataStep step;
  bool inverted = false;  // Run `down` instead of `up`.
  bool operator==(const ChangeData&) const = default;
};

using Change = std::variant<CreateObject, DropObject, AlterObject, RenameObject, AddColumn, DropColumn,
                            AlterColumn, ChangeData>;

struct Diff {
  std::vector<Change> changes;
  [[nodiscard]] bool empty() const { return changes.empty(); }
  bool operator==(const Diff&) const = default;
};

}  // namespace schemac::schema
