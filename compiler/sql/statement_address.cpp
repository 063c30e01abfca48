#include "compiler/sql/statement_address.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "compiler/support/quote.h"

namespace schemac::sql {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;
using Found = ErrorOr<std::optional<ObjectAddress>>;

namespace {

constexpr auto kKindWords = std::to_array<std::pair<PgQuery__ObjectType, std::string_view>>({
    {PG_QUERY__OBJECT_TYPE__OBJECT_ACCESS_METHOD, "access method"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE, "aggregate"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_CAST, "cast"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN, "column"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION, "collation"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_CONVERSION, "conversion"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE, "database"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN, "domain"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT, "constraint"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_EVENT_TRIGGER, "event trigger"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION, "extension"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FDW, "foreign-data wrapper"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER, "server"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE, "foreign table"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION, "function"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_INDEX, "index"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE, "language"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW, "materialized view"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_OPCLASS, "operator class"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR, "operator"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_OPFAMILY, "operator family"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_POLICY, "policy"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE, "procedure"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_PUBLICATION, "publication"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_ROLE, "role"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE, "routine"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_RULE, "rule"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA, "schema"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE, "sequence"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_SUBSCRIPTION, "subscription"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_STATISTIC_EXT, "statistics object"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT, "constraint"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TABLE, "table"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TABLESPACE, "tablespace"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TRANSFORM, "transform"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER, "trigger"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION, "text search configuration"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY, "text search dictionary"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER, "text search parser"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TSTEMPLATE, "text search template"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_TYPE, "type"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_USER_MAPPING, "user mapping"},
    {PG_QUERY__OBJECT_TYPE__OBJECT_VIEW, "view"},
});

// The names that a node spells: of a list, a type name or a single string.
QualifiedName NameIn(const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_LIST:
      return SplitName(ListItems(&node));
    case PG_QUERY__NODE__NODE_TYPE_NAME:
      return SplitName({node.type_name->names, node.type_name->n_names});
    case PG_QUERY__NODE__NODE_RANGE_VAR:
      return SplitName(*node.range_var);
    case PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS:
      return SplitName({node.object_with_args->objname, node.object_with_args->n_objname});
    default:
      return {"", std::string(StringOf(&node))};
  }
}

// Whether an object found by name is what a statement about that type may name (compare
// get_relation_by_qualified_name).
bool Fits(const Session& session, PgQuery__ObjectType type, const ObjectAddress& address) {
  switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
      return address.kind == ObjectKind::Table;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
      return address.kind == ObjectKind::Sequence;
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      return address.kind == ObjectKind::Index || address.kind == ObjectKind::Constraint;
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW: {
      const auto* view = session.catalog->Get<schema::View>(address);
      return view != nullptr && view->materialized == (type == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW);
    }
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
      return address.kind == ObjectKind::Domain;
    default:
      return true;
  }
}

Found LookUpRelationOf(const Session& session, PgQuery__ObjectType type, const QualifiedName& name) {
  const auto found = LookUpRelation(session, name);
  if (found && !Fits(session, type, *found)) {
    return ErrorAt(-1, fmt::format("\"{}\" is not a{} {}", Written(name),
                                   type == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX ? "n" : "", KindWordOf(type)));
  }
  return found;
}

Found LookUpTypeOf(const Session& session, PgQuery__ObjectType type, const QualifiedName& name) {
  const auto found = LookUpType(session, name);
  if (found && !Fits(session, type, *found)) {
    return ErrorAt(-1, fmt::format("\"{}\" is not a domain", Written(name)));
  }
  return found;
}

// The last name is the part's own, those before it the table's.
Found LookUpPartOf(const Session& session, ObjectKind kind, NodeList names) {
  if (names.size() < 2) return ErrorAt(-1, "a table and the name of its part are required");
  const QualifiedName table_name = SplitName(names.first(names.size() - 1));
  const auto table = LookUpRelation(session, table_name);
  if (!table) return std::optional<ObjectAddress>();
  ObjectAddress address{kind, table->schema, table->name, std::string(StringOf(names.back()))};
  if (kind == ObjectKind::Column && table->kind == ObjectKind::View) return std::optional(address);
  if (kind == ObjectKind::Column && table->kind == ObjectKind::Composite) return std::optional(address);
  return session.catalog->Has(address) ? std::optional(address) : std::nullopt;
}

