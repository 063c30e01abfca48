// A table as it stands after its mixins have been copied into it: what is declared of it, before any SQL is
// made.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/analyze/context.h"

namespace schemac::analyze {

struct MemberUse {
  const ast::TableMember* member = nullptr;
  const ast::Mixin* mixin = nullptr;  // nullptr: the table's own.
};

// A constraint of a table, and the name of the column that it stands at, if it does.
struct ConstraintUse {
  const ast::Constraint* constraint = nullptr;
  const ast::Name* column = nullptr;
};

struct TableUnit {
  const ast::Table* node = nullptr;
  Namespace where;
  schema::QualifiedName name;
  std::vector<MemberUse> members;
  // Of the members, in the same order, so that what few tables have is not looked for in all:
  std::vector<ConstraintUse> constraints;  // those among them and at them,
  std::vector<MemberUse> parts;            // triggers, policies, rules, settings, grants,
  std::vector<MemberUse> hinted;           // columns and indexes that say more than what they are.
  std::set<const ast::Column*> untyped;    // Columns whose type was not understood.
  bool usable = false;                     // Declared: the catalog has it.
  bool has_late_keys = true;               // For BuildLateKeys; BuildTable finds out.
  // Something may look at its columns before it is built.
  bool is_mentioned = true;
  // A default may fill from a sequence, which may be one that comes with a column of another table.
  bool may_name_sequence = false;

  // Its columns come from other tables too.
  [[nodiscard]] bool IsChild() const { return !node->inherits.empty() || node->partition_of.has_value(); }
  [[nodiscard]] schema::ObjectAddress address() const {
    return {schema::ObjectKind::Table, name.schema, name.name, ""};
  }
};

// The tables that it inherits from, or is a partition of.
std::vector<const ast::QualifiedName*> ParentsOf(const ast::Table& table);

// What stands beside the name of a sequence: in the text of a default, or the type of its column.
inline constexpr std::string_view kTypeOfSequences = "regclass";
inline constexpr auto kWordsOfSequences =
    std::to_array<std::string_view>({"nextval", "currval", "setval", kTypeOfSequences});

// Where a mixin was declared decides where its text looks names up, after the table's own schema.
struct MixinUnit {
  const ast::Mixin* node = nullptr;
  std::string schema;
};
using Mixins = std::map<std::string, MixinUnit>;

// Copies the members of the mixins behind the table's own. Reports unknown mixins, names that two of them
// share, and names used twice.
TableUnit ExpandTable(Context& context, const ast::Table& table, const Namespace& where,
                      const Mixins& mixins);

// Puts the table with nothing but its columns' names and types into the catalog, so that others can refer to
// it; without these when nobody looks at them. False, and nothing done, when a type or a parent is not known
// (yet). With `last`, what is unknown is reported and the rest declared.
bool DeclareTable(Context& context, TableUnit& table, bool last);
// The table with all of that, taken out of the catalog. Types that nobody has looked for are reported when
// they are not known.
schema::Table TakeDeclared(Context& context, TableUnit& table);

// The type as written, or nullptr; `error` then tells why. `serial` stands for its integer. It lasts until
// the context forgets its types.
const schema::Type* ResolveType(Context& context, const ast::TypeName& type, const Namespace& where,
                                Error* error);
// Reports why there is no such type, with the nearest name there is.
void ReportType(Context& context, const ast::TypeName& type, const Error& error);

// ---- What follows a declaration, for models and model diffs alike.

// Replaces the declared table by the whole one: columns, checks, keys; not foreign keys.
void BuildTable(Context& context, TableUnit& table);
// Keys and checks that CREATE TABLE cannot take: second keys over the same columns, checks that are not
// valid.
void BuildLateKeys(Context& context, const TableUnit& table);

// The foreign keys, each with the column that it stands at, or nullptr. They are built (BuildConstraint) once
// the tables that they refer to have their keys.
using ForeignKeyVisit = std::function<void(const ast::Constraint& key, const ast::Name* column)>;
void ForEachForeignKey(const TableUnit& table, const ForeignKeyVisit& visit);
void BuildIndexes(Context& context, const TableUnit& table);
// Triggers, policies, rules, settings, grants.
void BuildParts(Context& context, const TableUnit& table);
// `was` and `backfill` of the table, its columns and its indexes.
void CollectHints(Context& context, const TableUnit& table);

}  // namespace schemac::analyze
