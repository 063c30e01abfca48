// Partitioned tables: their keys and bounds, attaching and detaching.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/sql/expression_builder.h"
#include "compiler/sql/statement_inherit.h"
#include "compiler/support/characters.h"
#include "compiler/support/quote.h"
#include "schema/edit/limits.h"
#include "schema/partitions.h"

namespace schemac::sql {

using schema::Column;
using schema::Constraint;
using schema::Index;
using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;
using schema::Table;

namespace {

void AppendName(ExpressionBuilder& builder, std::string_view before, const QualifiedName& name) {
  builder.Append(before);
  builder.Append(QuoteQualified(name.schema == "pg_catalog" ? "" : name.schema, name.name));
}

Done AppendKeyElement(const Session& session, const Table& table, const PgQuery__PartitionElem& element,
                      ExpressionBuilder& builder) {
  if (element.expr != nullptr) {
    auto expression = MakeExpression(*element.expr, *session.tokens, ScopeOf(session, &table));
    if (!expression) return expression.error();
    builder.AppendText("(");
    builder.Append(*expression);
    builder.AppendText(")");
  } else {
    if (table.FindColumn(element.name) == nullptr) {
      return ErrorAt(element.location,
                     fmt::format("column \"{}\" named in partition key does not exist", element.name),
                     DiagnosticKind::UnknownColumn);
    }
    builder.AppendReference({ObjectKind::Column, table.name.schema, table.name.name, element.name},
                            QuoteIdentifier(element.name));
  }
  if (element.n_collation > 0) {
    AppendName(builder, " COLLATE ", ResolveCollation(session, {element.collation, element.n_collation}));
  }
  if (element.n_opclass > 0) AppendName(builder, " ", SplitName({element.opclass, element.n_opclass}));
  return Ok();
}

// MINVALUE and MAXVALUE are names to the grammar.
std::string_view LimitWord(const PgQuery__Node& datum) {
  if (datum.node_case != PG_QUERY__NODE__NODE_COLUMN_REF || datum.column_ref->n_fields != 1) return {};
  const std::string_view word = StringOf(datum.column_ref->fields[0]);
  if (word == "minvalue") return "MINVALUE";
  if (word == "maxvalue") return "MAXVALUE";
  return {};
}

bool IsNumber(const PgQuery__Node& datum) {
  return datum.node_case == PG_QUERY__NODE__NODE_A_CONST &&
         (datum.a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL ||
          datum.a_const->val_case == PG_QUERY__A__CONST__VAL_FVAL);
}

// The types of the key's elements; nullopt for expressions.
std::vector<std::optional<schema::Type>> KeyTypes(const Table& parent) {
  std::vector<std::optional<schema::Type>> types;
  if (!parent.partition_key) return types;
  for (const schema::Reference& reference : parent.partition_key->elements.references) {
    const Column* column =
        reference.target.kind == ObjectKind::Column ? parent.FindColumn(reference.target.member) : nullptr;
    types.push_back(column == nullptr ? std::nullopt : std::optional(column->type));
  }
  return types;
}

Done AppendData(const Session& session, const std::vector<std::optional<schema::Type>>& types, bool one_type,
                NodeList data, ExpressionBuilder& builder) {
  builder.Append("(");
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (i > 0) builder.Append(", ");
    if (const std::string_view word = LimitWord(*data[i]); !word.empty()) {
      builder.Append(word);
      continue;
    }
    Scope scope = ScopeOf(session);
    const std::size_t position = one_type ? 0 : i;
    if (position < types.size()) scope.value_type = types[position];
    auto value = MakeExpression(*data[i], *session.tokens, scope);
    if (!value) return value.error();
    // The server makes a constant of the key's type of it, and shows one of most types in quotes
    // (parse_utilcmd.c, transformPartitionBoundValue).
    if (IsNumber(*data[i]) && scope.value_type) {
      if (auto constant = ParseExpression(QuoteLiteral(value->text), scope))
        value->canonical = constant->canonical;
    }
    builder.Append(*value);
  }
  builder.Append(")");
  return Ok();
}

// The columns and constraints of a table that becomes a partition are its parent's from now on.
Done TakeOver(const Table& parent, Table& child) {
  for (const Column& column : parent.columns) {
    Column* own = child.FindColumn(column.name);
    if (own == nullptr) return ErrorAt(-1, fmt::format("child table is missing column \"{}\"", column.name));
    if (own->type != column.type) {
      return ErrorAt(-1, fmt::format("child table \"{}\" has different type for column \"{}\"",
                                     child.name.name, column.name));
    }
    if (column.not_null && !own->not_null) {
      return ErrorAt(-1, fmt::format("column \"{}\" in child table must be marked NOT NULL", column.name));
    }
    own->inherited = true;
  }
  if (child.columns.size() != parent.columns.size()) {
    return ErrorAt(-1, fmt::format("table \"{}\" contains columns not found in parent \"{}\"",
                                   child.name.name, parent.name.name));
  }
  return Ok();
}

// A partitioned index made with ON ONLY is valid once every partition has its own, and that is valid; so may
// then be the one that it is attached to (tablecmds.c, validatePartitionedIndex).
void ValidateIndex(Session& session, const ObjectAddress& address) {
  const auto* index = session.catalog->Get<Index>(address);
  if (index == nullptr || !index->only || !schema::IsOnAllPartitions(*session.catalog, *index)) return;
  session.catalog->GetMutable<Index>(address)->only = false;
  const auto* valid = session.catalog->Get<Index>(address);
  for (const QualifiedName& ancestor : schema::PartitionedAncestors(*session.catalog, valid->table)) {
    for (const schema::Object* part : session.catalog->PartsOf(ancestor, ObjectKind::Index)) {
      const auto& above = std::get<Index>(*part);
      if (QuoteQualified(above.table.schema, above.name) == valid->parent)
        return ValidateIndex(session, AddressOf(*part));
    }
  }
}

}  // namespace