Found LookUpRoutine(const Session& session, PgQuery__ObjectType type,
                    const PgQuery__ObjectWithArgs& routine) {
  const QualifiedName name = SplitName({routine.objname, routine.n_objname});
  std::optional<std::string> arguments;
  if (!routine.args_unspecified) {
    auto identity = IdentityArguments(session, routine);
    if (!identity) return identity.error();
    arguments = *identity;
  }
  const auto found = ResolveFunction(name.schema, name.name, arguments, ScopeOf(session));
  if (!found) return std::optional<ObjectAddress>();
  const bool is_aggregate = found->kind == ObjectKind::Aggregate;
  const auto* function = session.catalog->Get<schema::Function>(*found);
  const bool is_procedure = function != nullptr && function->procedure;
  const bool fits = (type == PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION && !is_procedure && !is_aggregate) ||
                    (type == PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE && is_procedure) ||
                    (type == PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE && is_aggregate) ||
                    type == PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE;
  if (!fits) return ErrorAt(-1, fmt::format("{} is not a {}", Written(name), KindWordOf(type)));
  return found;
}

Found LookUpNamed(const Session& session, ObjectKind kind, const PgQuery__Node& node) {
  ObjectAddress address{kind, "", NameIn(node).name, ""};
  return session.catalog->Has(address) ? std::optional(address) : std::nullopt;
}

Found LookUpRaw(const Session& session, PgQuery__ObjectType type, const PgQuery__Node& node) {
  auto name = RawName(session, type, node);
  if (!name) return name.error();
  ObjectAddress address{ObjectKind::Raw, "", *name, ""};
  return session.catalog->Has(address) ? std::optional(address) : std::nullopt;
}

// An object in a schema named by a list; the schema of an existing one is found along the path, by the Raw
// name it would have.
std::string RawNameInPath(const Session& session, std::string_view kind, const QualifiedName& name,
                          std::string_view suffix) {
  const auto spelled = [&](const std::string& schema) {
    return fmt::format("{} {}{}", kind, Written({schema, name.name}), suffix);
  };
  if (!name.schema.empty()) return spelled(name.schema);
  for (const std::string& schema : session.search_path) {
    if (session.catalog->Has({ObjectKind::Raw, "", spelled(schema), ""})) return spelled(schema);
  }
  return spelled(session.search_path.empty() ? "public" : session.search_path.front());
}

ErrorOr<std::string> RawOperatorName(const Session& session, const PgQuery__ObjectWithArgs& operation) {
  std::string arguments;
  for (const PgQuery__Node* node : NodeList{operation.objargs, operation.n_objargs}) {
    if (!arguments.empty()) arguments += ", ";
    if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_TYPE_NAME) {
      arguments += "none";
      continue;
    }
    auto type = MakeType(*node->type_name, ScopeOf(session));
    if (!type) return type.error();
    arguments += IdentityType(*type);
  }
  return RawNameInPath(session, "operator", SplitName({operation.objname, operation.n_objname}),
                       " (" + arguments + ")");
}

ErrorOr<std::string> RawCastName(const Session& session, NodeList types) {
  std::string name = "cast";
  for (const PgQuery__Node* node : types) {
    if (node->node_case != PG_QUERY__NODE__NODE_TYPE_NAME)
      return ErrorAt(-1, "a cast between types is required");
    auto type = MakeType(*node->type_name, ScopeOf(session));
    if (!type) return type.error();
    name += (name == "cast" ? " (" : " as ") + IdentityType(*type);
  }
  return name + ")";
}

ErrorOr<std::string> RawTransformName(const Session& session, NodeList parts) {
  if (parts.size() != 2 || parts[0]->node_case != PG_QUERY__NODE__NODE_TYPE_NAME)
    return ErrorAt(-1, "a type and a language are required");
  auto type = MakeType(*parts[0]->type_name, ScopeOf(session));
  if (!type) return type.error();
  return fmt::format("transform for {} language {}", IdentityType(*type), StringOf(parts[1]));
}

bool IsSchemaBoundRaw(PgQuery__ObjectType type) {
  return type == PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE ||
         type == PG_QUERY__OBJECT_TYPE__OBJECT_CONVERSION ||
         type == PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION ||
         type == PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY ||
         type == PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER || type == PG_QUERY__OBJECT_TYPE__OBJECT_TSTEMPLATE ||
         type == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE;
}

}  // namespace

std::string KindWordOf(PgQuery__ObjectType type) {
  for (const auto& [candidate, word] : kKindWords) {
    if (candidate == type) return std::string(word);
  }
  return "object";
}

std::string IdentityType(schema::Type type) {
  type.modifiers.clear();
  return schema::FormatType(type);
}

ErrorOr<std::string> IdentityArguments(const Session& session, const PgQuery__ObjectWithArgs& routine) {
  std::string arguments;
  for (const PgQuery__Node* node : NodeList{routine.objargs, routine.n_objargs}) {
    if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_TYPE_NAME) continue;
    auto type = MakeType(*node->type_name, ScopeOf(session));
    if (!type) return type.error();
    if (!arguments.empty()) arguments += ", ";
    arguments += IdentityType(*type);
  }
  return arguments;
}

