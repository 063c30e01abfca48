// What stands in FROM: relations, subqueries, functions, joins.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/sql/analyzer.h"
#include "compiler/sql/known_extensions.h"
#include "compiler/sql/nodes.h"
#include "compiler/sql/parse_tree.h"
#include "compiler/support/quote.h"

namespace schemac::sql {
namespace {

constexpr std::size_t kMaxViewDepth = 24;

bool IsSystemSchema(std::string_view schema) {
  return schema == "pg_catalog" || schema == "information_schema";
}

void NameColumns(RangeEntry& entry, const PgQuery__Alias* alias) {
  if (alias == nullptr) return;
  if (alias->aliasname != nullptr && *alias->aliasname != '\0') {
    entry.alias = alias->aliasname;
    entry.schema.clear();
  }
  for (std::size_t i = 0; i < alias->n_colnames; ++i) {
    const std::string name(StringOf(*alias->colnames[i]));
    if (i < entry.columns.size()) {
      entry.columns[i].name = name;
    } else if (!entry.known) {
      entry.columns.push_back({name, {}, {}, entry.key + "." + std::to_string(i + 1), std::nullopt});
    }
  }
}

}  // namespace

FromItem Analyzer::Enter(RangeEntry written, const PgQuery__Alias* alias, Term* term) {
  RangeEntry& entry = level_->entries.emplace_back(std::move(written));
  NameColumns(entry, alias);
  FromItem item;
  item.term = term;
  item.entries.push_back(&entry);
  for (const RangeColumn& column : entry.columns) item.columns.push_back({&column, nullptr});
  return item;
}

FromItem Analyzer::From(const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_RANGE_VAR:
      return Relation(*node.range_var);
    case PG_QUERY__NODE__NODE_RANGE_SUBSELECT:
      return Subquery(*node.range_subselect);
    case PG_QUERY__NODE__NODE_RANGE_FUNCTION:
      return FunctionItem(*node.range_function);
    case PG_QUERY__NODE__NODE_JOIN_EXPR:
      return Join(*node.join_expr);
    case PG_QUERY__NODE__NODE_RANGE_TABLE_SAMPLE: {
      FromItem item = From(*node.range_table_sample->relation);
      Term* sample = terms_.Node("sample", {}, {item.term});
      for (const std::string& part :
           NameParts(node.range_table_sample->method, node.range_table_sample->n_method))
        sample->value = part;
      for (std::size_t i = 0; i < node.range_table_sample->n_args; ++i) {
        sample->children.push_back(Expression(*node.range_table_sample->args[i]));
      }
      if (node.range_table_sample->repeatable != nullptr) {
        sample->children.push_back(
            terms_.Node("repeatable", {}, {Expression(*node.range_table_sample->repeatable)}));
      }
      item.term = sample;
      return item;
    }
    default:
      break;
  }
  // XMLTABLE and the like: their columns are not read here.
  RangeEntry entry;
  entry.key = NextKey();
  entry.known = false;
  const PgQuery__Alias* alias = nullptr;
  if (node.node_case == PG_QUERY__NODE__NODE_RANGE_TABLE_FUNC) {
    entry.alias = "xmltable";  // Unless it is given another name (transformRangeTableFunc in parse_clause.c).
    alias = node.range_table_func->alias;
  }
  return Enter(std::move(entry), alias, Generic(node.base));
}

const CommonTable* Analyzer::FindCommonTable(std::string_view name) const {
  for (const Level* level = level_; level != nullptr; level = level->parent) {
    for (auto table = level->common_tables.rbegin(); table != level->common_tables.rend(); ++table) {
      if (table->name == name) return &*table;
    }
  }
  return nullptr;
}

std::optional<std::vector<RangeColumn>> Analyzer::ColumnsOfView(const schema::View& view) {
  if (const auto found = view_columns->find(view.name); found != view_columns->end()) return found->second;
  std::optional<std::vector<RangeColumn>> columns;
  (*view_columns)[view.name] = columns;  // A view in a circle is unknown to itself.
  if (!view.columns.empty()) {
    columns.emplace();
    for (const std::string& name : view.columns) columns->push_back({name, {}, {}, {}, std::nullopt});
  }
  auto tree = view_depth < kMaxViewDepth ? ParseTree::Parse(view.query.text) : ErrorOr<ParseTree>(Error{});
  if (tree && tree->result().n_stmts == 1 &&
      tree->result().stmts[0]->stmt->node_case == PG_QUERY__NODE__NODE_SELECT_STMT) {
    const Tokens tokens(view.query.text);
    const Scope scope{scope_.catalog, {"public"}, nullptr, std::nullopt, std::nullopt};
    Analyzer inner(scope, tokens);
    inner.lenient = true;
    inner.view_columns = view_columns;
    inner.view_depth = view_depth + 1;
    const QueryResult result = inner.Query(*tree->result().stmts[0]->stmt->select_stmt);
    if (result.known) {
      std::vector<RangeColumn> typed = result.columns;
      for (std::size_t i = 0; i < typed.size() && i < view.columns.size(); ++i)
        typed[i].name = view.columns[i];
      columns = std::move(typed);
    }
  }
  (*view_columns)[view.name] = columns;
  return columns;
}

