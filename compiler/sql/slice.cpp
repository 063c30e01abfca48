#include "compiler/sql/slice.h"

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "compiler/sql/node_walk.h"
#include "compiler/sql/parse_tree.h"

namespace schemac::sql {
namespace {

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

// Reads slices off trees whose tokens stand side by side: an operator between its operands, a comma between
// arguments. Tokens that are a node's and hold no parentheses but its own parse to the same node wherever
// they stand.
class SliceReader {
 public:
  explicit SliceReader(const Tokens& tokens) : tokens_(tokens), all_(tokens.tokens()) {}

  // As indexes of tokens, [first, end).
  using Range = std::pair<std::size_t, std::size_t>;

  std::optional<Range> Read(const PgQuery__Node& node) {
    switch (node.node_case) {
      case PG_QUERY__NODE__NODE_A_CONST:
        return Constant(*node.a_const);
      case PG_QUERY__NODE__NODE_TYPE_CAST:
        return Cast(*node.type_cast);
      case PG_QUERY__NODE__NODE_COLUMN_REF:
        return Column(*node.column_ref);
      case PG_QUERY__NODE__NODE_FUNC_CALL:
        return Call(*node.func_call);
      case PG_QUERY__NODE__NODE_A_EXPR:
        return Operator(*node.a_expr);
      case PG_QUERY__NODE__NODE_BOOL_EXPR:
        return Boolean(*node.bool_expr);
      case PG_QUERY__NODE__NODE_NULL_TEST:
        return NullTest(*node.null_test);
      default:
        return std::nullopt;
    }
  }

 private:
  [[nodiscard]] TokenKind KindAt(std::size_t index) const {
    return index < all_.size() ? all_[index].kind : TokenKind::Other;
  }
  [[nodiscard]] bool Is(std::size_t index, TokenKind kind, std::string_view text) const {
    return KindAt(index) == kind && tokens_.Text(all_[index]) == text;
  }

  // The tokens from that location on, if one begins there.
  [[nodiscard]] std::optional<Range> From(int location, std::size_t count) const {
    if (location < 0) return std::nullopt;
    const std::size_t first = tokens_.IndexAt(static_cast<std::size_t>(location));
    if (first + count > all_.size() || all_[first].begin != static_cast<std::size_t>(location))
      return std::nullopt;
    return Range{first, first + count};
  }

  // A number, true, false, NULL, or a string that is one token.
  [[nodiscard]] std::optional<Range> Constant(const PgQuery__AConst& constant) const {
    const auto range = From(constant.location, 1);
    if (!range) return std::nullopt;
    const std::size_t index = range->first;
    switch (KindAt(index)) {
      case TokenKind::Number:
        return range;
      case TokenKind::Word:
        return constant.isnull != 0 || constant.val_case == PG_QUERY__A__CONST__VAL_BOOLVAL ? range
                                                                                            : std::nullopt;
      case TokenKind::String:
        // The next may be the rest of it.
        return KindAt(index + 1) == TokenKind::String ? std::nullopt : range;
      case TokenKind::Operator:
        return KindAt(index + 1) == TokenKind::Number ? From(constant.location, 2) : std::nullopt;
      default:
        return std::nullopt;
    }
  }

  // `'…'::name`, where the name is one word.
  [[nodiscard]] std::optional<Range> Cast(const PgQuery__TypeCast& cast) const {
    const PgQuery__TypeName& type = *cast.type_name;
    if (cast.arg->node_case != PG_QUERY__NODE__NODE_A_CONST || cast.arg->a_const->location >= cast.location ||
        type.n_names != 1 || type.n_typmods > 0 || type.n_array_bounds > 0 || type.setof != 0) {
      return std::nullopt;
    }
    const auto constant = Constant(*cast.arg->a_const);
    const auto rest = From(cast.location, 2);
    // Nothing but the constant before the `::`: no parenthesis.
    if (!constant || !rest || constant->second != rest->first) return std::nullopt;
    return Range{constant->first, rest->second};
  }

  [[nodiscard]] std::optional<Range> Column(const PgQuery__ColumnRef& column) const {
    const bool is_name = column.n_fields == 1 && column.fields[0]->node_case == PG_QUERY__NODE__NODE_STRING;
    return is_name ? From(column.location, 1) : std::nullopt;
  }

  // `name(a, b)`.
  std::optional<Range> Call(const PgQuery__FuncCall& call) {
    const bool is_bare = call.n_funcname == 1 && call.n_agg_order == 0 && call.agg_filter == nullptr &&
                         call.over == nullptr && call.agg_star == 0 && call.agg_distinct == 0 &&
                         call.func_variadic == 0 &&
                         call.funcformat == PG_QUERY__COERCION_FORM__COERCE_EXPLICIT_CALL;
    const auto head = is_bare ? From(call.location, 2) : std::nullopt;
    if (!head || !Is(head->first + 1, TokenKind::Open, "(")) return std::nullopt;
    const auto end = List(head->second, {call.args, call.n_args});
    if (!end || !Is(*end, TokenKind::Close, ")")) return std::nullopt;
    return Range{head->first, *end + 1};
  }

