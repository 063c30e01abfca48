#include "compiler/sql/nodes.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include <fmt/format.h>
#include <pg_query.h>

#include "compiler/sql/analyzer.h"
#include "compiler/sql/deep_stack.h"
#include "compiler/sql/excerpt.h"
#include "compiler/sql/node_walk.h"
#include "compiler/sql/parse_tree.h"

namespace schemac::sql {
namespace {

struct Slice {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The only expression of `SELECT (text)`, or nullptr.
const PgQuery__Node* OnlyTarget(const PgQuery__ParseResult& result) {
  if (result.n_stmts != 1 || result.stmts[0]->stmt->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
    return nullptr;
  const PgQuery__SelectStmt& select = *result.stmts[0]->stmt->select_stmt;
  if (select.n_target_list != 1 || select.n_from_clause > 0 || select.where_clause != nullptr) return nullptr;
  const PgQuery__ResTarget& target = *select.target_list[0]->res_target;
  return target.name != nullptr && *target.name != '\0' ? nullptr : target.val;
}

// The tree of `SELECT (text)`, dumped; nullopt when that is no expression. A script repeats a few spellings
// again and again, and a text has the same tree each time: so the trees of short ones are remembered.
std::optional<std::string> DumpOfText(std::string_view text) {
  constexpr std::size_t kLongest = 200;
  constexpr std::size_t kMost = 20'000;
  thread_local std::map<std::string, std::optional<std::string>, std::less<>> known;
  if (auto found = known.find(text); found != known.end()) return found->second;
  const auto tree = ParseTree::Parse(fmt::format("SELECT ({}\n)", text));
  const PgQuery__Node* target = tree ? OnlyTarget(tree->result()) : nullptr;
  std::optional<std::string> dump;
  if (target != nullptr) dump = DumpTree(target->base);
  if (text.size() > kLongest) return dump;
  if (known.size() >= kMost) known.clear();
  known.emplace(text, dump);
  return dump;
}

// The slice of `count` tokens from that location on, if one begins there.
std::optional<Slice> TokensFrom(const Tokens& tokens, int location, std::size_t count) {
  if (location < 0) return std::nullopt;
  const std::vector<Token>& all = tokens.tokens();
  const std::size_t first = tokens.IndexAt(static_cast<std::size_t>(location));
  if (first + count > all.size() || all[first].begin != static_cast<std::size_t>(location))
    return std::nullopt;
  return Slice{all[first].begin, all[first + count - 1].end};
}

// A number, true, false, NULL, or a string that is one token.
std::optional<Slice> SliceOfConstant(const PgQuery__AConst& constant, const Tokens& tokens) {
  const auto slice = TokensFrom(tokens, constant.location, 1);
  if (!slice) return std::nullopt;
  const std::size_t index = tokens.IndexAt(slice->begin);
  const auto kind = [&](std::size_t at) {
    return at < tokens.tokens().size() ? tokens.tokens()[at].kind : TokenKind::Other;
  };
  switch (kind(index)) {
    case TokenKind::Number:
      return slice;
    case TokenKind::Word:
      return constant.isnull != 0 || constant.val_case == PG_QUERY__A__CONST__VAL_BOOLVAL ? slice
                                                                                          : std::nullopt;
    case TokenKind::String:
      // The next may be the rest of it.
      return kind(index + 1) == TokenKind::String ? std::nullopt : slice;
    case TokenKind::Operator:
      return kind(index + 1) == TokenKind::Number ? TokensFrom(tokens, constant.location, 2) : std::nullopt;
    default:
      return std::nullopt;
  }
}

// `'…'::name`, where the name is one word.
std::optional<Slice> SliceOfCast(const PgQuery__TypeCast& cast, const Tokens& tokens) {
  const PgQuery__TypeName& type = *cast.type_name;
  if (cast.arg->node_case != PG_QUERY__NODE__NODE_A_CONST || cast.arg->a_const->location >= cast.location ||
      type.n_names != 1 || type.n_typmods > 0 || type.n_array_bounds > 0 || type.setof != 0) {
    return std::nullopt;
  }
  const auto constant = SliceOfConstant(*cast.arg->a_const, tokens);
  const auto rest = TokensFrom(tokens, cast.location, 2);
  // Nothing but the constant before the `::`: no parenthesis.
  if (!constant || !rest || tokens.IndexAt(constant->end) != tokens.IndexAt(rest->begin)) return std::nullopt;
  return Slice{constant->begin, rest->end};
}

// What most defaults and predicates are: no search is needed for constants, columns and calls without
// arguments.
std::optional<Slice> PlainSlice(const PgQuery__Node& node, const Tokens& tokens) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_A_CONST:
      return SliceOfConstant(*node.a_const, tokens);
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      return SliceOfCast(*node.type_cast, tokens);
    case PG_QUERY__NODE__NODE_COLUMN_REF: {
      const PgQuery__ColumnRef& column = *node.column_ref;
      const bool is_name = column.n_fields == 1 && column.fields[0]->node_case == PG_QUERY__NODE__NODE_STRING;
      return is_name ? TokensFrom(tokens, column.location, 1) : std::nullopt;
    }
    case PG_QUERY__NODE__NODE_FUNC_CALL: {
      const PgQuery__FuncCall& call = *node.func_call;
      const bool is_bare = call.n_funcname == 1 && call.n_args == 0 && call.n_agg_order == 0 &&
                           call.agg_filter == nullptr && call.over == nullptr && call.agg_star == 0 &&
                           call.agg_distinct == 0 &&
                           call.funcformat == PG_QUERY__COERCION_FORM__COERCE_EXPLICIT_CALL;
      const auto slice = is_bare ? TokensFrom(tokens, call.location, 3) : std::nullopt;
      return slice && tokens.source()[slice->end - 1] == ')' ? slice : std::nullopt;
    }
    default:
      return std::nullopt;
  }
}

// Nodes tell where they begin, roughly, and never where they end. The shortest slice around the locations of
// the tree that parses to the same tree is its text.
std::optional<Slice> FindSlice(const PgQuery__Node& node, const Tokens& tokens) {
  constexpr std::size_t kMaxTries = 64;
  if (const auto plain = PlainSlice(node, tokens)) return plain;
  const LocationRange range = LocationsOf(node.base);
  if (range.last == 0) return std::nullopt;
  const std::vector<Token>& all = tokens.tokens();
  std::size_t first = tokens.IndexAt(range.first);
  std::size_t last = tokens.IndexAt(range.last);
  if (first >= all.size() || last >= all.size() || all[first].begin != range.first) return std::nullopt;
  const std::string wanted = DumpTree(node.base);
  // Close what was opened before the last location, or begin where that was opened.
  std::ptrdiff_t depth = 0;
  const auto step = [&](std::size_t index) {
    if (all[index].kind == TokenKind::Open) ++depth;
    if (all[index].kind == TokenKind::Close) --depth;
    while (depth < 0 && first > 0) {
      --first;
      if (all[first].kind == TokenKind::Open) ++depth;
      if (all[first].kind == TokenKind::Close) --depth;
    }
  };
  for (std::size_t i = first; i < last; ++i) step(i);
  for (std::size_t tries = 0; last < all.size() && tries < kMaxTries; ++last) {
    if (all[last].kind == TokenKind::Semicolon) break;
    step(last);
    if (depth != 0) continue;
    ++tries;
    const Slice slice{all[first].begin, all[last].end};
    if (DumpOfText(tokens.source().substr(slice.begin, slice.end - slice.begin)) == wanted) return slice;
  }
  return std::nullopt;
}

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
  auto expression = AnalyzeSlice(tokens, slice->begin, slice->end, scope, starless,
                                 [&](Analyzer& analyzer, CanonicalWriter& writer) {
                                   writer.Write(*analyzer.ExpressionFor(node, scope.value_type));
                                 });
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
