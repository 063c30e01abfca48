#include "compiler/sql/statement_column.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/sql/statement_sequence.h"
#include "compiler/support/quote.h"
#include "schema/edit/names.h"

namespace schemac::sql {

using schema::Column;
using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;

namespace {

// DEFERRABLE and INITIALLY … stand behind the constraint that they belong to (parse_utilcmd.c,
// transformConstraintAttrs).
Done ApplyConstraintAttribute(const PgQuery__Constraint& attribute,
                              std::vector<PendingConstraint>& constraints) {
  if (constraints.empty()) return ErrorAt(attribute.location, "misplaced DEFERRABLE clause");
  PendingConstraint& last = constraints.back();
  switch (attribute.contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
      last.deferrable = true;
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE:
      last.deferrable = false;
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
      last.deferrable = last.initially_deferred = true;
      break;
    default:
      last.initially_deferred = false;
      break;
  }
  return Ok();
}

Done ReadColumnConstraint(const PgQuery__Constraint& constraint, Column& column, ColumnDraft& draft,
                          bool& says_null) {
  const auto twice = [&](std::string_view what) {
    return ErrorAt(constraint.location,
                   fmt::format("multiple {} specified for column \"{}\"", what, column.name));
  };
  switch (constraint.contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
      says_null = true;
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
      column.not_null = true;
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
      if (draft.default_node != nullptr) return twice("default values");
      draft.default_node = constraint.raw_expr;
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
      if (draft.generated_node != nullptr) return twice("generation clauses");
      draft.generated_node = constraint.raw_expr;
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
      if (draft.identity_node != nullptr) return twice("identity specifications");
      draft.identity_node = &constraint;
      column.not_null = true;
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
      draft.constraints.push_back(
          {&constraint, column.name, constraint.deferrable != 0, constraint.initdeferred != 0});
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
    case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_IMMEDIATE:
      return ApplyConstraintAttribute(constraint, draft.constraints);
    default:
      return Unsupported(constraint.location, "this column constraint");
  }
  return Ok();
}

Done ReadColumnConstraints(const PgQuery__ColumnDef& definition, Column& column, ColumnDraft& draft) {
  bool says_null = false;
  for (const PgQuery__Node* node : NodeList{definition.constraints, definition.n_constraints}) {
    if (node->node_case != PG_QUERY__NODE__NODE_CONSTRAINT) continue;
    if (auto read = ReadColumnConstraint(*node->constraint, column, draft, says_null); !read) return read;
  }
  if (says_null && column.not_null) {
    return ErrorAt(definition.location,
                   fmt::format("conflicting NULL/NOT NULL declarations for column \"{}\"", column.name));
  }
  const int sources = (draft.default_node != nullptr || !draft.serial_type.empty() ? 1 : 0) +
                      (draft.generated_node != nullptr ? 1 : 0) + (draft.identity_node != nullptr ? 1 : 0);
  if (sources > 1 || (draft.default_node != nullptr && !draft.serial_type.empty())) {
    return ErrorAt(definition.location,
                   fmt::format("multiple sources of values specified for column \"{}\"", column.name));
  }
  return Ok();
}

Done FinishIdentity(const Session& session, const schema::Table& table, const PgQuery__Constraint& node,
                    Column& column) {
  schema::Identity identity;
  identity.kind =
      node.generated_when[0] == 'd' ? schema::IdentityKind::ByDefault : schema::IdentityKind::Always;
  schema::Type type = column.type;
  if (!type.schema.empty() || type.array ||
      (type.name != "smallint" && type.name != "integer" && type.name != "bigint")) {
    return ErrorAt(node.location, "identity column type must be smallint, integer, or bigint");
  }
  const auto clauses =
      ApplySequenceOptions(session, {node.options, node.n_options}, true, type, identity.options);
  if (!clauses) return clauses.error();
  identity.sequence_name = clauses->sequence_name
                               ? clauses->sequence_name->name
                               : schema::ChooseSequenceName(*session.catalog, table.name, column.name);
  GrantDefaults(session, table.name.schema, identity);
  column.identity = std::move(identity);
  return Ok();
}

Done CreateSerialSequence(Session& session, const schema::Table& table, const ColumnDraft& draft,
                          Column& column) {
  schema::Sequence sequence;
  sequence.name = {table.name.schema, schema::ChooseSequenceName(*session.catalog, table.name, column.name)};
  sequence.type.name = draft.serial_type;
  sequence.unlogged = table.unlogged;
  if (auto clauses = ApplySequenceOptions(session, {}, true, sequence.type, sequence.options); !clauses)
    return clauses.error();
  const std::string spelled = QuoteLiteral(QuoteQualified(sequence.name.schema, sequence.name.name));
  if (auto created = schema::Create(*session.catalog, std::move(sequence)); !created) return created;
  // Seen from public, where an unqualified name is meant.
  Scope scope = DefaultScope(session, column.type);
  scope.search_path = {"public"};
  auto value = ParseExpression("nextval(" + spelled + "::regclass)", scope);
  if (!value) return value.error();
  column.default_value = std::move(*value);
  return Ok();
}

}  // namespace

QualifiedName ResolveCollation(const Session& session, NodeList names) {
  const QualifiedName written = SplitName(names);
  if (const auto own = LookUpInPath(session, ObjectKind::Collation, written)) return own->qualified();
  return written.schema.empty() ? QualifiedName{"pg_catalog", written.name} : written;
}

ErrorOr<Boxed<QualifiedName>> CollationOf(const Session& session, const PgQuery__CollateClause* clause,
                                          const schema::Type& type) {
  if (clause == nullptr || clause->n_collname == 0) return Boxed<QualifiedName>();
  QualifiedName name = ResolveCollation(session, {clause->collname, clause->n_collname});
  Boxed<QualifiedName> own = QualifiedName{"pg_catalog", "default"};
  if (const auto found = session.catalog->FindType({type.schema, type.name})) {
    if (const auto* domain = session.catalog->Get<schema::Domain>(*found);
        domain != nullptr && domain->collation) {
      own = domain->collation;
    }
  }
  if (name == own) return Boxed<QualifiedName>();
  return Boxed<QualifiedName>(std::move(name));
}

Scope DefaultScope(const Session& session, const schema::Type& type) {
  Scope scope = ScopeOf(session);
  scope.value_type = type;
  return scope;
}

bool IsNoDefault(const Session& session, const PgQuery__Node& node, const schema::Type& type) {
  const PgQuery__Node* value = &node;
  if (value->node_case == PG_QUERY__NODE__NODE_TYPE_CAST) value = value->type_cast->arg;
  const bool is_null =
      value != nullptr && value->node_case == PG_QUERY__NODE__NODE_A_CONST && value->a_const->isnull != 0;
  if (!is_null || !type.modifiers.empty()) return false;
  const auto own = session.catalog->FindType({type.schema, type.name});
  return !own || own->kind != ObjectKind::Domain;
}

Done DraftColumn(const Session& session, const Scope& scope, const PgQuery__ColumnDef& definition,
                 Column& column, ColumnDraft& draft) {
  column.name = definition.colname;
  if (definition.type_name == nullptr) {
    return ErrorAt(definition.location, fmt::format("column \"{}\" has no type", column.name));
  }
  draft.serial_type = SerialType(*definition.type_name);
  if (!draft.serial_type.empty()) {
    column.type.name = draft.serial_type;
    column.not_null = true;
  } else {
    auto type = MakeType(*definition.type_name, scope);
    if (!type) return type.error();
    column.type = *std::move(type);
  }
  auto collation = CollationOf(session, definition.coll_clause, column.type);
  if (!collation) return collation.error();
  column.collation = *std::move(collation);
  const std::string_view compression = definition.compression;
  if (!compression.empty() && compression != "default") column.compression = std::string(compression);
  if (definition.n_fdwoptions > 0) return Unsupported(definition.location, "OPTIONS of a column");
  return ReadColumnConstraints(definition, column, draft);
}

Done FinishColumn(Session& session, const schema::Table& table, const ColumnDraft& draft, Scope& defaults,
                  Column& column) {
  if (draft.default_node != nullptr) {
    defaults.value_type = column.type;
    auto value = MakeExpression(*draft.default_node, *session.tokens, defaults);
    if (!value) return value.error();
    if (!IsNoDefault(session, *draft.default_node, column.type)) column.default_value = std::move(*value);
  }
  if (draft.generated_node != nullptr) {
    Scope scope = ScopeOf(session, &table);
    scope.value_type = column.type;
    auto value = MakeExpression(*draft.generated_node, *session.tokens, scope);
    if (!value) return value.error();
    column.generated = std::move(*value);
  }
  if (draft.identity_node != nullptr) return FinishIdentity(session, table, *draft.identity_node, column);
  if (!draft.serial_type.empty()) return CreateSerialSequence(session, table, draft, column);
  return Ok();
}

void OwnSequence(Session& session, const QualifiedName& table, const Column& column) {
  if (!column.default_value) return;
  for (const schema::Reference& reference : column.default_value->references) {
    if (auto* sequence = session.catalog->GetMutable<schema::Sequence>(reference.target)) {
      sequence->owned_by = ObjectAddress{ObjectKind::Column, table.schema, table.name, column.name};
    }
  }
}

ErrorOr<std::vector<std::string>> ColumnNames(const schema::Table& table, NodeList names) {
  std::vector<std::string> columns = StringsOf(names);
  for (const std::string& name : columns) {
    if (table.FindColumn(name) == nullptr) {
      return ErrorAt(-1,
                     fmt::format("column \"{}\" of relation \"{}\" does not exist", name, table.name.name),
                     DiagnosticKind::UnknownColumn);
    }
  }
  return columns;
}

}  // namespace schemac::sql
