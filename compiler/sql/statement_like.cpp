// CREATE TABLE … (LIKE source INCLUDING …).
#include <fmt/format.h>

#include "compiler/sql/statement_inherit.h"
#include "compiler/sql/statement_sequence.h"
#include "schema/dependencies.h"
#include "schema/edit/names.h"

namespace schemac::sql {

using schema::Column;
using schema::Constraint;
using schema::ConstraintKind;
using schema::ObjectKind;
using schema::QualifiedName;
using schema::Table;

namespace {

// Bits of TableLikeClause.options (PostgreSQL, src/include/nodes/parsenodes.h, TableLikeOption).
enum LikeOption : std::uint32_t {
  kComments = 1U << 0U,
  kCompression = 1U << 1U,
  kConstraints = 1U << 2U,
  kDefaults = 1U << 3U,
  kGenerated = 1U << 4U,
  kIdentity = 1U << 5U,
  kIndexes = 1U << 6U,
  kStatistics = 1U << 7U,
  kStorage = 1U << 8U,
};

Column CopyColumn(const Session& session, const Column& source, const QualifiedName& from,
                  const QualifiedName& to, std::uint32_t options) {
  Column column;
  column.name = source.name;
  column.type = source.type;
  column.not_null = source.not_null;
  column.collation = source.collation;
  if ((options & kDefaults) != 0) column.default_value = source.default_value;
  if ((options & kGenerated) != 0) column.generated = source.generated;
  if (column.default_value) Retarget(*column.default_value, from, to);
  if (column.generated) Retarget(*column.generated, from, to);
  if ((options & kIdentity) != 0 && source.identity) {
    column.identity = source.identity;
    column.identity->sequence_name = schema::ChooseSequenceName(*session.catalog, to, column.name);
    column.identity->comment.clear();
    GrantDefaults(session, to.schema, *column.identity);
  }
  if ((options & kStorage) != 0) column.storage = source.storage;
  if ((options & kCompression) != 0) column.compression = source.compression;
  if ((options & kComments) != 0) column.comment = source.comment;
  return column;
}

template <typename Part>
Part CopyPart(const Part& part, const QualifiedName& table, bool with_comment) {
  schema::Object object = part;
  schema::ForEachExpression(object,
                            [&](schema::Expression& expression) { Retarget(expression, part.table, table); });
  auto copy = std::get<Part>(std::move(object));
  copy.table = table;
  if (!with_comment) copy.comment.clear();
  return copy;
}

Done CopyConstraints(Session& session, const QualifiedName& from, const QualifiedName& to,
                     std::uint32_t options) {
  std::vector<Constraint> copies;
  for (const schema::Object* part : session.catalog->PartsOf(from, ObjectKind::Constraint)) {
    const auto& constraint = std::get<Constraint>(*part);
    const std::uint32_t needed = constraint.kind == ConstraintKind::Check ? kConstraints : kIndexes;
    if (constraint.kind == ConstraintKind::ForeignKey || (options & needed) == 0) continue;
    Constraint copy = CopyPart(constraint, to, (options & kComments) != 0);
    copy.inherited = false;
    copy.not_valid = false;
    // Only checks keep their names.
    if (copy.kind != ConstraintKind::Check) {
      copy.name.clear();
      copy.no_inherit = false;
    }
    copies.push_back(std::move(copy));
  }
  for (Constraint& copy : copies) {
    if (auto added = AddTableConstraint(session, to, std::move(copy), false); !added) return added;
  }
  return Ok();
}

Done CopyIndexes(Session& session, const QualifiedName& from, const QualifiedName& to,
                 std::uint32_t options) {
  std::vector<schema::Index> copies;
  for (const schema::Object* part : session.catalog->PartsOf(from, ObjectKind::Index)) {
    schema::Index copy = CopyPart(std::get<schema::Index>(*part), to, (options & kComments) != 0);
    copy.only = false;
    copy.parent.clear();
    copy.statistics.clear();
    copies.push_back(std::move(copy));
  }
  for (schema::Index& copy : copies) {
    copy.name.clear();
    copy.name = schema::ChooseIndexName(*session.catalog, copy);
    if (auto created = schema::Create(*session.catalog, std::move(copy)); !created) return created;
  }
  return Ok();
}

bool HasStatistics(const Session& session, const QualifiedName& table) {
  const auto& objects = session.catalog->objects();
  for (auto it = objects.lower_bound({ObjectKind::Statistics, "", "", ""});
       it != objects.end() && it->first.kind == ObjectKind::Statistics; ++it) {
    for (const schema::Reference& reference :
         std::get<schema::Statistics>(it->second).definition.references) {
      if (reference.target == TableAddress(table)) return true;
    }
  }
  return false;
}

}  // namespace

ErrorOr<std::vector<Column>> LikeColumns(Session& session, const QualifiedName& table,
                                         const PgQuery__TableLikeClause& clause) {
  const auto address = ResolveRelation(session, SplitName(*clause.relation), clause.relation->location);
  if (!address) return address.error();
  std::vector<Column> columns;
  if (const auto* composite = session.catalog->Get<schema::Composite>(*address)) {
    for (const schema::CompositeAttribute& attribute : composite->attributes) {
      Column& column = columns.emplace_back();
      column.name = attribute.name;
      column.type = attribute.type;
      column.collation = attribute.collation;
    }
    return columns;
  }
  const auto* source = session.catalog->Get<Table>(*address);
  if (source == nullptr) return Unsupported(clause.relation->location, "LIKE a view");
  for (const Column& column : source->columns) {
    columns.push_back(CopyColumn(session, column, source->name, table, clause.options));
  }
  return columns;
}

Done AfterLike(Session& session, const QualifiedName& table, const PgQuery__TableLikeClause& clause) {
  const auto address = ResolveRelation(session, SplitName(*clause.relation), clause.relation->location);
  if (!address) return address.error();
  if (address->kind != ObjectKind::Table) return Ok();
  const QualifiedName source = address->qualified();
  if (auto done = CopyConstraints(session, source, table, clause.options); !done) return done;
  if ((clause.options & kStatistics) != 0 && HasStatistics(session, source)) {
    return Unsupported(clause.relation->location,
                       "LIKE … INCLUDING STATISTICS of a table with extended statistics");
  }
  return (clause.options & kIndexes) != 0 ? CopyIndexes(session, source, table, clause.options) : Ok();
}

}  // namespace schemac::sql
