// CREATE TABLE.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "compiler/sql/statement_inherit.h"
#include "compiler/sql/statements.h"
#include "schema/edit/limits.h"
#include "schema/keys.h"

namespace schemac::sql {

using schema::Column;
using schema::QualifiedName;
using schema::Table;

namespace {

// A table under construction. `drafts` are the columns written here, by position in `table.columns`.
struct TableDraft {
  Table table;
  Scope scope;  // Where the types and defaults of columns are looked up.
  std::vector<std::pair<std::size_t, ColumnDraft>> drafts;
  std::vector<PendingConstraint> checks, keys, foreign_keys;
  std::vector<const PgQuery__TableLikeClause*> likes;
};

Done AddPending(TableDraft& draft, const PendingConstraint& pending) {
  switch (pending.node->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
      draft.checks.push_back(pending);
      return Ok();
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
      draft.foreign_keys.push_back(pending);
      return Ok();
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
      draft.keys.push_back(pending);
      return Ok();
    default:
      return Unsupported(pending.node->location, "this table constraint");
  }
}

// A column that a parent has already: the two are merged, and what is written here prevails.
Done MergeColumn(const PgQuery__ColumnDef& definition, const Column& written, const ColumnDraft& draft,
                 Column& inherited) {
  if (definition.type_name != nullptr) {
    if (inherited.type != written.type) {
      return ErrorAt(definition.location, fmt::format("column \"{}\" has a type conflict", inherited.name));
    }
    inherited.inherited = false;
    if (written.collation) inherited.collation = written.collation;
    if (!written.compression.empty()) inherited.compression = written.compression;
  }
  inherited.not_null = inherited.not_null || written.not_null;
  if (draft.default_node != nullptr) inherited.default_value.reset();
  return Ok();
}

// `c WITH OPTIONS …` of a partition has no type of its own; the parent's stands in to read the rest.
Done DraftOverride(const Session& session, const Scope& scope, const PgQuery__ColumnDef& definition,
                   const Column& inherited, Column& column, ColumnDraft& draft) {
  PgQuery__TypeName type = PG_QUERY__TYPE_NAME__INIT;
  PgQuery__String text = PG_QUERY__STRING__INIT;
  std::string word = "text";
  text.sval = word.data();
  PgQuery__Node node = PG_QUERY__NODE__INIT;
  node.node_case = PG_QUERY__NODE__NODE_STRING;
  node.string = &text;
  PgQuery__Node* names[] = {&node};
  type.names = names;
  type.n_names = 1;
  PgQuery__ColumnDef copy = definition;
  copy.type_name = &type;
  if (Done read = DraftColumn(session, scope, copy, column, draft); !read) return read;
  column.type = inherited.type;
  return Ok();
}

// One that stands in the table already.
Done ReadAgain(const Session& session, const PgQuery__ColumnDef& definition, TableDraft& draft,
               std::size_t position) {
  Column& existing = draft.table.columns[position];
  const bool seen =
      std::ranges::any_of(draft.drafts, [&](const auto& other) { return other.first == position; });
  Column column;
  ColumnDraft& rest = draft.drafts.emplace_back(position, ColumnDraft()).second;
  const Done read = definition.type_name == nullptr
                        ? DraftOverride(session, draft.scope, definition, existing, column, rest)
                        : DraftColumn(session, draft.scope, definition, column, rest);
  if (!read) return read;
  if (!existing.inherited || seen) {
    return ErrorAt(definition.location,
                   fmt::format("column \"{}\" specified more than once", definition.colname),
                   DiagnosticKind::DuplicateName);
  }
  return MergeColumn(definition, column, rest, existing);
}

Done ReadNew(const Session& session, const PgQuery__ColumnDef& definition, TableDraft& draft) {
  if (definition.type_name == nullptr) {
    return ErrorAt(definition.location, fmt::format("column \"{}\" does not exist", definition.colname),
                   DiagnosticKind::UnknownColumn);
  }
  auto& [position, rest] = draft.drafts.emplace_back();
  position = draft.table.columns.size();
  Column& column = draft.table.columns.emplace_back();
  if (Done read = DraftColumn(session, draft.scope, definition, column, rest); !read) return read;
  if (auto fits = schema::CheckColumnCount(position + 1); !fits)
    return ErrorAt(definition.location, fits.error().message);
  return Ok();
}

Done ReadColumn(const Session& session, const PgQuery__ColumnDef& definition, TableDraft& draft) {
  const auto& columns = draft.table.columns;
  const auto existing = std::ranges::find(columns, std::string_view(definition.colname), &Column::name);
  const auto position = static_cast<std::size_t>(existing - columns.begin());
  const Done read = position < columns.size() ? ReadAgain(session, definition, draft, position)
                                              : ReadNew(session, definition, draft);
  if (!read) return read;
  for (const PendingConstraint& pending : draft.drafts.back().second.constraints) {
    if (auto added = AddPending(draft, pending); !added) return added;
  }
  return Ok();
}

Done ReadLike(Session& session, const PgQuery__TableLikeClause& clause, TableDraft& draft) {
  auto columns = LikeColumns(session, draft.table.name, clause);
  if (!columns) return columns.error();
  for (Column& column : *columns) {
    if (draft.table.FindColumn(column.name) != nullptr) {
      return ErrorAt(clause.relation->location,
                     fmt::format("column \"{}\" specified more than once", column.name),
                     DiagnosticKind::DuplicateName);
    }
    draft.table.columns.push_back(std::move(column));
  }
  draft.likes.push_back(&clause);
  return Ok();
}

Done ReadElement(Session& session, const PgQuery__Node& node, TableDraft& draft) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_COLUMN_DEF:
      return ReadColumn(session, *node.column_def, draft);
    case PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE:
      return ReadLike(session, *node.table_like_clause, draft);
    case PG_QUERY__NODE__NODE_CONSTRAINT: {
      const PgQuery__Constraint& constraint = *node.constraint;
      return AddPending(draft, {&constraint, "", constraint.deferrable != 0, constraint.initdeferred != 0});
    }
    default:
      return Unsupported(-1, "this element of a table");
  }
}