  // The end of the nodes that begin there, with commas between them.
  std::optional<std::size_t> List(std::size_t begin, std::span<PgQuery__Node* const> nodes) {
    std::size_t end = begin;
    for (const PgQuery__Node* node : nodes) {
      if (end != begin && KindAt(end++) != TokenKind::Comma) return std::nullopt;
      const auto range = Read(*node);
      if (!range || range->first != end) return std::nullopt;
      end = range->second;
    }
    return end;
  }

  // `a + b`, `a in (b, c)`.
  std::optional<Range> Operator(const PgQuery__AExpr& expression) {
    if (expression.lexpr == nullptr || expression.rexpr == nullptr || expression.n_name != 1)
      return std::nullopt;
    const auto left = Read(*expression.lexpr);
    if (!left) return std::nullopt;
    const std::size_t sign = left->second;
    if (expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_IN) return In(*left, *expression.rexpr);
    if (expression.kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP || KindAt(sign) != TokenKind::Operator)
      return std::nullopt;
    const auto right = Read(*expression.rexpr);
    if (!right || right->first != sign + 1) return std::nullopt;
    return Range{left->first, right->second};
  }

  std::optional<Range> In(const Range& left, const PgQuery__Node& list) {
    std::size_t open = left.second;
    if (tokens_.IsWord(open, "not")) ++open;
    if (!tokens_.IsWord(open, "in") || !Is(open + 1, TokenKind::Open, "(") ||
        list.node_case != PG_QUERY__NODE__NODE_LIST) {
      return std::nullopt;
    }
    const auto end = List(open + 2, {list.list->items, list.list->n_items});
    if (!end || !Is(*end, TokenKind::Close, ")")) return std::nullopt;
    return Range{left.first, *end + 1};
  }

  // `a and b and c`.
  std::optional<Range> Boolean(const PgQuery__BoolExpr& expression) {
    const bool is_and = expression.boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR;
    if (!is_and && expression.boolop != PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR) return std::nullopt;
    std::optional<Range> whole;
    for (const PgQuery__Node* node : std::span(expression.args, expression.n_args)) {
      const auto range = Read(*node);
      if (!range) return std::nullopt;
      if (!whole) {
        whole = range;
        continue;
      }
      if (!tokens_.IsWord(whole->second, is_and ? "and" : "or") || range->first != whole->second + 1)
        return std::nullopt;
      whole->second = range->second;
    }
    return whole;
  }

  // `a is not null`.
  std::optional<Range> NullTest(const PgQuery__NullTest& test) {
    const auto argument = Read(*test.arg);
    if (!argument) return std::nullopt;
    std::size_t end = argument->second;
    if (!tokens_.IsWord(end, "is")) return std::nullopt;
    if (test.nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NOT_NULL && !tokens_.IsWord(++end, "not"))
      return std::nullopt;
    if (!tokens_.IsWord(++end, "null")) return std::nullopt;
    return Range{argument->first, end + 1};
  }

  const Tokens& tokens_;
  const std::vector<Token>& all_;
};

}  // namespace

const PgQuery__Node* OnlyTarget(const PgQuery__ParseResult& result) {
  if (result.n_stmts != 1 || result.stmts[0]->stmt == nullptr) return nullptr;
  const PgQuery__Node& statement = *result.stmts[0]->stmt;
  if (statement.node_case != PG_QUERY__NODE__NODE_SELECT_STMT) return nullptr;
  const PgQuery__SelectStmt& select = *statement.select_stmt;
  if (select.n_target_list != 1 || select.n_from_clause > 0 || select.where_clause != nullptr) return nullptr;
  if (select.target_list[0]->node_case != PG_QUERY__NODE__NODE_RES_TARGET) return nullptr;
  const PgQuery__ResTarget& target = *select.target_list[0]->res_target;
  return target.name != nullptr && *target.name != '\0' ? nullptr : target.val;
}

std::optional<Slice> ReadSlice(const PgQuery__Node& node, const Tokens& tokens) {
  const auto range = SliceReader(tokens).Read(node);
  if (!range) return std::nullopt;
  return Slice{tokens.tokens()[range->first].begin, tokens.tokens()[range->second - 1].end};
}

// The shortest slice around the locations of the tree that parses to the same tree.
std::optional<Slice> SearchSlice(const PgQuery__Node& node, const Tokens& tokens) {
  constexpr std::size_t kMaxTries = 64;
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

std::optional<Slice> FindSlice(const PgQuery__Node& node, const Tokens& tokens) {
  if (const auto slice = ReadSlice(node, tokens)) return slice;
  return SearchSlice(node, tokens);
}

}  // namespace schemac::sql
