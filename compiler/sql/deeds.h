// What the statements of a script do, as entries of the table of facts (facts/operations.def): for judging
// scripts without a database and without what stood there before. Only what the text says; who knows the
// catalog refines it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/facts/facts.h"
#include "compiler/support/error_or.h"
#include "schema/object.h"

namespace schemac::sql {

// Bytes of the script.
struct Place {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct ConstraintTraits {
  Place place;
  std::string name;  // "" when PostgreSQL chooses.
  schema::ConstraintKind kind = schema::ConstraintKind::Check;
  std::vector<std::string> columns;                 // Of a key; for a foreign key the referencing ones.
  std::optional<schema::QualifiedName> referenced;  // Of a foreign key; schema "" as written.
  std::string check;                                // The condition of a check, in libpg_query's spelling.
  std::string not_null_column;                      // The column of `CHECK (c IS NOT NULL)`; "" otherwise.
  bool not_valid = false;
  std::string using_index;
};

// A column as ADD COLUMN, CREATE TABLE or ALTER COLUMN TYPE spell it.
struct ColumnTraits {
  Place place;
  std::string name;
  schema::Type type;  // Of unknown types only the name. `serial` and its like: what they stand for.
  bool serial = false;
  bool not_null = false;
  std::string default_text;  // "" when there is none.
  bool volatile_default = false;
  bool generated = false;  // STORED.
  bool identity = false;
  bool converts = false;  // TYPE … USING.
  std::vector<ConstraintTraits> constraints;
};

// One thing that a statement does. A statement of several actions has several.
struct Deed {
  facts::Operation operation = facts::Operation::Other;
  Place place;
  schema::QualifiedName relation;  // What it is about; schema "" as written. Types, schemas and routines too.
  std::vector<schema::QualifiedName> others;
  std::string member;    // The column, constraint, index, trigger, label or setting.
  std::string new_name;  // Of a rename the new name; of a setting the value.
  facts::LockMode lock =
      facts::LockMode::None;  // On `relation`: that of the table of facts, or of LOCK TABLE.
  bool conditional = false;   // IF EXISTS, IF NOT EXISTS, OR REPLACE.
  bool cascade = false;
  bool named = true;                          // Whether the statement names what it makes.
  bool temporary = false;                     // A table of the session alone.
  bool unqualified = false;                   // Whether the schema was not written; told by who fills it in.
  bool local = false;                         // SET LOCAL.
  bool placed = false;                        // ADD VALUE … BEFORE or AFTER.
  bool moves = false;                         // SET SCHEMA: `new_name` is the schema.
  std::vector<ColumnTraits> columns;          // One of ADD COLUMN, those of CREATE TABLE.
  std::vector<ConstraintTraits> constraints;  // One of ADD CONSTRAINT, those of CREATE TABLE.
  std::vector<std::string> names;    // The columns of an index, "" for an expression; those that INSERT and
                                     // UPDATE set.
  std::vector<std::string> filters;  // The columns that the condition of UPDATE or DELETE names, anywhere
                                     // in it.
  std::vector<std::string> options;  // Of a view or table, `key=value`.
  std::string where;                 // Of an index, in libpg_query's spelling.
  std::string method;                // Of an index.
};

// What BEGIN and its like do; Block is DO.
enum class Control : std::uint8_t { None, Begin, Commit, Rollback, Savepoint, Block };

struct StatementDeeds {
  Place place;
  Control control = Control::None;
  // Whether it stands inside the block before it, which runs it once, often or never; then also as what.
  bool inside = false;
  std::string text;
  bool opaque = false;               // Of a block: it runs what cannot be read from its text as well.
  std::vector<Deed> deeds;           // Empty when the statement does not parse.
  std::vector<std::string> strings;  // The string constants of the statement; of DO its body.
  std::vector<Place> long_names;     // Identifiers that PostgreSQL cuts.
  std::optional<Error> error;        // PostgreSQL's parser's; the offset is into the script.
};

// Which entry ADD CONSTRAINT is.
facts::Operation AddConstraintOperation(schema::ConstraintKind kind, bool not_valid, bool using_index);
// Which entry ADD COLUMN is of a column without constraints of its own, that PostgreSQL does not compute.
facts::Operation AddColumnOperation(bool not_null, bool has_default, bool is_volatile);
// Whether a storage parameter or view option changes how the relation is read, so that it is set under the
// full lock (reloptions.c).
bool NeedsFullLock(std::string_view option);

// Whether what a deed of the operation works on is a relation or a type rather than a schema, an extension or
// a database.
bool NamesRelation(facts::Operation operation);

// Every statement of the script, in order; those inside a DO block of PL/pgSQL after the block. Routines are
// not looked into.
std::vector<StatementDeeds> ReadDeeds(std::string_view script);

}  // namespace schemac::sql
