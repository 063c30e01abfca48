// Views and materialized views.
#include "compiler/sql/statement_view.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/sql/statement_column.h"
#include "compiler/sql/statements.h"
#include "compiler/support/quote.h"

namespace schemac::sql {

using schema::ObjectAddress;
using schema::View;

namespace {

// Offsets into the statement.
struct TextRange {
  std::size_t begin;
  std::size_t end;
};

// Where the query starts: behind the AS that follows the view's name, column list and options.
std::size_t QueryBegin(const Tokens& tokens) {
  const std::size_t as = tokens.FindWord(0, "as");
  return as + 1 < tokens.tokens().size() ? tokens.tokens()[as + 1].begin : tokens.source().size();
}

// The end of the query: before WITH [CASCADED|LOCAL] CHECK OPTION, or WITH [NO] DATA.
std::size_t QueryEnd(const Session& session, bool has_check_option, bool may_say_data) {
  const Tokens& tokens = *session.tokens;
  std::size_t count = tokens.tokens().size();
  if (has_check_option) {
    count -= tokens.IsWord(count - 3, "with") ? 3 : 4;
  } else if (may_say_data && count > 2 && tokens.IsWord(count - 1, "data")) {
    if (tokens.IsWord(count - 2, "with")) count -= 2;
    if (count > 3 && tokens.IsWord(count - 2, "no") && tokens.IsWord(count - 3, "with")) count -= 3;
  }
  return count == 0 ? 0 : tokens.tokens()[count - 1].end;
}

Done ReadQuery(const Session& session, const PgQuery__Node& query, TextRange place, NodeList names,
               View& view) {
  std::vector<std::string> columns;
  auto made =
      MakeQuery(query, *session.tokens, place.begin, place.end, ScopeOf(session), &columns, StringsOf(names));
  if (!made) return made.error();
  view.query = std::move(*made);
  view.columns = std::move(columns);
  view.explicit_columns = !names.empty();
  if (names.size() > view.columns.size() && !view.columns.empty()) {
    return ErrorAt(-1, "CREATE VIEW specifies more column names than columns");
  }
  // Fewer names than columns rename the first ones; of unknown columns the names alone are known.
  if (view.columns.empty()) view.columns.resize(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) view.columns[i] = StringOf(names[i]);
  return Ok();
}

// CREATE [OR REPLACE] [TEMPORARY] RECURSIVE VIEW.
bool IsRecursive(const Tokens& tokens) {
  const std::size_t view = tokens.FindWord(0, "view");
  return view > 0 && view < tokens.tokens().size() && tokens.IsWord(view - 1, "recursive");
}

// CREATE RECURSIVE VIEW v (a) AS q is short for CREATE VIEW v AS WITH RECURSIVE v (a) AS (q) SELECT a FROM v
// (manual, CREATE VIEW): so the server keeps it, and so do we.
Done ReadRecursiveQuery(const Session& session, TextRange place, NodeList names, View& view) {
  std::string list;
  for (const std::string& name : StringsOf(names)) list += (list.empty() ? "" : ", ") + QuoteIdentifier(name);
  const std::string name = QuoteIdentifier(view.name.name);
  const std::string head = fmt::format("WITH RECURSIVE {} ({}) AS (", name, list);
  const std::string_view query = session.tokens->source().substr(place.begin, place.end - place.begin);
  auto made = ParseQuery(fmt::format("{}{}) SELECT {} FROM {}", head, query, list, name), ScopeOf(session),
                         &view.columns);
  if (!made) {
    Error error = made.error();
    if (error.offset)
      error.offset =
          place.begin + std::clamp(*error.offset, head.size(), head.size() + query.size()) - head.size();
    return error;
  }
  view.query = *std::move(made);
  return Ok();
}

// A view that is replaced keeps its comment, privileges and column defaults, and may only gain columns
// (manual, CREATE VIEW).
Done ReplaceView(Session& session, const View& old, View view) {
  const bool comparable = !old.columns.empty() && !view.columns.empty();
  if (old.materialized) return ErrorAt(-1, fmt::format("\"{}\" is not a view", old.name.name));
  if (comparable && view.columns.size() < old.columns.size())
    return ErrorAt(-1, "cannot drop columns from view");
  for (std::size_t i = 0; comparable && i < old.columns.size(); ++i) {
    if (old.columns[i] != view.columns[i]) {
      return ErrorAt(-1, fmt::format("cannot change name of view column \"{}\" to \"{}\"", old.columns[i],
                                     view.columns[i]));
    }
  }
  view.comment = old.comment;
  view.privileges = old.privileges;
  view.column_comments = old.column_comments;
  view.column_privileges = old.column_privileges;
  view.column_defaults = old.column_defaults;
  session.catalog->Put(std::move(view));
  return Ok();
}

View* MutableView(Session& session, const ObjectAddress& address) {
  return session.catalog->GetMutable<View>(address);
}

Done SetViewDefault(Session& session, View& view, const PgQuery__AlterTableCmd& command) {
  const std::string column = command.name;
  if (!view.columns.empty() && std::ranges::find(view.columns, column) == view.columns.end()) {
    return ErrorAt(-1, fmt::format("column \"{}\" of relation \"{}\" does not exist", column, view.name.name),
                   DiagnosticKind::UnknownColumn);
  }
  view.column_defaults.Edit().erase(column);
  if (command.def == nullptr) return Ok();
  auto value = MakeExpression(*command.def, *session.tokens, ScopeOf(session));
  if (!value) return value.error();
  view.column_defaults.Edit()[column] = std::move(*value);
  return Ok();
}

}  // namespace

Done CreateView(Session& session, const PgQuery__ViewStmt& statement) {
  const PgQuery__RangeVar& relation = *statement.view;
  if (relation.relpersistence[0] == 't') {
    session.temporary.insert(relation.relname);
    return Ok();
  }
  const auto name = NameForNew(session, SplitName(relation), relation.location);
  if (!name) return name.error();
  View view;
  view.name = *name;
  auto options = OptionsOf({statement.options, statement.n_options});
  if (!options) return options.error();
  view.options = std::move(*options);
  const bool has_check = statement.with_check_option == PG_QUERY__VIEW_CHECK_OPTION__LOCAL_CHECK_OPTION ||
                         statement.with_check_option == PG_QUERY__VIEW_CHECK_OPTION__CASCADED_CHECK_OPTION;
  if (has_check) {
    view.options["check_option"] =
        statement.with_check_option == PG_QUERY__VIEW_CHECK_OPTION__LOCAL_CHECK_OPTION ? "local" : "cascaded";
  }
  const TextRange place{QueryBegin(*session.tokens), QueryEnd(session, has_check, false)};
  const NodeList names{statement.aliases, statement.n_aliases};
  const Done read = IsRecursive(*session.tokens) ? ReadRecursiveQuery(session, place, names, view)
                                                 : ReadQuery(session, *statement.query, place, names, view);
  if (!read) return read;
  const auto existing = session.catalog->FindRelation(*name);
  if (!existing) return schema::Create(*session.catalog, std::move(view));
  const View* old = session.catalog->Get<View>(*existing);
  if (!statement.replace || old == nullptr) {
    return ErrorAt(relation.location, fmt::format("relation \"{}\" already exists", name->name),
                   DiagnosticKind::DuplicateName);
  }
  return ReplaceView(session, View(*old), std::move(view));
}

Done CreateTableAs(Session& session, const PgQuery__CreateTableAsStmt& statement) {
  const PgQuery__RangeVar& relation = *statement.into->rel;
  if (relation.relpersistence[0] == 't') {
    session.temporary.insert(relation.relname);
    return Ok();
  }
  if (statement.objtype != PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW) {
    return Unsupported(relation.location,
                       "CREATE TABLE AS (the columns' types come from the query's result)");
  }
  const auto name = NameForNew(session, SplitName(relation), relation.location);
  if (!name) return name.error();
  if (session.catalog->FindRelation(*name) && statement.if_not_exists) return Ok();
  View view;
  view.name = *name;
  view.materialized = true;
  auto options = OptionsOf({statement.into->options, statement.into->n_options});
  if (!options) return options.error();
  view.options = std::move(*options);
  view.access_method = statement.into->access_method;
  if (view.access_method == "heap") view.access_method.clear();
  view.tablespace = statement.into->table_space_name[0] != '\0' ? statement.into->table_space_name
                                                                : session.default_tablespace;
  view.with_no_data = statement.into->skip_data != 0;
  if (auto read =
          ReadQuery(session, *statement.query, {QueryBegin(*session.tokens), QueryEnd(session, false, true)},
                    {statement.into->col_names, statement.into->n_col_names}, view);
      !read) {
    return read;
  }
  return schema::Create(*session.catalog, std::move(view));
}

Done MakeViewByRule(Session& session, const PgQuery__RuleStmt& rule) {
  const auto table_address = ResolveTable(session, *rule.relation);
  if (!table_address) return table_address.error();
  const schema::Table table = **table_address;
  const bool is_select = rule.event == PG_QUERY__CMD_TYPE__CMD_SELECT && rule.instead != 0 &&
                         rule.n_actions == 1 &&
                         rule.actions[0]->node_case == PG_QUERY__NODE__NODE_SELECT_STMT;
  if (!is_select || !session.catalog->PartsOf(table.name, schema::ObjectKind::Constraint).empty()) {
    return ErrorAt(rule.relation->location,
                   fmt::format("could not convert table \"{}\" to a view", table.name.name));
  }
  View view;
  view.name = table.name;
  const Tokens& tokens = *session.tokens;
  const std::size_t instead = tokens.FindWord(0, "instead");
  if (instead + 1 >= tokens.tokens().size()) return Unsupported(-1, "this rule");
  const TextRange place{tokens.tokens()[instead + 1].begin, tokens.tokens().back().end};
  if (auto read = ReadQuery(session, *rule.actions[0], place, {}, view); !read) return read;
  view.comment = table.comment;
  view.privileges = table.privileges;
  for (const schema::Column& column : table.columns) {
    if (!column.comment.empty()) view.column_comments.Edit()[column.name] = column.comment;
    if (!column.privileges.empty()) view.column_privileges.Edit()[column.name] = column.privileges;
  }
  session.catalog->Remove(TableAddress(table.name));
  return schema::Create(*session.catalog, std::move(view));
}

Done AlterViewAction(Session& session, const ObjectAddress& address, const PgQuery__AlterTableCmd& command) {
  View& view = *MutableView(session, address);
  switch (command.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
      return SetViewDefault(session, view, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions: {
      auto changed = OptionsOf(ListItems(command.def));
      if (!changed) return changed.error();
      for (const auto& [key, value] : *changed) {
        view.options.erase(key);
        if (command.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions) view.options[key] = value;
      }
      return Ok();
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
      view.tablespace = command.name;
      return Ok();
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod:
      view.access_method = command.name;
      return Ok();
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ChangeOwner:
      return Ok();
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
      return Unsupported(-1, "CLUSTER ON a materialized view");
    default:
      return Unsupported(-1, "this action on a view");
  }
}

}  // namespace schemac::sql
