// Changes in words, for people and for reports.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/catalog.h"
#include "schema/diff/change.h"

namespace schemac {

// What a change does, taken apart.
struct ChangeWords {
  std::string action;                // "create", "drop", "alter", "rename", "data".
  std::string kind;                  // "table", "column", …; "data step".
  schema::ObjectAddress address;     // Before a rename; unused for data.
  std::string name;                  // As SQL: `control_plane.tenants.phone`; the title of a data step.
  std::string new_name;              // Renames only, as SQL.
  std::vector<std::string> details;  // What an alteration changes: "type character varying(40) to text".
};
ChangeWords WordsFor(const schema::Change& change);

// One line: `alter column "name" of table "tenants": type text to jsonb`.
std::string Sentence(const ChangeWords& words);

// The name of an object as SQL, qualified unless it lives in public.
std::string SqlName(const schema::ObjectAddress& address);

// What someone wants to read first: the changes without the parts of tables that come or go as a whole.
std::vector<ChangeWords> Summary(const schema::Diff& diff);

// Where two catalogs first differ, in words that call the one state `found` and the other `wanted`; "" when
// they are equal.
std::string FirstDifference(const schema::Catalog& found, const schema::Catalog& wanted);

// `text` on one line: control characters become blanks. For titles in comments.
std::string OneLine(std::string_view text);

}  // namespace schemac