ErrorOr<schema::PartitionKey> BuildPartitionKey(const Session& session, const Table& table,
                                                const PgQuery__PartitionSpec& node) {
  schema::PartitionKey key;
  key.strategy = Lower(node.strategy);
  if (key.strategy != "range" && key.strategy != "list" && key.strategy != "hash") {
    return ErrorAt(node.location, fmt::format("unrecognized partitioning strategy \"{}\"", key.strategy));
  }
  if (node.n_part_params > schema::kMostKeyColumns) {
    return ErrorAt(node.location,
                   fmt::format("cannot partition using more than {} columns", schema::kMostKeyColumns));
  }
  ExpressionBuilder builder;
  for (std::size_t i = 0; i < node.n_part_params; ++i) {
    if (node.part_params[i]->node_case != PG_QUERY__NODE__NODE_PARTITION_ELEM) continue;
    if (i > 0) builder.Append(", ");
    if (auto done = AppendKeyElement(session, table, *node.part_params[i]->partition_elem, builder); !done)
      return done.error();
  }
  key.elements = std::move(builder).Finish();
  return key;
}

ErrorOr<schema::PartitionBound> BuildPartitionBound(const Session& session, const Table& parent,
                                                    const PgQuery__PartitionBoundSpec& node) {
  ExpressionBuilder builder;
  const auto types = KeyTypes(parent);
  Done done = Ok();
  if (!parent.partition_key) {
    return ErrorAt(node.location, fmt::format("table \"{}\" is not partitioned", parent.name.name));
  }
  const char strategy = node.is_default ? 'd' : node.strategy[0];
  if (strategy != 'd' && strategy != parent.partition_key->strategy[0]) {
    return ErrorAt(node.location, fmt::format("invalid bound specification for a {} partition",
                                              parent.partition_key->strategy));
  }
  if (strategy == 'd') {
    builder.Append("DEFAULT");
  } else if (strategy == 'h') {
    builder.Append(fmt::format("FOR VALUES WITH (modulus {}, remainder {})", node.modulus, node.remainder));
  } else if (strategy == 'l') {
    builder.Append("FOR VALUES IN ");
    done = AppendData(session, types, true, {node.listdatums, node.n_listdatums}, builder);
  } else {
    builder.Append("FOR VALUES FROM ");
    done = AppendData(session, types, false, {node.lowerdatums, node.n_lowerdatums}, builder);
    builder.Append(" TO ");
    if (done) done = AppendData(session, types, false, {node.upperdatums, node.n_upperdatums}, builder);
  }
  if (!done) return done.error();
  return schema::PartitionBound{parent.name, std::move(builder).Finish()};
}

