// ALTER FUNCTION and ALTER PROCEDURE: the routine is put together again from what it was and what changes.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/sql/parse_tree.h"
#include "compiler/sql/statement_address.h"
#include "compiler/sql/statement_routine.h"
#include "compiler/sql/statements.h"
#include "compiler/support/quote.h"

namespace schemac::sql {
namespace {

// The offset at which the first attribute stands.
std::size_t FirstAttribute(const PgQuery__CreateFunctionStmt& statement, std::size_t end) {
  for (const PgQuery__Node* node : NodeList{statement.options, statement.n_options}) {
    if (node->node_case == PG_QUERY__NODE__NODE_DEF_ELEM) {
      end = std::min(end, static_cast<std::size_t>(std::max(node->def_elem->location, 0)));
    }
  }
  return end;
}

void Merge(const RoutineAttributes& changes, RoutineAttributes& attributes) {
  if (changes.contains("set")) {
    std::erase_if(attributes, [](const auto& attribute) { return attribute.first.starts_with("set "); });
  }
  for (const auto& [name, value] : changes) attributes[name] = value;
  DropRoutineDefaults(attributes);
}

}  // namespace

Done AlterRoutine(Session& session, const PgQuery__AlterFunctionStmt& statement) {
  PgQuery__Node routine = PG_QUERY__NODE__INIT;
  routine.node_case = PG_QUERY__NODE__NODE_OBJECT_WITH_ARGS;
  routine.object_with_args = statement.func;
  const auto address = ResolveObject(session, statement.objtype, routine);
  if (!address) return address.error();
  const auto* function = session.catalog->Get<schema::Function>(*address);
  if (function == nullptr) return Unsupported(-1, "altering an aggregate");
  const std::string head =
      fmt::format("CREATE OR REPLACE {} {}", function->procedure ? "PROCEDURE" : "FUNCTION",
                  QuoteQualified(function->name.schema, function->name.name));
  const std::string text = head + " " + function->definition.text;
  const auto tree = ParseTree::Parse(text);
  if (!tree) return tree.error();
  const PgQuery__CreateFunctionStmt& old = *tree->result().stmts[0]->stmt->create_function_stmt;
  if (old.sql_body != nullptr) return Unsupported(-1, "altering a function with a BEGIN ATOMIC body");
  auto attributes = ReadRoutineAttributes({old.options, old.n_options});
  if (!attributes) return attributes.error();
  const auto changes = ReadRoutineAttributes({statement.actions, statement.n_actions});
  if (!changes) return changes.error();
  Merge(*changes, *attributes);
  if ((*attributes)["language"] == "c") return Unsupported(-1, "altering a function in C");
  const std::string body = (*attributes)["as"];
  const std::string altered = text.substr(0, FirstAttribute(old, text.size())) +
                              SpellRoutineAttributes(*attributes) + " AS " + DollarQuote(body);
  const auto outer_path = std::exchange(session.search_path, {"public"});
  Done done = RunText(session, altered);
  session.search_path = outer_path;
  if (!done) return ErrorAt(-1, done.error().message, done.error().kind);
  return done;
}

}  // namespace schemac::sql
