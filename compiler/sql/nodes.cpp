#include "compiler/sql/nodes.h"

#include <optional>
#include <utility>

#include <pg_query.h>

#include "compiler/sql/analyzer.h"
#include "compiler/sql/deep_stack.h"
#include "compiler/sql/excerpt.h"
#include "compiler/sql/node_walk.h"
#include "compiler/sql/parse_tree.h"
#include "compiler/sql/remembered.h"
#include "compiler/sql/slice.h"

namespace schemac::sql {
namespace {

// `starless` receives the text with every `*` spelled out, when there is one.
template <typename Analyze>
ErrorOr<schema::Expression> AnalyzeSlice(const Tokens& tokens, std::size_t begin, std::size_t end,
                                         const Scope& scope, std::optional<std::string>& starless,
                                         Analyze analyze) {
  std::optional<ErrorOr<schema::Expression>> result;
  const std::string_view text = tokens.source().substr(begin, end - begin);
  RunOnDeepStack(MeasureNesting(text), [&] {
    Analyzer analyzer(scope, tokens);
    CanonicalWriter writer(analyzer.types());
    analyze(analyzer, writer);
    if (analyzer.error()) {
      result.emplace(*analyzer.error());
    } else {
      starless = SpellStars(tokens, begin, end, analyzer.stars());
      result.emplace(MakeExcerpt(tokens, begin, end,
                                 {std::move(writer).Finish(), analyzer.mentions(), analyzer.respellings()}));
    }
  });
  return *std::move(result);
}

// The query of which [begin, end) is the text.
ErrorOr<schema::Expression> AnalyzeQuery(const PgQuery__SelectStmt& select, const Tokens& tokens,
                                         std::size_t begin, std::size_t end, const Scope& scope,
                                         std::optional<std::string>& starless,
                                         std::vector<std::string>* columns,
                                         const std::vector<std::string>& names) {
  if (columns != nullptr) columns->clear();
  return AnalyzeSlice(tokens, begin, end, scope, starless, [&](Analyzer& analyzer, CanonicalWriter& writer) {
    const QueryResult result = analyzer.Query(select);
    writer.WriteSyntax("(query (");
    for (std::size_t i = 0; i < result.columns.size(); ++i) {
      const std::string& name = i < names.size() ? names[i] : result.columns[i].name;
      writer.WriteValue(name);
      if (columns != nullptr && result.known) columns->push_back(name);
    }
    writer.WriteSyntax(") ");
    writer.Write(*result.term);
    writer.WriteSyntax(")");
  });
}

}  // namespace

std::string Deparse(const PgQuery__Node& node) {
  PgQuery__ResTarget target = PG_QUERY__RES_TARGET__INIT;
  target.val = const_cast<PgQuery__Node*>(&node);
  PgQuery__Node target_node = PG_QUERY__NODE__INIT;
  target_node.node_case = PG_QUERY__NODE__NODE_RES_TARGET;
  target_node.res_target = &target;
  PgQuery__Node* targets[] = {&target_node};
  PgQuery__SelectStmt select = PG_QUERY__SELECT_STMT__INIT;
  select.n_target_list = 1;
  select.target_list = targets;
  select.op = PG_QUERY__SET_OPERATION__SETOP_NONE;
  select.limit_option = PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_DEFAULT;
  PgQuery__Node statement = PG_QUERY__NODE__INIT;
  statement.node_case = PG_QUERY__NODE__NODE_SELECT_STMT;
  statement.select_stmt = &select;
  PgQuery__RawStmt raw = PG_QUERY__RAW_STMT__INIT;
  raw.stmt = &statement;
  PgQuery__RawStmt* statements[] = {&raw};
  PgQuery__ParseResult result = PG_QUERY__PARSE_RESULT__INIT;
  result.version = PG_VERSION_NUM;
  result.n_stmts = 1;
  result.stmts = statements;

  std::string packed(pg_query__parse_result__get_packed_size(&result), '\0');
  pg_query__parse_result__pack(&result, reinterpret_cast<std::uint8_t*>(packed.data()));
  PgQueryDeparseResult deparsed = pg_query_deparse_protobuf({packed.size(), packed.data()});
  constexpr std::string_view kPrefix = "SELECT ";
  std::string text = deparsed.error == nullptr && deparsed.query != nullptr ? deparsed.query : "";
  pg_query_free_deparse_result(deparsed);
  return text.starts_with(kPrefix) ? text.substr(kPrefix.size()) : "";
}

ErrorOr<schema::Expression> MakeExpression(const PgQuery__Node& node, const Tokens& tokens,
                                           const Scope& scope) {
  const auto slice = FindSlice(node, tokens);
  if (!slice) {
    const std::string text = Deparse(node);
    auto expression = ParseExpression(text, scope);
    if (expression) return expression;
    // The place in our own spelling says nothing to the author.
    Error error = expression.error();
    error.offset = LocationsOf(node.base).first;
    return error;
  }
  std::optional<std::string> starless;
  const std::string_view text = tokens.source().substr(slice->begin, slice->end - slice->begin);
  std::string meaning = MeaningOf(node, text, scope);
  if (auto known = Recall(meaning, scope)) return *std::move(known);
  auto expression = AnalyzeSlice(tokens, slice->begin, slice->end, scope, starless,
                                 [&](Analyzer& analyzer, CanonicalWriter& writer) {
                                   writer.Write(*analyzer.ExpressionFor(node, scope.value_type));
                                 });
  if (expression) Remember(std::move(meaning), *expression, scope);
  if (!expression || !starless) return expression;
  auto spelled = ParseExpression(*starless, scope);
  return spelled && *spelled == *expression ? spelled : expression;
}

ErrorOr<schema::Expression> MakeQuery(const PgQuery__Node& select, const Tokens& tokens, std::size_t begin,
                                      std::size_t end, const Scope& scope, std::vector<std::string>* columns,
                                      const std::vector<std::string>& names) {
  if (select.node_case != PG_QUERY__NODE__NODE_SELECT_STMT) {
    if (columns != nullptr) columns->clear();
    return Error{"a query was expected", DiagnosticKind::SqlSyntax, begin, 1, ""};
  }
  Scope bare = scope;
  bare.table = nullptr;
  std::optional<std::string> starless;
  auto query = AnalyzeQuery(*select.select_stmt, tokens, begin, end, bare, starless, columns, names);
  if (!query || !starless) return query;
  const auto tree = ParseTree::Parse(*starless);
  if (!tree) return query;
  const PgQuery__Node& again = *tree->result().stmts[0]->stmt;
  const Tokens words(*starless);
  std::optional<std::string> none;
  auto spelled =
      AnalyzeQuery(*again.select_stmt, words, 0, words.source().size(), bare, none, nullptr, names);
  return spelled && *spelled == *query ? spelled : query;
}

}  // namespace schemac::sql
