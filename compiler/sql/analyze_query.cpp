// SELECT, VALUES, WITH and set operations.
#include <algorithm>

#include "compiler/sql/analyzer.h"
#include "compiler/sql/node_walk.h"
#include "compiler/sql/nodes.h"
#include "compiler/support/quote.h"

namespace schemac::sql {
namespace {

bool IsInteger(const PgQuery__Node& node) {
  return node.node_case == PG_QUERY__NODE__NODE_A_CONST && !node.a_const->isnull &&
         node.a_const->val_case == PG_QUERY__A__CONST__VAL_IVAL;
}

// A lone name that may mean an output column.
std::string LoneName(const PgQuery__Node& node) {
  if (node.node_case != PG_QUERY__NODE__NODE_COLUMN_REF || node.column_ref->n_fields != 1) return "";
  return std::string(StringOf(*node.column_ref->fields[0]));
}

const PgQuery__ColumnRef* StarOf(const PgQuery__ResTarget& target) {
  if (target.val == nullptr || target.val->node_case != PG_QUERY__NODE__NODE_COLUMN_REF) return nullptr;
  const PgQuery__ColumnRef& reference = *target.val->column_ref;
  const bool star = reference.n_fields > 0 &&
                    reference.fields[reference.n_fields - 1]->node_case == PG_QUERY__NODE__NODE_A_STAR;
  return star ? &reference : nullptr;
}

}  // namespace

QueryResult Analyzer::Query(const PgQuery__SelectStmt& select) {
  Level level;
  level.parent = level_;
  level.select = &select;
  level_ = &level;
  QueryResult result;
  std::vector<Term*> parts;
  if (select.with_clause != nullptr) With(*select.with_clause, parts);
  Term* body = nullptr;
  if (select.op == PG_QUERY__SET_OPERATION__SETOP_UNION ||
      select.op == PG_QUERY__SET_OPERATION__SETOP_INTERSECT ||
      select.op == PG_QUERY__SET_OPERATION__SETOP_EXCEPT) {
    body = SetOperation(select, result);
  } else if (select.n_values_lists > 0) {
    body = Values(select, result);
  } else {
    body = PlainSelect(select, result);
  }
  if (!parts.empty()) {
    parts.push_back(body);
    body = terms_.Node("with", {}, std::move(parts));
  }
  result.term = body;
  level_ = const_cast<Level*>(level.parent);
  return result;
}

void Analyzer::With(const PgQuery__WithClause& clause, std::vector<Term*>& parts) {
  for (std::size_t i = 0; i < clause.n_ctes; ++i) {
    CommonTableExpression(*clause.ctes[i]->common_table_expr, clause.recursive, parts);
  }
}

void Analyzer::CommonTableExpression(const PgQuery__CommonTableExpr& expression, bool recursive,
                                     std::vector<Term*>& parts) {
  CommonTable table;
  table.name = expression.ctename;
  table.key = "w" + NextKey();
  const std::vector<std::string> names = NameParts(expression.aliascolnames, expression.n_aliascolnames);
  const bool is_select = expression.ctequery->node_case == PG_QUERY__NODE__NODE_SELECT_STMT;
  const auto name_columns = [&](std::vector<RangeColumn> columns) {
    for (std::size_t k = 0; k < names.size(); ++k) {
      if (k >= columns.size()) columns.push_back({});
      columns[k].name = names[k];
    }
    return columns;
  };
  if (recursive && is_select && expression.ctequery->select_stmt->larg != nullptr) {
    // The columns of a recursive query are those of its first part. That part is analysed for them alone.
    Analyzer probe(scope_, tokens_);
    probe.lenient = true;
    probe.view_columns = view_columns;
    probe.view_depth = view_depth + 1;
    probe.level_->parent = level_;
    const QueryResult first =
        probe.view_depth < 16 ? probe.Query(*expression.ctequery->select_stmt->larg) : QueryResult{};
    table.known = first.known && first.term != nullptr;
    table.columns = name_columns(first.columns);
    level_->common_tables.push_back(table);
  }
  Term* term = terms_.Node("common", {});
  term->value = table.key + "/" + std::to_string(expression.ctematerialized);
  if (is_select) {
    QueryResult result = Query(*expression.ctequery->select_stmt);
    term->children.push_back(result.term);
    table.known = result.known;
    table.columns = name_columns(result.columns);
  } else {
    term->children.push_back(Generic(expression.ctequery->base));
    table.known = false;
  }
  if (expression.search_clause != nullptr) term->children.push_back(Generic(expression.search_clause->base));
  if (expression.cycle_clause != nullptr) term->children.push_back(Generic(expression.cycle_clause->base));
  if (expression.search_clause != nullptr || expression.cycle_clause != nullptr) table.known = false;
  level_->common_tables.push_back(std::move(table));
  parts.push_back(term);
}

Term* Analyzer::SetOperation(const PgQuery__SelectStmt& select, QueryResult& result) {
  QueryResult left = Query(*select.larg);
  QueryResult right = Query(*select.rarg);
  result.known = left.known;
  result.columns = left.columns;
  for (std::size_t i = 0; i < result.columns.size() && i < right.columns.size(); ++i) {
    result.columns[i].type = types_.CommonType({left.columns[i].type, right.columns[i].type});
    result.columns[i].target.reset();
    if (left.columns[i].modifiers != right.columns[i].modifiers) result.columns[i].modifiers.clear();
  }
  Term* term = terms_.Node("set", {}, {left.term, right.term});
  term->value = std::to_string(select.op) + (select.all ? " all" : "");
  std::vector<Term*> parts;
  Tail(select, {}, result, parts);
  term->children.insert(term->children.end(), parts.begin(), parts.end());
  return term;
}

Term* Analyzer::Values(const PgQuery__SelectStmt& select, QueryResult& result) {
  std::vector<std::vector<Term*>> rows;
  for (std::size_t i = 0; i < select.n_values_lists; ++i) {
    const PgQuery__List& list = *select.values_lists[i]->list;
    std::vector<Term*>& row = rows.emplace_back();
    for (std::size_t k = 0; k < list.n_items; ++k) row.push_back(Expression(*list.items[k]));
  }
  for (std::size_t k = 0; k < rows.front().size(); ++k) {
    std::vector<TypeKey> keys;
    for (const std::vector<Term*>& row : rows) keys.push_back(k < row.size() ? row[k]->type : TypeKey());
    const TypeKey common = types_.CommonType(keys);
    for (std::vector<Term*>& row : rows) {
      if (k < row.size()) row[k] = Coerce(row[k], common);
    }
    result.columns.push_back({"column" + std::to_string(k + 1), common, {}, {}, std::nullopt});
  }
  Term* term = terms_.Node("values", {});
  for (std::vector<Term*>& row : rows) term->children.push_back(terms_.Node("row", {}, std::move(row)));
  std::vector<Term*> parts;
  Tail(select, {}, result, parts);
  term->children.insert(term->children.end(), parts.begin(), parts.end());
  return term;
}

// How a query names the column where it says `*`.
std::string Analyzer::SpellColumn(const VisibleColumn& column) const {
  const std::string name = QuoteIdentifier(column.column->name);
  if (column.other != nullptr || level_->entries.size() == 1) return name;
  for (const RangeEntry& entry : level_->entries) {
    const bool owns = std::any_of(entry.columns.begin(), entry.columns.end(),
                                  [&](const RangeColumn& own) { return &own == column.column; });
    if (!owns) continue;
    const bool is_shared =
        std::count_if(level_->entries.begin(), level_->entries.end(),
                      [&](const RangeEntry& other) { return other.alias == entry.alias; }) > 1;
    const std::string schema = is_shared ? QuoteIdentifier(entry.schema) + "." : "";
    return schema + QuoteIdentifier(entry.alias) + "." + name;
  }
  return name;
}

void Analyzer::SpellStar(const PgQuery__ColumnRef& reference, const std::vector<VisibleColumn>& columns) {
  const auto [last, end] = NameToken(reference.location, reference.n_fields - 1);
  if (end == last || columns.empty()) return;
  SpelledStar star{static_cast<std::size_t>(reference.location), end, ""};
  for (const VisibleColumn& column : columns) {
    if (!star.columns.empty()) star.columns += ", ";
    star.columns += SpellColumn(column);
  }
  stars_.push_back(std::move(star));
}

void Analyzer::Star(const PgQuery__ColumnRef& reference, QueryResult& result, std::vector<Term*>& terms) {
  std::vector<VisibleColumn> columns;
  std::vector<const RangeEntry*> entries;
  if (reference.n_fields == 1) {
    for (const FromItem& item : level_->items) {
      columns.insert(columns.end(), item.columns.begin(), item.columns.end());
      entries.insert(entries.end(), item.entries.begin(), item.entries.end());
    }
  } else {
    const std::string alias(StringOf(*reference.fields[reference.n_fields - 2]));
    const std::string_view schema =
        reference.n_fields > 2 ? StringOf(*reference.fields[reference.n_fields - 3]) : "";
    const RangeEntry* entry = FindEntry(schema, alias);
    if (entry == nullptr) {
      if (!lenient)
        Report(DiagnosticKind::UnknownName, "no table \"" + alias + "\" in the query", reference.location);
      result.known = false;
      return;
    }
    if (entry->relation && !entry->schema.empty())
      Mentioned(*entry->relation, reference.location, reference.n_fields - 1);
    for (const RangeColumn& column : ColumnsOf(*entry)) columns.push_back({&column, nullptr});
    entries.push_back(entry);
  }
  for (const VisibleColumn& column : columns) {
    Term* term = VisibleTerm(column, 0, 0);
    terms.push_back(term);
    result.columns.push_back({column.column->name, term->type, column.column->modifiers, {}, std::nullopt});
  }
  bool known = true;
  for (const RangeEntry* entry : entries) {
    if (entry->known) continue;
    known = false;
    terms.push_back(terms_.Node("star", {}));
    terms.back()->value = entry->key;
  }
  result.known = result.known && known;
  if (known) SpellStar(reference, columns);
}

void Analyzer::Targets(const PgQuery__SelectStmt& select, QueryResult& result, std::vector<Term*>& terms) {
  for (std::size_t i = 0; i < select.n_target_list; ++i) {
    const PgQuery__ResTarget& target = *select.target_list[i]->res_target;
    if (const PgQuery__ColumnRef* star = StarOf(target)) {
      Star(*star, result, terms);
      continue;
    }
    Term* term = Finish(Expression(*target.val), std::nullopt);
    terms.push_back(term);
    const bool named = target.name != nullptr && *target.name != '\0';
    result.columns.push_back(
        {named ? target.name : OutputName(*target.val), term->type, term->modifiers, {}, std::nullopt});
  }
}

Term* Analyzer::PlainSelect(const PgQuery__SelectStmt& select, QueryResult& result) {
  Term* term = terms_.Node("select", {});
  Term* from = terms_.Node("list", {});
  for (std::size_t i = 0; i < select.n_from_clause; ++i) {
    FromItem item = From(*select.from_clause[i]);
    from->children.push_back(item.term);
    level_->items.push_back(std::move(item));
  }
  std::vector<Term*> targets;
  Targets(select, result, targets);
  term->children.push_back(terms_.Node("list", {}, targets));
  term->children.push_back(from);
  if (select.where_clause != nullptr)
    term->children.push_back(terms_.Node("where", {}, {Condition(*select.where_clause)}));
  if (select.n_group_clause > 0) {
    Term* group = terms_.Node(select.group_distinct ? "group-distinct" : "group", {});
    for (std::size_t i = 0; i < select.n_group_clause; ++i) {
      group->children.push_back(GroupItem(*select.group_clause[i], select, targets, result));
    }
    term->children.push_back(group);
  }
  if (select.having_clause != nullptr)
    term->children.push_back(terms_.Node("having", {}, {Condition(*select.having_clause)}));
  if (select.n_distinct_clause > 0) {
    Term* distinct = terms_.Node("distinct", {});
    for (std::size_t i = 0; i < select.n_distinct_clause; ++i) {
      const PgQuery__Node& item = *select.distinct_clause[i];
      if (item.node_case == PG_QUERY__NODE__NODE__NOT_SET) continue;  // Plain DISTINCT is a list of nothing.
      distinct->children.push_back(OutputTerm(item, select, targets, result, false));
    }
    term->children.push_back(distinct);
  }
  std::vector<Term*> parts;
  Tail(select, targets, result, parts);
  term->children.insert(term->children.end(), parts.begin(), parts.end());
  return term;
}

Term* Analyzer::GroupItem(const PgQuery__Node& node, const PgQuery__SelectStmt& select,
                          const std::vector<Term*>& targets, const QueryResult& result) {
  if (node.node_case != PG_QUERY__NODE__NODE_GROUPING_SET)
    return OutputTerm(node, select, targets, result, true);
  Term* term = terms_.Node("sets", {});
  term->value = std::to_string(node.grouping_set->kind);
  for (std::size_t i = 0; i < node.grouping_set->n_content; ++i) {
    term->children.push_back(GroupItem(*node.grouping_set->content[i], select, targets, result));
  }
  return term;
}

// An item of ORDER BY, GROUP BY or DISTINCT ON: a number or the name of an output column, or an expression.
Term* Analyzer::OutputTerm(const PgQuery__Node& node, const PgQuery__SelectStmt& select,
                           const std::vector<Term*>& targets, const QueryResult& result, bool input_first) {
  static_cast<void>(select);
  const auto output = [&](std::size_t index) -> Term* {
    if (targets.empty()) {  // A set operation: there is no expression behind the column.
      Term* term = terms_.Node("output", result.columns[index].type);
      term->value = std::to_string(index + 1);
      return term;
    }
    return targets[index];
  };
  if (IsInteger(node)) {
    const int position = node.a_const->ival == nullptr ? 0 : node.a_const->ival->ival;
    if (result.known && position >= 1 && static_cast<std::size_t>(position) <= result.columns.size()) {
      return output(static_cast<std::size_t>(position) - 1);
    }
  }
  const std::string name = LoneName(node);
  if (!name.empty() && result.known) {
    bool is_input = false;
    for (const FromItem& item : level_->items) {
      for (const VisibleColumn& column : item.columns) is_input = is_input || column.column->name == name;
    }
    if (!(input_first && is_input)) {
      for (std::size_t i = 0; i < result.columns.size(); ++i) {
        if (result.columns[i].name != name) continue;
        // The word spells an output name; where the column itself has that name it is respelled with it.
        if (!is_input) return output(i);
        break;
      }
      for (std::size_t i = 0; i < result.columns.size() && is_input; ++i) {
        const bool is_same = result.columns[i].name == name;
        if (is_same && !targets.empty() && targets[i]->head != "col") return output(i);
      }
    }
  }
  return Finish(Expression(node), std::nullopt);
}

void Analyzer::Tail(const PgQuery__SelectStmt& select, const std::vector<Term*>& targets,
                    const QueryResult& result, std::vector<Term*>& parts) {
  if (select.n_sort_clause > 0) {
    Term* order = terms_.Node("order", {});
    for (std::size_t i = 0; i < select.n_sort_clause; ++i) {
      const PgQuery__SortBy& sort = *select.sort_clause[i]->sort_by;
      order->children.push_back(SortItem(sort, OutputTerm(*sort.node, select, targets, result, false)));
    }
    parts.push_back(order);
  }
  const bool no_limit =
      select.limit_count == nullptr ||
      (select.limit_count->node_case == PG_QUERY__NODE__NODE_A_CONST && select.limit_count->a_const->isnull);
  if (!no_limit) {
    const bool ties = select.limit_option == PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_WITH_TIES;
    parts.push_back(
        terms_.Node(ties ? "limit-ties" : "limit", {}, {Coerce(Expression(*select.limit_count), "int8")}));
  }
  if (select.limit_offset != nullptr) {
    parts.push_back(terms_.Node("offset", {}, {Coerce(Expression(*select.limit_offset), "int8")}));
  }
  for (std::size_t i = 0; i < select.n_locking_clause; ++i)
    parts.push_back(Generic(select.locking_clause[i]->base));
}

}  // namespace schemac::sql
