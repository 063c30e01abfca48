// CREATE INDEX and ALTER INDEX.
#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "compiler/sql/statement_inherit.h"
#include "compiler/sql/statements.h"
#include "schema/edit/names.h"

namespace schemac::sql {

using schema::Constraint;
using schema::Index;
using schema::IndexElement;
using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;
using schema::Table;

namespace {

// An operator class that is the default of these types for btree and hash (pg_opclass of PostgreSQL 15).
struct DefaultClass {
  std::string_view operator_class;
  std::array<std::string_view, 3> types;
};
constexpr auto kScalarDefaults = std::to_array<DefaultClass>({
    {"int2_ops", {"smallint"}},
    {"int4_ops", {"integer"}},
    {"int8_ops", {"bigint"}},
    {"text_ops", {"text", "character varying"}},
    {"bpchar_ops", {"character"}},
    {"name_ops", {"name"}},
    {"char_ops", {"\"char\""}},
    {"bool_ops", {"boolean"}},
    {"date_ops", {"date"}},
    {"time_ops", {"time without time zone"}},
    {"timetz_ops", {"time with time zone"}},
    {"timestamp_ops", {"timestamp without time zone"}},
    {"timestamptz_ops", {"timestamp with time zone"}},
    {"interval_ops", {"interval"}},
    {"uuid_ops", {"uuid"}},
    {"numeric_ops", {"numeric"}},
    {"float4_ops", {"real"}},
    {"float8_ops", {"double precision"}},
    {"bytea_ops", {"bytea"}},
    {"bit_ops", {"bit"}},
    {"varbit_ops", {"bit varying"}},
    {"inet_ops", {"inet", "cidr"}},
    {"macaddr_ops", {"macaddr"}},
    {"macaddr8_ops", {"macaddr8"}},
    {"oid_ops", {"oid"}},
    {"jsonb_ops", {"jsonb"}},
    {"tsvector_ops", {"tsvector"}},
    {"tsquery_ops", {"tsquery"}},
    {"pg_lsn_ops", {"pg_lsn"}},
});

bool IsDefaultClass(const std::string& method, std::string_view name, const schema::Type& type) {
  if (method == "gin") {
    return (name == "array_ops" && type.array) || (name == "jsonb_ops" && type.name == "jsonb") ||
           (name == "tsvector_ops" && type.name == "tsvector");
  }
  if (method == "gist") {
    return (name == "tsvector_ops" && type.name == "tsvector") ||
           (name == "point_ops" && type.name == "point") || (name == "box_ops" && type.name == "box") ||
           (name == "poly_ops" && type.name == "polygon") ||
           (name == "circle_ops" && type.name == "circle") ||
           (name == "range_ops" && type.name.ends_with("range"));
  }
  if (method == "spgist") {
    return (name == "text_ops" && type.name == "text") || (name == "inet_ops" && type.name == "inet") ||
           (name == "quad_point_ops" && type.name == "point") ||
           (name == "range_ops" && type.name.ends_with("range"));
  }
  if (method != "btree" && method != "hash") return false;
  if (type.array) return name == "array_ops";
  for (const DefaultClass& candidate : kScalarDefaults) {
    if (candidate.operator_class != name) continue;
    return std::ranges::find(candidate.types, type.name) != candidate.types.end();
  }
  return false;
}

// Which extension brings an operator class, for the ones that are written without their schema most often.
std::string_view ExtensionOfClass(std::string_view name) {
  if (name == "gin_trgm_ops" || name == "gist_trgm_ops") return "pg_trgm";
  if (name.starts_with("vector_") || name.starts_with("halfvec_") || name.starts_with("sparsevec_"))
    return "vector";
  if (name.starts_with("gist_ltree") || name == "ltree_ops") return "ltree";
  if (name.ends_with("_hstore_ops")) return "hstore";
  if (name.starts_with("gin__int") || name.starts_with("gist__int")) return "intarray";
  if (name.starts_with("gist_geometry") || name.starts_with("gist_geography")) return "postgis";
  return {};
}

QualifiedName ResolveOperatorClass(const Session& session, const QualifiedName& written) {
  QualifiedName name = written;
  if (name.schema.empty()) {
    const std::string_view extension_name = ExtensionOfClass(name.name);
    const auto* extension =
        session.catalog->Get<schema::Extension>({ObjectKind::Extension, "", std::string(extension_name), ""});
    if (!extension_name.empty() && extension != nullptr) name.schema = extension->schema;
  }
  if (name.schema == "pg_catalog" || name.schema == "public") name.schema.clear();
  return name;
}

std::string OperatorClassOptions(NodeList options) {
  std::string text;
  for (const PgQuery__Node* node : options) {
    if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", node->def_elem->defname,
                        OptionText(*node->def_elem));
  }
  return text;
}

// A materialized view is seen as a table, which is made in `made`.
ErrorOr<const Table*> TableToIndex(const Session& session, const PgQuery__RangeVar& relation,
                                   std::optional<Table>& made) {
  const QualifiedName written = SplitName(relation);
  if (const auto* table = LookUpTable(session, written)) return table;
  const auto address = ResolveRelation(session, written, relation.location);
  if (!address) return address.error();
  const auto* view = session.catalog->Get<schema::View>(*address);
  if (view == nullptr || !view->materialized) {
    return ErrorAt(relation.location,
                   fmt::format("cannot create index on relation \"{}\"", relation.relname));
  }
  return &made.emplace(TableOrView(session, *address));
}

// Those of a view may not be known offline; a table may have none.
bool AreColumnsKnown(const Session& session, const Table& table) {
  return !table.columns.empty() || session.catalog->FindView(table.name) == nullptr;
}

Done FillIndex(const Session& session, const PgQuery__IndexStmt& statement, const Table& table,
               Index& index) {
  const bool columns_known = AreColumnsKnown(session, table);
  for (const PgQuery__Node* node : NodeList{statement.index_params, statement.n_index_params}) {
    auto element = BuildIndexElement(session, table, *node->index_elem, index.method);
    if (!element) return element.error();
    index.elements.push_back(std::move(*element));
  }
  for (const PgQuery__Node* node :
       NodeList{statement.index_including_params, statement.n_index_including_params}) {
    if (node->node_case != PG_QUERY__NODE__NODE_INDEX_ELEM) continue;
    if (columns_known && table.FindColumn(node->index_elem->name) == nullptr) {
      return ErrorAt(-1, fmt::format("column \"{}\" does not exist", node->index_elem->name),
                     DiagnosticKind::UnknownColumn);
    }
    index.include.Edit().emplace_back(node->index_elem->name);
  }
  if (statement.where_clause != nullptr) {
    auto where = MakeExpression(*statement.where_clause, *session.tokens, ScopeOf(session, &table));
    if (!where) return where.error();
    index.where = std::move(*where);
  }
  auto options = OptionsOf({statement.options, statement.n_options});
  if (!options) return options.error();
  index.options = std::move(*options);
  return Ok();
}

schema::Options* OptionsOfIndex(Session& session, const ObjectAddress& address) {
  if (auto* index = session.catalog->GetMutable<Index>(address)) return &index->options;
  if (auto* constraint = session.catalog->GetMutable<Constraint>(address)) return &constraint->options;
  return nullptr;
}

Done SetIndexStatistics(Session& session, const ObjectAddress& address,
                        const PgQuery__AlterTableCmd& command) {
  auto* index = session.catalog->GetMutable<Index>(address);
  if (index == nullptr || command.def == nullptr || command.def->node_case != PG_QUERY__NODE__NODE_INTEGER) {
    return Unsupported(-1, "SET STATISTICS on this index");
  }
  if (command.num < 1 ||
      static_cast<std::size_t>(command.num) > index->elements.size() + index->include.size()) {
    return ErrorAt(
        -1, fmt::format("column number {} of relation \"{}\" does not exist", command.num, address.member));
  }
  const int target = command.def->integer->ival;
  if (target < 0) {
    index->statistics.Edit().erase(command.num);
  } else {
    index->statistics.Edit()[command.num] = target;
  }
  return Ok();
}

}  // namespace