std::optional<std::vector<RangeColumn>> Analyzer::ColumnsOfRelation(const schema::ObjectAddress& relation) {
  std::optional<std::vector<RangeColumn>> columns;
  if (const schema::Table* table = scope_.catalog->FindTable(relation.qualified())) {
    columns.emplace();
    for (const schema::Column& column : table->columns) {
      columns->push_back({column.name, KeyOf(column.type), column.type.modifiers, {}, std::nullopt});
    }
  } else if (const schema::View* view = scope_.catalog->FindView(relation.qualified())) {
    columns = ColumnsOfView(*view);
  } else if (relation.kind == schema::ObjectKind::Sequence) {
    columns = std::vector<RangeColumn>{{"last_value", "int8", {}, {}, std::nullopt},
                                       {"log_cnt", "int8", {}, {}, std::nullopt},
                                       {"is_called", "bool", {}, {}, std::nullopt}};
    return columns;
  }
  if (!columns) return columns;
  for (RangeColumn& column : *columns) {
    column.target =
        schema::ObjectAddress{schema::ObjectKind::Column, relation.schema, relation.name, column.name};
  }
  return columns;
}

FromItem Analyzer::Relation(const PgQuery__RangeVar& variable) {
  const std::string schema = variable.schemaname == nullptr ? "" : variable.schemaname;
  const std::string name = variable.relname == nullptr ? "" : variable.relname;
  RangeEntry entry;
  entry.key = NextKey();
  entry.alias = name;
  Term* term = terms_.Node(variable.inh ? "from" : "from-only", {});
  if (const CommonTable* common = schema.empty() ? FindCommonTable(name) : nullptr) {
    term->head = "from-with";
    term->value = common->key;
    entry.known = common->known;
    for (const RangeColumn& column : common->columns) {
      entry.columns.push_back({column.name, column.type, column.modifiers, {}, std::nullopt});
    }
  } else if (const auto address = ResolveRelation(schema, name, scope_)) {
    entry.relation = address;
    entry.schema = address->schema;
    term->mention = Mentioned(*address, variable.location, schema.empty() ? 1 : 2);
    auto columns = ColumnsOfRelation(*address);
    entry.known = columns.has_value();
    if (columns) entry.columns = std::move(*columns);
  } else {
    entry.known = false;
    term->value = schema.empty() || schema == "public" ? name : schema + "." + name;
    const bool may_exist =
        lenient || IsSystemSchema(schema) || name.starts_with("pg_") || HasExtensions(scope_);
    if (!may_exist) {
      Report(DiagnosticKind::UnknownName,
             fmt::format("no table or view \"{}{}{}\"", schema, schema.empty() ? "" : ".", name),
             variable.location);
    }
  }
  for (std::size_t i = 0; i < entry.columns.size(); ++i) {
    // The column of a table is named by its reference, so that a column that moves is the same column.
    entry.columns[i].key = entry.columns[i].target ? entry.key : entry.key + "." + std::to_string(i + 1);
  }
  return Enter(std::move(entry), variable.alias, term);
}

FromItem Analyzer::Subquery(const PgQuery__RangeSubselect& subselect) {
  RangeEntry entry;
  entry.key = NextKey();
  // Without LATERAL the subquery does not see its neighbours; names it shares with them are then not theirs.
  QueryResult result = Query(*subselect.subquery->select_stmt);
  entry.known = result.known;
  for (std::size_t i = 0; i < result.columns.size(); ++i) {
    const RangeColumn& column = result.columns[i];
    entry.columns.push_back(
        {column.name, column.type, column.modifiers, entry.key + "." + std::to_string(i + 1), std::nullopt});
  }
  return Enter(std::move(entry), subselect.alias, terms_.Node("from-query", {}, {result.term}));
}