ErrorOr<std::string> RawName(const Session& session, PgQuery__ObjectType type, const PgQuery__Node& node) {
  if (type == PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR &&
      node.node_case == PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS) {
    return RawOperatorName(session, *node.object_with_args);
  }
  if (type == PG_QUERY__OBJECT_TYPE__OBJECT_CAST) return RawCastName(session, ListItems(&node));
  if (type == PG_QUERY__OBJECT_TYPE__OBJECT_TRANSFORM) return RawTransformName(session, ListItems(&node));
  const std::string kind = KindWordOf(type);
  if (type == PG_QUERY__OBJECT_TYPE__OBJECT_OPCLASS || type == PG_QUERY__OBJECT_TYPE__OBJECT_OPFAMILY) {
    const NodeList names = ListItems(&node);
    if (names.size() < 2) return ErrorAt(-1, "the name of an access method is required");
    return RawNameInPath(session, kind, SplitName(names.subspan(1)),
                         fmt::format(" using {}", StringOf(names.front())));
  }
  if (IsSchemaBoundRaw(type)) return RawNameInPath(session, kind, NameIn(node), "");
  return kind + " " + NameIn(node).name;
}

bool IsOutsideSchema(PgQuery__ObjectType type) {
  return type == PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE || type == PG_QUERY__OBJECT_TYPE__OBJECT_ROLE ||
         type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLESPACE ||
         type == PG_QUERY__OBJECT_TYPE__OBJECT_LARGEOBJECT ||
         type == PG_QUERY__OBJECT_TYPE__OBJECT_SUBSCRIPTION;
}

Found LookUpObject(const Session& session, PgQuery__ObjectType type, const PgQuery__Node& node) {
  switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
      return LookUpRelationOf(session, type, NameIn(node));
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
      if (auto raw = LookUpRaw(session, type, node); raw && raw->has_value()) return raw;
      return LookUpTypeOf(session, type, NameIn(node));
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
      return LookUpTypeOf(session, type, NameIn(node));
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
      return LookUpPartOf(session, ObjectKind::Column, ListItems(&node));
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
      return LookUpPartOf(session, ObjectKind::Constraint, ListItems(&node));
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
      return LookUpPartOf(session, ObjectKind::Trigger, ListItems(&node));
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
      return LookUpPartOf(session, ObjectKind::Rule, ListItems(&node));
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
      return LookUpPartOf(session, ObjectKind::Policy, ListItems(&node));
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION:
      return LookUpInPath(session, ObjectKind::Collation, NameIn(node));
    case PG_QUERY__OBJECT_TYPE__OBJECT_STATISTIC_EXT:
      return LookUpInPath(session, ObjectKind::Statistics, NameIn(node));
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
      return LookUpNamed(session, ObjectKind::Schema, node);
    case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION:
      return LookUpNamed(session, ObjectKind::Extension, node);
    case PG_QUERY__OBJECT_TYPE__OBJECT_EVENT_TRIGGER:
      return LookUpNamed(session, ObjectKind::EventTrigger, node);
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
      if (node.node_case != PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS) return std::optional<ObjectAddress>();
      return LookUpRoutine(session, type, *node.object_with_args);
    default:
      return LookUpRaw(session, type, node);
  }
}

std::string WrittenName(const PgQuery__Node& node) {
  if (node.node_case == PG_QUERY__NODE__NODE_LIST) {
    std::string text;
    for (const PgQuery__Node* item : ListItems(&node)) text += (text.empty() ? "" : ".") + WrittenName(*item);
    return text;
  }
  return Written(NameIn(node));
}

ErrorOr<ObjectAddress> ResolveObject(const Session& session, PgQuery__ObjectType type,
                                     const PgQuery__Node& node) {
  auto found = LookUpObject(session, type, node);
  if (!found) return found.error();
  if (found->has_value()) return **found;
  return ErrorAt(-1, fmt::format("{} \"{}\" does not exist", KindWordOf(type), WrittenName(node)),
                 DiagnosticKind::UnknownName);
}

Found LookUpObject(const Session& session, PgQuery__ObjectType type, const PgQuery__RangeVar* relation,
                   const PgQuery__Node* node) {
  if (relation == nullptr) {
    if (node == nullptr) return ErrorAt(-1, "a statement about an object without a name");
    return LookUpObject(session, type, *node);
  }
  // ALTER TABLE may name any relation (manual, ALTER TABLE): the kind is not held against it.
  if (type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE || type == PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE) {
    return LookUpRelation(session, SplitName(*relation));
  }
  return LookUpRelationOf(session, type, SplitName(*relation));
}

ErrorOr<ObjectAddress> ResolvePart(const Session& session, ObjectKind kind, const QualifiedName& table,
                                   const std::string& name) {
  ObjectAddress address{kind, table.schema, table.name, name};
  if (session.catalog->Has(address)) return address;
  return ErrorAt(
      -1,
      fmt::format("{} \"{}\" of table \"{}\" does not exist", schema::KindWord(kind), name, Written(table)),
      DiagnosticKind::UnknownName);
}

}  // namespace schemac::sql