// Parents: INHERITS, or the partitioned table.
Done ReadParents(Session& session, const PgQuery__CreateStmt& statement, TableDraft& draft) {
  std::vector<QualifiedName> parents;
  for (const PgQuery__Node* node : NodeList{statement.inh_relations, statement.n_inh_relations}) {
    if (node->node_case != PG_QUERY__NODE__NODE_RANGE_VAR) continue;
    const auto parent = ResolveTable(session, *node->range_var);
    if (!parent) return parent.error();
    parents.push_back((*parent)->name);
  }
  if (parents.empty()) return Ok();
  const bool is_partition = statement.partbound != nullptr;
  auto columns = InheritedColumns(session, parents, is_partition);
  if (!columns) return columns.error();
  for (Column& column : *columns) {
    for (const QualifiedName& parent : parents) {
      if (column.default_value) Retarget(*column.default_value, parent, draft.table.name);
      if (column.generated) Retarget(*column.generated, parent, draft.table.name);
    }
  }
  draft.table.columns = std::move(*columns);
  if (!is_partition) {
    draft.table.inherits = parents;
    return Ok();
  }
  auto bound =
      BuildPartitionBound(session, *session.catalog->FindTable(parents.front()), *statement.partbound);
  if (!bound) return bound.error();
  draft.table.partition_of = std::move(*bound);
  return Ok();
}

Done ReadSettings(const Session& session, const PgQuery__CreateStmt& statement, Table& table) {
  auto options = OptionsOf({statement.options, statement.n_options});
  if (!options) return options.error();
  table.options = std::move(*options);
  table.unlogged = statement.relation->relpersistence[0] == 'u';
  table.access_method = statement.access_method;
  if (table.access_method == "heap") table.access_method.clear();
  table.tablespace =
      statement.tablespacename[0] != '\0' ? statement.tablespacename : session.default_tablespace;
  if (table.tablespace == "pg_default") table.tablespace.clear();
  return Ok();
}

// Two keys on the same columns are one, under the name that was given, if any.
void MergeKeys(std::vector<schema::Constraint>& keys) {
  if (keys.size() < 2) return;
  std::stable_sort(keys.begin(), keys.end(), [](const auto& left, const auto& right) {
    return left.kind == schema::ConstraintKind::PrimaryKey &&
           right.kind != schema::ConstraintKind::PrimaryKey;
  });
  std::vector<schema::Constraint> kept;
  for (schema::Constraint& key : keys) {
    const auto same = std::ranges::find_if(
        kept, [&](const schema::Constraint& other) { return schema::MakeOneKey(other, key); });
    if (same == kept.end()) {
      kept.push_back(std::move(key));
    } else if (same->name.empty()) {
      same->name = key.name;
    }
  }
  keys = std::move(kept);
}

Done AddKeys(Session& session, const QualifiedName& table, const std::vector<PendingConstraint>& pending) {
  std::vector<schema::Constraint> keys;
  for (const PendingConstraint& key : pending) {
    auto built = BuildConstraint(session, *session.catalog->FindTable(table), key);
    if (!built) return built.error();
    keys.push_back(std::move(*built));
  }
  MergeKeys(keys);
  for (schema::Constraint& key : keys) {
    if (auto added = AddTableConstraint(session, table, std::move(key), false); !added) return added;
  }
  return Ok();
}

// Whether the table has the check from a parent: then it is its own from now on as well.
bool MergesIntoInherited(Session& session, const schema::Constraint& check) {
  const schema::ObjectAddress address = schema::AddressOf(check);
  const auto* existing = session.catalog->Get<schema::Constraint>(address);
  const bool merges =
      existing != nullptr && existing->inherited && existing->check == check.check && existing->check;
  if (merges) session.catalog->GetMutable<schema::Constraint>(address)->inherited = false;
  return merges;
}

