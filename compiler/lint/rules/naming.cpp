#include "compiler/lint/naming.h"

#include <fmt/format.h>

#include "compiler/lint/rule.h"
#include "compiler/support/quote.h"
#include "schema/edit/names.h"

namespace schemac::lint {

using facts::Operation;

namespace {

void JudgeName(const Scene& scene, NamedKind kind, std::string_view name, sql::Place place, bool chosen,
               Report& report) {
  const Convention* convention = scene.state.naming->Of(kind);
  if (convention == nullptr || name.empty() || convention->pattern.Occurs(name)) return;
  const std::string_view who = chosen ? ", which PostgreSQL chooses" : "";
  report.Add(place, convention->message.empty()
                        ? fmt::format("the name of {} {}{} does not fit {}", WordsOf(kind),
                                      QuoteIdentifier(name), who, convention->pattern.text())
                        : fmt::format("the name of {} {}{}: {}", WordsOf(kind), QuoteIdentifier(name), who,
                                      convention->message));
}

NamedKind NamedKindOf(schema::ConstraintKind kind) {
  switch (kind) {
    case schema::ConstraintKind::PrimaryKey:
      return NamedKind::PrimaryKey;
    case schema::ConstraintKind::Unique:
      return NamedKind::Unique;
    case schema::ConstraintKind::ForeignKey:
      return NamedKind::ForeignKey;
    case schema::ConstraintKind::Check:
      return NamedKind::Check;
    case schema::ConstraintKind::Exclusion:
      return NamedKind::Exclusion;
  }
  return NamedKind::Check;
}

void JudgeConstraint(const Scene& scene, const sql::ConstraintTraits& traits, Report& report) {
  std::string name = traits.name;
  // What PostgreSQL would call it, where it has to choose; an index that becomes a key has a name.
  const bool chosen = name.empty() && traits.using_index.empty();
  if (chosen) {
    schema::Constraint constraint;
    constraint.table = scene.deed.relation;
    constraint.kind = traits.kind;
    constraint.columns = traits.columns;
    // A check of several columns is called after its table alone.
    name = traits.kind == schema::ConstraintKind::Check
               ? schema::MakeObjectName(constraint.table.name,
                                        traits.columns.size() == 1 ? traits.columns.front() : "", "check")
               : schema::ChooseConstraintName(*scene.state.catalog, constraint);
  }
  JudgeName(scene, NamedKindOf(traits.kind), name, traits.place, chosen, report);
}

void JudgeIndex(const Scene& scene, Report& report) {
  if (scene.deed.named)
    return JudgeName(scene, NamedKind::Index, scene.deed.member, scene.deed.place, false, report);
  schema::Index index;
  index.table = scene.deed.relation;
  for (const std::string& column : scene.deed.names) {
    schema::IndexElement& element = index.elements.emplace_back();
    element.column = column.empty() ? "expr" : column;
  }
  JudgeName(scene, NamedKind::Index, schema::ChooseIndexName(*scene.state.catalog, index), scene.deed.place,
            true, report);
}

// The kind of what gets its name from a statement that makes nothing else; nullopt for other statements.
std::optional<NamedKind> KindMadeBy(Operation operation) {
  switch (operation) {
    case Operation::CreateTable:
    case Operation::CreateTableReferencing:
    case Operation::CreatePartition:
    case Operation::CreateInheritingTable:
    case Operation::CreateTableLike:
    case Operation::CreateTableAs:
      return NamedKind::Table;
    case Operation::CreateView:
    case Operation::CreateMaterializedView:
      return NamedKind::View;
    case Operation::CreateSequence:
      return NamedKind::Sequence;
    case Operation::CreateType:
    case Operation::CreateDomain:
      return NamedKind::Type;
    case Operation::CreateRoutine:
      return NamedKind::Function;
    case Operation::CreateSchema:
      return NamedKind::Schema;
    default:
      return std::nullopt;
  }
}

// Whether the deed's table has a part of the kind under the name that is given up: RENAME says less of it.
const schema::Object* FindPart(const Scene& scene, schema::ObjectKind kind) {
  const schema::QualifiedName& relation = scene.deed.relation;
  return scene.state.catalog->Find({kind, relation.schema, relation.name, scene.deed.member});
}

std::optional<NamedKind> KindRenamedBy(const Scene& scene) {
  if (scene.deed.moves) return std::nullopt;
  switch (scene.deed.operation) {
    case Operation::RenameTable:
      return NamedKind::Table;
    case Operation::RenameColumn:
    case Operation::RenameAttribute:
      return NamedKind::Column;
    case Operation::RenameView:
      return NamedKind::View;
    case Operation::RenameIndex:
      return NamedKind::Index;
    case Operation::RenameType:
      return NamedKind::Type;
    case Operation::RenameSchema:
      return NamedKind::Schema;
    case Operation::AlterSequence:
      return NamedKind::Sequence;
    case Operation::AlterRoutine:
      return NamedKind::Function;
    case Operation::RenameConstraint: {
      const schema::Object* part = FindPart(scene, schema::ObjectKind::Constraint);
      if (part == nullptr) return std::nullopt;
      return NamedKindOf(std::get<schema::Constraint>(*part).kind);
    }
    case Operation::RenameTrigger:  // And policies, and rules.
      if (FindPart(scene, schema::ObjectKind::Trigger) != nullptr) return NamedKind::Trigger;
      if (FindPart(scene, schema::ObjectKind::Policy) != nullptr) return NamedKind::Policy;
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

void JudgeMembers(const Scene& scene, Report& report) {
  const sql::Deed& deed = scene.deed;
  if (scene.Does({Operation::SetDefault, Operation::ChangeTypeRewriting, Operation::ChangeTypeInPlace}))
    return;
  for (const sql::ColumnTraits& column : deed.columns)
    JudgeName(scene, NamedKind::Column, column.name, column.place, false, report);
  if (deed.operation == Operation::CreateDomain) return;
  for (const sql::ConstraintTraits& constraint : deed.constraints) JudgeConstraint(scene, constraint, report);
}

}  // namespace

extern const Rule kNaming;
const Rule kNaming = {
    .id = "naming",
    .severity = Severity::Warning,
    .summary = "a name that is not as agreed",
    .why =
        "[lint.naming] in schemac.toml tells with regular expressions how schemas, tables, columns, views, "
        "indexes, keys, checks, sequences, types, functions, triggers and policies are called; where it is "
        "there the rule is on. Judged is what a script makes or renames, and what PostgreSQL calls a "
        "constraint or an index without a name. With --enable and no settings, names must need no quotes.",
    .instead = "a name that fits",
    .unsafe = "CREATE TABLE \"OrderItems\" (id bigint, \"unitPrice\" numeric);",
    .safe = "CREATE TABLE order_items (id bigint, unit_price numeric);",
    .by_default = false,
    .check =
        [](const Scene& scene, Report& report) {
          const sql::Deed& deed = scene.deed;
          if (deed.temporary) return;
          JudgeMembers(scene, report);
          if (const auto made = KindMadeBy(deed.operation))
            return JudgeName(scene, *made, deed.relation.name, deed.place, false, report);
          if (const auto renamed = KindRenamedBy(scene))
            return JudgeName(scene, *renamed, deed.new_name, deed.place, false, report);
          if (scene.Does({Operation::CreateIndex, Operation::CreateUniqueIndex,
                          Operation::CreateIndexConcurrently, Operation::CreateUniqueIndexConcurrently}))
            return JudgeIndex(scene, report);
          if (scene.Does({Operation::CreateTrigger}))
            return JudgeName(scene, NamedKind::Trigger, deed.member, deed.place, false, report);
          if (scene.Does({Operation::CreatePolicy}))
            JudgeName(scene, NamedKind::Policy, deed.member, deed.place, false, report);
        },
};

}  // namespace schemac::lint
