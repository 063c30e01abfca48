#include "compiler/sql/nodes.h"

#include <map>
#include <optional>
#include <utility>

#include <pg_query.h>

#include "compiler/sql/analyzer.h"
#include "compiler/sql/deep_stack.h"
#include "compiler/sql/excerpt.h"
#include "compiler/sql/facts.h"
#include "compiler/sql/node_walk.h"
#include "compiler/sql/parse_tree.h"
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

namespace {

// Whether a constant of that type names nothing: one of 'x'::regclass or of a type of the schema may.
bool IsPlainType(const std::optional<schema::Type>& type) {
  return type && type->schema.empty() && !type->name.starts_with("reg");
}

// The same of a name in the text, which no type of a schema can take from the built-in one.
bool IsPlainType(const PgQuery__TypeName& name) {
  const bool is_builtin = !name.pct_type && (name.n_names == 1 ||
                                             (name.n_names == 2 && StringOf(*name.names[0]) == "pg_catalog"));
  const std::string_view last = is_builtin ? StringOf(*name.names[name.n_names - 1]) : "";
  return FindTypeFact(last) != nullptr && last.find("reg") == std::string_view::npos;
}

// A call without arguments of a built-in function, where no schema has another of that name.
bool IsPlainCall(const PgQuery__FuncCall& call, const Scope& scope) {
  const bool is_bare = call.n_funcname == 1 && call.n_args == 0 && call.n_agg_order == 0 && !call.agg_star &&
                       call.agg_filter == nullptr && call.over == nullptr;
  if (!is_bare) return false;
  const std::string_view name = StringOf(*call.funcname[0]);
  return !FunctionFacts(name).empty() && ResolveOverloads("", name, scope).empty();
}

// Whether nothing in the expression is found in a schema.
bool MeansTheSameEverywhere(const PgQuery__Node& node, const Scope& scope) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_A_CONST:
      return true;
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      return node.type_cast->arg->node_case == PG_QUERY__NODE__NODE_A_CONST &&
             IsPlainType(*node.type_cast->type_name);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      return IsPlainCall(*node.func_call, scope);
    default:
      return false;
  }
}

// Such an expression of a built-in type is the same one in every catalog, and a script repeats a few of them
// again and again: `0`, `true`, `'new'`, `now()`.
template <typename Make>
ErrorOr<schema::Expression> Remember(std::string_view text, const schema::Type& type, const Make& make) {
  constexpr std::size_t kLongest = 40;
  constexpr std::size_t kMost = 2'000;
  thread_local std::map<std::pair<schema::Type, std::string>, schema::Expression> known;
  if (text.size() > kLongest) return make();
  std::pair<schema::Type, std::string> key{type, text};
  if (const auto found = known.find(key); found != known.end()) return found->second;
  auto made = make();
  if (!made || !made->references.empty()) return made;
  if (known.size() >= kMost) known.clear();
  known.emplace(std::move(key), *made);
  return made;
}

}  // namespace

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
  const auto make = [&] {
    return AnalyzeSlice(tokens, slice->begin, slice->end, scope, starless,
                        [&](Analyzer& analyzer, CanonicalWriter& writer) {
                          writer.Write(*analyzer.ExpressionFor(node, scope.value_type));
                        });
  };
  const bool is_plain = IsPlainType(scope.value_type) && MeansTheSameEverywhere(node, scope);
  const std::string_view text = tokens.source().substr(slice->begin, slice->end - slice->begin);
  auto expression = is_plain ? Remember(text, *scope.value_type, make) : make();
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