// A new table has no rows to check: NOT VALID says nothing there (parse_utilcmd.c,
// transformCheckConstraints).
Done AddValid(Session& session, const TableDraft& draft, const std::vector<PendingConstraint>& constraints) {
  const QualifiedName& name = draft.table.name;
  const bool inherits = draft.table.partition_of || !draft.table.inherits.empty();
  for (const PendingConstraint& pending : constraints) {
    auto built = BuildConstraint(session, *session.catalog->FindTable(name), pending);
    if (!built) return built.error();
    built->not_valid = false;
    if (inherits && MergesIntoInherited(session, *built)) continue;
    if (auto added = AddTableConstraint(session, name, std::move(*built), false); !added) return added;
  }
  return Ok();
}

Done AddParts(Session& session, const TableDraft& draft) {
  const QualifiedName& name = draft.table.name;
  if (draft.table.partition_of) {
    if (auto done = InheritParts(session, draft.table.partition_of->parent, name, true); !done) return done;
  }
  for (const QualifiedName& parent : draft.table.inherits) {
    if (auto done = InheritParts(session, parent, name, false); !done) return done;
  }
  if (auto done = AddValid(session, draft, draft.checks); !done) return done;
  if (auto done = AddKeys(session, name, draft.keys); !done) return done;
  for (const PgQuery__TableLikeClause* like : draft.likes) {
    if (auto done = AfterLike(session, name, *like); !done) return done;
  }
  return AddValid(session, draft, draft.foreign_keys);
}

Done FinishColumns(Session& session, TableDraft& draft) {
  // A snapshot to look names up in, for those that do: the columns change while their expressions are read.
  const bool looks_up = std::ranges::any_of(draft.drafts, [](const auto& entry) {
    const ColumnDraft& column = entry.second;
    return column.generated_node != nullptr || column.identity_node != nullptr || !column.serial_type.empty();
  });
  std::optional<Table> snapshot;
  const Table& seen = looks_up ? snapshot.emplace(draft.table) : draft.table;
  for (const auto& [position, column] : draft.drafts) {
    if (auto done = FinishColumn(session, seen, column, draft.scope, draft.table.columns[position]); !done)
      return done;
  }
  return Ok();
}

// What its parts are added by.
Table WithoutColumns(const Table& table) {
  Table bare;
  bare.name = table.name;
  bare.inherits = table.inherits;
  bare.partition_of = table.partition_of;
  return bare;
}

Done Build(Session& session, const PgQuery__CreateStmt& statement, TableDraft& draft) {
  if (auto done = ReadSettings(session, statement, draft.table); !done) return done;
  if (auto done = ReadParents(session, statement, draft); !done) return done;
  draft.scope = ScopeOf(session);
  const NodeList elements{statement.table_elts, statement.n_table_elts};
  const auto columns = static_cast<std::size_t>(std::ranges::count_if(
      elements, [](const auto* node) { return node->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF; }));
  draft.table.columns.reserve(draft.table.columns.size() + columns);
  draft.drafts.reserve(columns);
  for (const PgQuery__Node* node : elements) {
    if (auto done = ReadElement(session, *node, draft); !done) return done;
  }
  if (statement.partspec != nullptr) {
    auto key = BuildPartitionKey(session, draft.table, *statement.partspec);
    if (!key) return key.error();
    draft.table.partition_key = std::move(*key);
  }
  if (auto done = FinishColumns(session, draft); !done) return done;
  std::vector<Column> serials;
  for (const auto& [position, column] : draft.drafts) {
    if (!column.serial_type.empty()) serials.push_back(draft.table.columns[position]);
  }
  // The columns go into the catalog; what is left of the draft tells where they are.
  Table made = std::exchange(draft.table, WithoutColumns(draft.table));
  if (auto done = schema::Create(*session.catalog, std::move(made)); !done) return done;
  for (const Column& serial : serials) OwnSequence(session, draft.table.name, serial);
  return AddParts(session, draft);
}

}  // namespace

Done CreateTable(Session& session, const PgQuery__CreateStmt& statement) {
  const PgQuery__RangeVar& relation = *statement.relation;
  if (relation.relpersistence[0] == 't') {
    session.temporary.insert(relation.relname);
    return Ok();
  }
  if (statement.of_typename != nullptr) return Unsupported(relation.location, "CREATE TABLE … OF a type");
  const auto name = NameForNew(session, SplitName(relation), relation.location);
  if (!name) return name.error();
  if (session.catalog->FindRelation(*name)) {
    if (statement.if_not_exists) return Ok();
    return ErrorAt(relation.location, fmt::format("relation \"{}\" already exists", name->name),
                   DiagnosticKind::DuplicateName);
  }
  TableDraft draft;
  draft.table.name = *name;
  return Build(session, statement, draft);
}

}  // namespace schemac::sql
