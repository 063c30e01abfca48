#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "compiler/sql/statement_column.h"
#include "compiler/sql/statement_inherit.h"
#include "compiler/sql/statement_key_comment.h"
#include "schema/dependencies.h"
#include "schema/edit/names.h"

namespace schemac::sql {

using schema::Constraint;
using schema::ConstraintKind;
using schema::ForeignKeyAction;
using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;
using schema::Table;

namespace {

ForeignKeyAction ActionOf(const char* letter) {
  switch (letter[0]) {
    case 'r':
      return ForeignKeyAction::Restrict;
    case 'c':
      return ForeignKeyAction::Cascade;
    case 'n':
      return ForeignKeyAction::SetNull;
    case 'd':
      return ForeignKeyAction::SetDefault;
    default:
      return ForeignKeyAction::NoAction;
  }
}

const Constraint* PrimaryKeyOf(const schema::Catalog& catalog, const QualifiedName& table) {
  for (const schema::Object* part : catalog.PartsOf(table, ObjectKind::Constraint)) {
    const auto& constraint = std::get<Constraint>(*part);
    if (constraint.kind == ConstraintKind::PrimaryKey) return &constraint;
  }
  return nullptr;
}

Done FillReferenced(const Session& session, const PgQuery__Constraint& node, Constraint& constraint) {
  const auto referenced = ResolveTable(session, *node.pktable);
  if (!referenced) return referenced.error();
  schema::ForeignKey& key = *constraint.foreign_key;
  key.table = (*referenced)->name;
  if (node.n_pk_attrs > 0) {
    auto columns = ColumnNames(**referenced, {node.pk_attrs, node.n_pk_attrs});
    if (!columns) return columns.error();
    key.columns = *std::move(columns);
  } else {
    const Constraint* primary = PrimaryKeyOf(*session.catalog, key.table);
    if (primary == nullptr) {
      return ErrorAt(node.location,
                     fmt::format("there is no primary key for referenced table \"{}\"", key.table.name));
    }
    key.columns = primary->columns;
  }
  if (key.columns.size() != constraint.columns.size()) {
    return ErrorAt(node.location, "number of referencing and referenced columns for foreign key disagree");
  }
  if (!schema::FindReferencedKey(*session.catalog, constraint)) {
    return ErrorAt(
        node.location,
        fmt::format("there is no unique constraint matching given keys for referenced table \"{}\"",
                    key.table.name));
  }
  return Ok();
}

Done FillForeignKey(const Session& session, const Table& table, const PendingConstraint& pending,
                    Constraint& constraint) {
  const PgQuery__Constraint& node = *pending.node;
  constraint.kind = ConstraintKind::ForeignKey;
  if (!pending.column.empty()) {
    constraint.columns = {pending.column};
  } else {
    auto columns = ColumnNames(table, {node.fk_attrs, node.n_fk_attrs});
    if (!columns) return columns.error();
    constraint.columns = *std::move(columns);
  }
  schema::ForeignKey key;
  key.on_delete = ActionOf(node.fk_del_action);
  key.on_update = ActionOf(node.fk_upd_action);
  key.on_delete_columns = StringsOf({node.fk_del_set_cols, node.n_fk_del_set_cols});
  key.match_full = node.fk_matchtype[0] == 'f';
  if (node.fk_matchtype[0] == 'p') return ErrorAt(node.location, "MATCH PARTIAL not yet implemented");
  constraint.foreign_key = std::move(key);
  return FillReferenced(session, node, constraint);
}

Done FillCheck(const Session& session, const Table& table, const PgQuery__Constraint& node,
               Constraint& constraint) {
  constraint.kind = ConstraintKind::Check;
  auto check = MakeExpression(*node.raw_expr, *session.tokens, ScopeOf(session, &table));
  if (!check) return check.error();
  constraint.check = std::move(*check);
  constraint.no_inherit = node.is_no_inherit != 0;
  return Ok();
}

// Index storage: what a key or exclusion constraint says about the index behind it.
Done FillIndexStorage(const Session& session, const PgQuery__Constraint& node, Constraint& constraint) {
  auto options = OptionsOf({node.options, node.n_options});
  if (!options) return options.error();
  constraint.options = *std::move(options);
  constraint.tablespace = node.indexspace[0] != '\0' ? node.indexspace : session.default_tablespace;
  constraint.include = StringsOf({node.including, node.n_including});
  return Ok();
}

Done FillKey(const Session& session, const Table& table, const PendingConstraint& pending,
             Constraint& constraint) {
  const PgQuery__Constraint& node = *pending.node;
  constraint.kind = node.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY ? ConstraintKind::PrimaryKey
                                                                          : ConstraintKind::Unique;
  if (!pending.column.empty()) {
    constraint.columns = {pending.column};
  } else {
    auto columns = ColumnNames(table, {node.keys, node.n_keys});
    if (!columns) return columns.error();
    constraint.columns = *std::move(columns);
  }
  constraint.nulls_not_distinct = node.nulls_not_distinct != 0;
  return FillIndexStorage(session, node, constraint);
}

Done FillExclusion(const Session& session, const Table& table, const PgQuery__Constraint& node,
                   Constraint& constraint) {
  constraint.kind = ConstraintKind::Exclusion;
  constraint.method = node.access_method[0] == '\0' ? "btree" : node.access_method;
  for (const PgQuery__Node* pair : NodeList{node.exclusions, node.n_exclusions}) {
    const NodeList items = ListItems(pair);
    if (items.size() != 2 || items[0]->node_case != PG_QUERY__NODE__NODE_INDEX_ELEM) continue;
    auto element = BuildIndexElement(session, table, *items[0]->index_elem, constraint.method);
    if (!element) return element.error();
    const std::vector<std::string> operation = StringsOf(ListItems(items[1]));
    const bool is_qualified = operation.size() > 1 && operation.front() != "pg_catalog";
    element->exclusion_operator = is_qualified
                                      ? fmt::format("OPERATOR({}.{})", operation.front(), operation.back())
                                      : (operation.empty() ? "" : operation.back());
    constraint.elements.Edit().push_back(std::move(*element));
  }
  if (node.where_clause != nullptr) {
    auto where = MakeExpression(*node.where_clause, *session.tokens, ScopeOf(session, &table));
    if (!where) return where.error();
    constraint.where = std::move(*where);
  }
  return FillIndexStorage(session, node, constraint);
}

// ADD CONSTRAINT … USING INDEX: the index becomes the constraint's and takes its name.
Done PromoteIndex(Session& session, const QualifiedName& table, const PendingConstraint& pending) {
  const PgQuery__Constraint& node = *pending.node;
  const ObjectAddress address{ObjectKind::Index, table.schema, table.name, node.indexname};
  const auto* index = session.catalog->Get<schema::Index>(address);
  if (index == nullptr) {
    return ErrorAt(node.location, fmt::format("index \"{}\" does not exist", node.indexname),
                   DiagnosticKind::UnknownName);
  }
  if (!index->unique)
    return ErrorAt(node.location, fmt::format("\"{}\" is not a unique index", node.indexname));
  if (index->where) return ErrorAt(node.location, fmt::format("\"{}\" is a partial index", node.indexname));
  Constraint constraint;
  constraint.table = table;
  constraint.name = node.conname[0] != '\0' ? node.conname : index->name;
  constraint.kind = node.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY ? ConstraintKind::PrimaryKey
                                                                          : ConstraintKind::Unique;
  for (const schema::IndexElement& element : index->elements) {
    if (element.expression)
      return ErrorAt(node.location, fmt::format("index \"{}\" contains expressions", node.indexname));
    constraint.columns.push_back(element.column);
  }
  constraint.include = index->include;
  constraint.nulls_not_distinct = index->nulls_not_distinct;
  constraint.options = index->options;
  constraint.tablespace = index->tablespace;
  constraint.comment = "";
  constraint.deferrable = pending.deferrable;
  constraint.initially_deferred = pending.initially_deferred;
  const std::string comment = index->comment;
  session.catalog->Remove(address);
  const ObjectAddress key = schema::AddressOf(constraint);
  Done added = schema::AddConstraint(*session.catalog, std::move(constraint));
  return added ? CommentOnKey(session, key, comment) : added;
}

// An inherited constraint meets one of the same name: they are merged when they say the same (heap.c,
// MergeWithExistingConstraint).
Done MergeOrAdd(Session& session, Constraint constraint) {
  const ObjectAddress address = schema::AddressOf(constraint);
  if (const auto* existing = session.catalog->Get<Constraint>(address)) {
    if (constraint.inherited && existing->kind == ConstraintKind::Check &&
        existing->check == constraint.check)
      return Ok();
  }
  return schema::AddConstraint(*session.catalog, std::move(constraint));
}

Done AddToChildren(Session& session, const Constraint& constraint) {
  for (const QualifiedName& child : session.catalog->ChildrenOf(constraint.table)) {
    AdoptForeignKeys(session, constraint, child);
    auto inherited = InheritConstraint(session, constraint, child);
    if (!inherited) return inherited.error();
    if (!inherited->has_value()) continue;
    Constraint copy = std::move(**inherited);
    if (AdoptKey(session, copy)) continue;
    if (auto added = MergeOrAdd(session, copy); !added) return added;
    if (auto added = AddToChildren(session, copy); !added) return added;
  }
  return Ok();
}

}  // namespace

ErrorOr<Constraint> BuildConstraint(const Session& session, const Table& table,
                                    const PendingConstraint& pending) {
  const PgQuery__Constraint& node = *pending.node;
  Constraint constraint;
  constraint.table = table.name;
  constraint.name = node.conname;
  constraint.deferrable = pending.deferrable || pending.initially_deferred;
  constraint.initially_deferred = pending.initially_deferred;
  constraint.not_valid = node.skip_validation != 0;
  Done filled = Ok();
  switch (node.contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
      filled = FillKey(session, table, pending, constraint);
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
      filled = FillCheck(session, table, node, constraint);
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
      filled = FillForeignKey(session, table, pending, constraint);
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
      filled = FillExclusion(session, table, node, constraint);
      break;
    default:
      return Unsupported(node.location, "this constraint");
  }
  if (!filled) return filled.error();
  return constraint;
}

Done AddTableConstraint(Session& session, const QualifiedName& table, Constraint&& constraint, bool recurse) {
  constraint.table = table;
  if (constraint.name.empty()) constraint.name = schema::ChooseConstraintName(*session.catalog, constraint);
  if (!recurse || session.catalog->ChildrenOf(table).empty())
    return schema::AddConstraint(*session.catalog, std::move(constraint));
  if (auto added = schema::AddConstraint(*session.catalog, constraint); !added) return added;
  return AddToChildren(session, constraint);
}

Done AddPendingConstraint(Session& session, const QualifiedName& table, const PendingConstraint& pending,
                          bool recurse) {
  if (pending.node->indexname[0] != '\0') return PromoteIndex(session, table, pending);
  const Table* found = session.catalog->FindTable(table);
  if (found == nullptr) return ErrorAt(-1, fmt::format("relation \"{}\" does not exist", Written(table)));
  auto constraint = BuildConstraint(session, *found, pending);
  if (!constraint) return constraint.error();
  return AddTableConstraint(session, table, std::move(*constraint), recurse);
}

}  // namespace schemac::sql