FromItem Analyzer::FunctionItem(const PgQuery__RangeFunction& function) {
  RangeEntry entry;
  entry.key = NextKey();
  Term* term = terms_.Node(function.ordinality ? "from-function-ordinality" : "from-function", {});
  for (std::size_t i = 0; i < function.n_functions; ++i) {
    const PgQuery__List& parts = *function.functions[i]->list;
    const PgQuery__Node& node = *parts.items[0];
    Term* call = Expression(node);
    term->children.push_back(call);
    const std::string name = OutputName(node);
    if (entry.alias.empty()) entry.alias = name;
    const std::vector<Signature>& facts = FunctionFacts(call->mention ? "" : call->value);
    const bool is_record = call->type.empty() || call->type == "record";
    const auto with_columns =
        std::find_if(facts.begin(), facts.end(), [](const Signature& fact) { return !fact.columns.empty(); });
    if (with_columns != facts.end() && is_record) {
      for (const auto& [column, type] : with_columns->columns)
        entry.columns.push_back({column, type, {}, {}, std::nullopt});
    } else if (!is_record && types_.Category(call->type) != 'C') {
      // One column: called like the alias, if there is one.
      const bool renamed =
          function.alias != nullptr && function.n_functions == 1 && function.alias->n_colnames == 0;
      entry.columns.push_back(
          {renamed ? std::string(function.alias->aliasname) : name, call->type, {}, {}, std::nullopt});
    } else {
      entry.known = false;
    }
  }
  if (function.n_coldeflist > 0) {
    entry.columns.clear();
    entry.known = true;
    for (std::size_t i = 0; i < function.n_coldeflist; ++i) {
      const PgQuery__ColumnDef& column = *function.coldeflist[i]->column_def;
      const auto type = MakeType(*column.type_name, scope_);
      entry.columns.push_back(
          {column.colname, type ? KeyOf(*type) : TypeKey(), type ? type->modifiers : "", {}, std::nullopt});
      term->children.push_back(
          terms_.Node("column", {}, {ExplicitCast(NullTerm(), type ? *type : schema::Type{}, std::nullopt)}));
      term->children.back()->value = column.colname;
    }
  }
  if (function.ordinality) entry.columns.push_back({"ordinality", "int8", {}, {}, std::nullopt});
  for (std::size_t i = 0; i < entry.columns.size(); ++i)
    entry.columns[i].key = entry.key + "." + std::to_string(i + 1);
  return Enter(std::move(entry), function.alias, term);
}

// JOIN … USING and NATURAL JOIN: the named columns come first, once.
void Analyzer::MergeColumns(const std::vector<std::string>& names, PgQuery__JoinType type, FromItem& left,
                            FromItem& right, FromItem& joined) {
  const auto take = [](FromItem& item, const std::string& name) -> std::optional<VisibleColumn> {
    for (auto at = item.columns.begin(); at != item.columns.end(); ++at) {
      if (at->column->name != name) continue;
      const VisibleColumn found = *at;
      item.columns.erase(at);
      return found;
    }
    return std::nullopt;
  };
  for (const std::string& name : names) {
    const auto from_left = take(left, name);
    const auto from_right = take(right, name);
    if (!from_left && !from_right) continue;
    if (type == PG_QUERY__JOIN_TYPE__JOIN_FULL && from_left && from_right) {
      joined.columns.push_back({from_left->column, from_right->column});
    } else if (type == PG_QUERY__JOIN_TYPE__JOIN_RIGHT || !from_left) {
      joined.columns.push_back(from_right ? *from_right : *from_left);
    } else {
      joined.columns.push_back(*from_left);
    }
  }
}

FromItem Analyzer::Join(const PgQuery__JoinExpr& join) {
  FromItem left = From(*join.larg);
  level_->items.push_back(left);  // What follows may look at it laterally.
  FromItem right = From(*join.rarg);
  level_->items.pop_back();
  FromItem joined;
  joined.entries = left.entries;
  joined.entries.insert(joined.entries.end(), right.entries.begin(), right.entries.end());
  std::vector<std::string> names = NameParts(join.using_clause, join.n_using_clause);
  if (join.is_natural) {
    for (const VisibleColumn& column : left.columns) {
      const bool shared =
          std::any_of(right.columns.begin(), right.columns.end(),
                      [&](const VisibleColumn& other) { return other.column->name == column.column->name; });
      if (shared) names.push_back(column.column->name);
    }
  }
  Term* term = terms_.Node("join", {}, {left.term, right.term});
  term->value = std::to_string(join.jointype);
  for (const std::string& name : names) {
    Term* merged = terms_.Node("using", {});
    for (const FromItem* side : {&left, &right}) {
      for (const VisibleColumn& column : side->columns) {
        if (column.column->name != name) continue;
        merged->children.push_back(VisibleTerm(column, 0, 0));
        break;
      }
    }
    term->children.push_back(merged);
  }
  // The names in USING spell columns of both sides and cannot be respelled for one of them alone.
  MergeColumns(names, join.jointype, left, right, joined);
  joined.columns.insert(joined.columns.end(), left.columns.begin(), left.columns.end());
  joined.columns.insert(joined.columns.end(), right.columns.begin(), right.columns.end());
  joined.term = term;
  if (join.quals != nullptr) {
    level_->items.push_back(joined);
    term->children.push_back(terms_.Node("on", {}, {Condition(*join.quals)}));
    level_->items.pop_back();
  }
  if (join.alias == nullptr) return joined;
  RangeEntry entry;
  entry.key = NextKey();
  for (const VisibleColumn& column : joined.columns) entry.columns.push_back(*column.column);
  return Enter(std::move(entry), join.alias, term);
}

}  // namespace schemac::sql
