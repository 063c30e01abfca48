// Pieces of our language: items and members as text, without the `;` unless told.
#pragma once

#include <string>
#include <vector>

#include "emitters/model/default_names.h"
#include "emitters/sql_writer.h"
#include "schema/catalog.h"
#include "schema/diff/change.h"

namespace schemac::emitters {

// What the text depends on beside the object.
struct ModelContext {
  const schema::Catalog& catalog;
  const DefaultNames& names;
  SqlStyle style{true, "public"};  // `home` is the schema of the directive that is in force.
  bool all_names = false;          // Write default names too.
  // The sequences that serial columns may stand for; nullptr: all that look like it.
  const std::set<schema::ObjectAddress>* new_sequences = nullptr;

  [[nodiscard]] SqlWriter Writer() const { return SqlWriter(style); }
};

// The name of a member (a column, first of all) where other members may begin with a word like it: `index` is
// quoted.
std::string MemberName(const std::string& name);

// `--- text` lines, or "" when the text is empty or a doc comment cannot hold it.
std::string DocLines(const std::string& comment, const std::string& indent);
bool FitsDoc(const std::string& comment);
// A label of an enum: bare when it is a plain word.
std::string EnumLabelText(const std::string& label);
// What CREATE cannot say: `disable trigger t;` as a line of a body, "" when the trigger or rule fires as a
// new one does, unless `spelled` asks for it; `alter event trigger e disable;`; `alter statistics s set
// statistics 100;`.
std::string FiringLine(const schema::Object& part, const std::string& indent, bool spelled = false);
// An action in the body of `alter table t { … }`, as a line of its own.
std::string ActionLine(const std::string& action);
std::string FiringRemark(const schema::EventTrigger& trigger);
std::string TargetRemark(const schema::Statistics& statistics);
// `comment on table t is '…';` for what DocLines cannot hold; "" otherwise.
std::string CommentStatement(const schema::ObjectAddress& address, const schema::Object& object,
                             const std::string& comment);
// The same whatever the text holds.
std::string PlainCommentStatement(const schema::ObjectAddress& address, const schema::Object& object,
                                  const std::string& comment);

// ---- column_text.cpp
struct ColumnText {
  std::string name;
  std::string type;
  std::string clauses;
};
// `inline_constraints`: bodies of constraints that stand at the column.
ColumnText SpellColumn(const schema::Table& table, const schema::Column& column,
                       const std::vector<std::string>& inline_constraints, const std::string& backfill,
                       const ModelContext& context);
std::string JoinColumn(const ColumnText& column);
bool InPrimaryKey(const schema::Table& table, const std::string& column, const ModelContext& context);
// After `default`, in a seed row or `backfill`: JSON stands bare when the type is jsonb.
std::string ValueText(const schema::Expression& value, const schema::Type* type);

// ---- member_text.cpp
std::string SpellConstraint(const schema::Constraint& constraint, const ModelContext& context);
// The constraint as a clause of its only column; "" when it must stand by itself.
std::string SpellInline(const schema::Constraint& constraint, const ModelContext& context);
std::string SpellIndex(const schema::Index& index, const ModelContext& context);
std::string SpellTrigger(const schema::Trigger& trigger, const ModelContext& context);
std::string SpellPolicy(const schema::Policy& policy, const ModelContext& context);
std::string SpellRule(const schema::Rule& rule, const ModelContext& context);
// The member that names a partition's copy of its parent's key or index, where the name, or what else is its
// own, would not come by itself; "" elsewhere.
std::string SpellAttached(const schema::Object& part, const ModelContext& context);
// Whether the part comes from a parent: SpellAttached says what is its own.
bool ComesFromParent(const schema::Object& part);
// The member for any part of a table.
std::string SpellPart(const schema::Object& part, const ModelContext& context);
// `replica identity full`: the settings that a table has, each without `;`.
std::vector<std::string> SpellSettings(const schema::Table& table);

// ---- column_changes.cpp
// `alter column c set default 1`: how a column that comes from a parent differs from it, without indentation
// and `;`.
std::vector<std::string> InheritedColumnActions(const schema::Table& table, const schema::Column& column,
                                                const ModelContext& context);

// ---- table_text.cpp
// The parts that stand in a table's body.
struct TableParts {
  std::vector<const schema::Object*> objects;  // Constraints, indexes, triggers, policies, rules.
};
// `table t … { … }` with doc comments; `after` receives statements that must follow it (comments, grants).
std::string SpellTable(const schema::Table& table, const TableParts& parts, const ModelContext& context,
                       std::string& after);

// ---- object_text.cpp
// Anything but tables, their parts and seed rows, with its `;`, doc comment before it, and a line feed
// behind. Parts of a materialized view or view stand in its body. `after` as above.
std::string SpellItem(const schema::Object& object, const TableParts& parts, const ModelContext& context,
                      std::string& after);
// Comments and grants come as whole items with a blank line before them: they go behind the item that they
// are about. `grant …;` and `revoke …;` lines that lead from one set of privileges to the other.
std::string GrantLines(const schema::ObjectAddress& address, const schema::Object& object,
                       const schema::Privileges& from, const schema::Privileges& to);
// A comment that changes, wherever it can be written; "" when it does not.
std::string CommentChange(const schema::ObjectAddress& address, const schema::Object& object,
                          const std::string& from, const std::string& to);
// Comment and grants of the hidden sequence of an identity column. `from` is null, or has no identity, when
// the sequence is new.
std::string IdentityRemarks(const schema::QualifiedName& table, const schema::Column* from,
                            const schema::Column& to);
// Lower-cases the first words of a statement made by the SQL emitter: `GRANT SELECT ON` has the same words in
// our language.
std::string AsItem(const std::string& statement);
// `seed t key (k) { … }` for rows of one table and key.
std::string SpellSeed(const std::vector<const schema::SeedRow*>& rows, const ModelContext& context);

}  // namespace schemac::emitters