Done AttachPartition(Session& session, const QualifiedName& parent, const PgQuery__PartitionCmd& command) {
  const auto child = ResolveTable(session, *command.name);
  if (!child) return child.error();
  const Table* parent_table = session.catalog->FindTable(parent);
  if ((*child)->partition_of) {
    return ErrorAt(command.name->location, fmt::format("\"{}\" is already a partition", (*child)->name.name));
  }
  auto bound = BuildPartitionBound(session, *parent_table, *command.bound);
  if (!bound) return bound.error();
  Table changed = **child;
  if (auto done = TakeOver(*parent_table, changed); !done) return done;
  if (auto done = RequireChecksOf(session, parent, changed.name); !done) return done;
  changed.partition_of = std::move(*bound);
  const QualifiedName name = changed.name;
  session.catalog->Put(std::move(changed));
  if (auto done = InheritParts(session, parent, name, true); !done) return done;
  for (const schema::KeyOfParents& key : schema::ForeignKeysOfParents(*session.catalog, name))
    AdoptForeignKeys(session, key.own, name);
  return Ok();
}

Done DetachPartition(Session& session, const QualifiedName& parent, const PgQuery__PartitionCmd& command) {
  const auto child = ResolveTable(session, *command.name);
  if (!child) return child.error();
  Table table = **child;
  if (!table.partition_of || table.partition_of->parent != parent) {
    return ErrorAt(
        command.name->location,
        fmt::format("relation \"{}\" is not a partition of relation \"{}\"", table.name.name, parent.name));
  }
  const auto left = schema::ForeignKeysOfParents(*session.catalog, table.name);
  table.partition_of.reset();
  for (Column& column : table.columns) column.inherited = false;
  const QualifiedName name = table.name;
  session.catalog->Put(std::move(table));
  for (const ObjectKind kind : {ObjectKind::Constraint, ObjectKind::Index}) {
    for (const schema::Object* part : session.catalog->PartsOf(name, kind)) {
      schema::Object* own = session.catalog->FindMutable(schema::AddressOf(*part));
      if (auto* constraint = std::get_if<Constraint>(own)) {
        constraint->inherited = false;
        if (constraint->kind != schema::ConstraintKind::Check) constraint->no_inherit = false;
      }
      if (auto* index = std::get_if<Index>(own)) index->parent.clear();
    }
  }
  for (const schema::KeyOfParents& key : left) {
    if (auto added = schema::AddConstraint(*session.catalog, key.own); !added) return added;
  }
  return Ok();
}

Done AttachIndex(Session& session, const ObjectAddress& parent, const PgQuery__RangeVar& relation) {
  const auto child = ResolveRelation(session, SplitName(relation), relation.location);
  if (!child) return child.error();
  if (auto* index = session.catalog->GetMutable<Index>(*child)) {
    const std::string& name = parent.member;
    index->parent = QuoteQualified(parent.schema, name);
    ValidateIndex(session, parent);
    return Ok();
  }
  if (auto* constraint = session.catalog->GetMutable<Constraint>(*child)) {
    if (parent.kind != ObjectKind::Constraint) {
      return Unsupported(relation.location, "attaching the index of a constraint to one that has none");
    }
    constraint->inherited = true;
    constraint->no_inherit = true;
    return Ok();
  }
  return ErrorAt(relation.location, fmt::format("\"{}\" is not an index", relation.relname));
}

}  // namespace schemac::sql