ErrorOr<IndexElement> BuildIndexElement(const Session& session, const Table& table,
                                        const PgQuery__IndexElem& node, const std::string& method) {
  IndexElement element;
  const schema::Column* column = nullptr;
  if (node.expr != nullptr) {
    auto expression = MakeExpression(*node.expr, *session.tokens, ScopeOf(session, &table));
    if (!expression) return expression.error();
    element.expression = std::move(*expression);
  } else {
    element.column = node.name;
    column = table.FindColumn(element.column);
    if (column == nullptr && AreColumnsKnown(session, table)) {
      return ErrorAt(-1, fmt::format("column \"{}\" does not exist", element.column),
                     DiagnosticKind::UnknownColumn);
    }
  }
  if (node.n_collation > 0) {
    QualifiedName collation = ResolveCollation(session, {node.collation, node.n_collation});
    const QualifiedName own =
        column != nullptr && column->collation ? *column->collation : QualifiedName{"pg_catalog", "default"};
    if (collation != own) element.collation = std::move(collation);
  }
  if (node.n_opclass > 0) {
    QualifiedName name = ResolveOperatorClass(session, SplitName({node.opclass, node.n_opclass}));
    const bool is_default = column != nullptr && name.schema.empty() &&
                            IsDefaultClass(method, name.name, column->type) && node.n_opclassopts == 0;
    if (!is_default) element.operator_class = std::move(name);
  }
  element.operator_class_options = OperatorClassOptions({node.opclassopts, node.n_opclassopts});
  element.descending = node.ordering == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
  element.nulls_first =
      node.nulls_ordering == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST ||
      (element.descending && node.nulls_ordering != PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST);
  return element;
}

Done CreateIndex(Session& session, const PgQuery__IndexStmt& statement) {
  const PgQuery__RangeVar& relation = *statement.relation;
  if (session.temporary.contains(relation.relname)) return Ok();
  std::optional<Table> made;
  const auto found = TableToIndex(session, relation, made);
  if (!found) return found.error();
  const Table& table = **found;
  Index index;
  index.table = table.name;
  index.name = statement.idxname;
  if (!index.name.empty() && session.catalog->FindRelation({table.name.schema, index.name})) {
    if (statement.if_not_exists) return Ok();
    return ErrorAt(relation.location, fmt::format("relation \"{}\" already exists", index.name),
                   DiagnosticKind::DuplicateName);
  }
  index.unique = statement.unique != 0;
  index.method = statement.access_method[0] == '\0' ? "btree" : statement.access_method;
  index.nulls_not_distinct = statement.nulls_not_distinct != 0;
  index.tablespace = statement.table_space[0] != '\0' ? statement.table_space : session.default_tablespace;
  if (index.tablespace == "pg_default") index.tablespace.clear();
  if (auto filled = FillIndex(session, statement, table, index); !filled) return filled;
  const bool recurse = relation.inh != 0 && table.partition_key.has_value();
  // Without partitions there is nothing that ON ONLY leaves out (indexcmds.c, DefineIndex).
  index.only = relation.inh == 0 && table.partition_key && !session.catalog->ChildrenOf(table.name).empty();
  if (index.name.empty()) index.name = schema::ChooseIndexName(*session.catalog, index);
  if (!recurse) return schema::Create(*session.catalog, std::move(index));
  if (auto created = schema::Create(*session.catalog, index); !created) return created;
  return GiveIndexToChildren(session, index);
}

Done AlterIndexAction(Session& session, const ObjectAddress& address, const PgQuery__AlterTableCmd& command) {
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions: {
      schema::Options* options = OptionsOfIndex(session, address);
      if (options == nullptr) return ErrorAt(-1, fmt::format("\"{}\" is not an index", address.member));
      auto changed = OptionsOf(ListItems(command.def));
      if (!changed) return changed.error();
      for (auto& [key, value] : *changed) {
        options->erase(key);
        if (command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions) (*options)[key] = value;
      }
      return Ok();
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
      return SetIndexStatistics(session, address, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
      if (auto* index = session.catalog->GetMutable<Index>(address)) index->tablespace = command.name;
      if (auto* constraint = session.catalog->GetMutable<Constraint>(address))
        constraint->tablespace = command.name;
      return Ok();
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
      return AttachIndex(session, address, *command.def->partition_cmd->name);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
      return Ok();
    default:
      return Unsupported(-1, "this action of ALTER INDEX");
  }
}

}  // namespace schemac::sql
