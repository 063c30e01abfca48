#include "compiler/sql/expression.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "compiler/sql/analyzer.h"
#include "compiler/sql/canonical_literal.h"
#include "compiler/sql/deep_stack.h"
#include "compiler/sql/excerpt.h"
#include "compiler/sql/facts.h"
#include "compiler/sql/nodes.h"
#include "compiler/sql/parse_tree.h"
#include "compiler/sql/touched.h"

namespace schemac::sql {
namespace {

Error SyntaxError(std::string message, std::size_t offset, std::size_t length = 1) {
  return {std::move(message), DiagnosticKind::SqlSyntax, offset, length, ""};
}

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\n\r\f\v";
  const std::size_t begin = std::min(text.find_first_not_of(kBlanks), text.size());
  return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

// Whether the tokens [first, last] can be one expression: no parenthesis leaves them, nothing separates them.
std::optional<Error> CheckShape(const Tokens& tokens) {
  std::size_t depth = 0;
  for (const Token& token : tokens.tokens()) {
    if (token.kind == TokenKind::Open) ++depth;
    if (token.kind == TokenKind::Close && depth-- == 0)
      return SyntaxError("unexpected closing parenthesis", token.begin);
    if (token.kind == TokenKind::Semicolon)
      return SyntaxError("an expression ends before \";\"", token.begin);
    if (token.kind == TokenKind::Comma && depth == 0)
      return SyntaxError("an expression ends before \",\"", token.begin);
  }
  if (tokens.tokens().empty()) return SyntaxError("an expression was expected", 0);
  if (depth > 0) return SyntaxError("a parenthesis is not closed", tokens.tokens().back().begin);
  for (const std::string_view word : {"select", "with", "values", "table"}) {
    if (tokens.IsWord(0, word))
      return SyntaxError("a query must stand in parentheses here", tokens.tokens()[0].begin);
  }
  return std::nullopt;
}

// How many pairs of parentheses around the whole say nothing.
std::size_t RedundantParentheses(const Tokens& tokens) {
  const std::vector<Token>& all = tokens.tokens();
  std::vector<std::size_t> closes(all.size(), 0);
  std::vector<std::size_t> open;
  std::vector<bool> has_comma(all.size(), false);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].kind == TokenKind::Open) open.push_back(i);
    if (all[i].kind == TokenKind::Comma && !open.empty()) has_comma[open.back()] = true;
    if (all[i].kind == TokenKind::Close && !open.empty()) {
      closes[open.back()] = i;
      open.pop_back();
    }
  }
  std::size_t pairs = 0;
  while (2 * pairs + 2 < all.size() && all[pairs].kind == TokenKind::Open &&
         tokens.source()[all[pairs].begin] == '(' && closes[pairs] == all.size() - 1 - pairs &&
         !has_comma[pairs]) {
    bool is_query = false;
    for (const std::string_view word : {"select", "with", "values", "table"})
      is_query = is_query || tokens.IsWord(pairs + 1, word);
    if (is_query) break;
    ++pairs;
  }
  return pairs;
}

// Literals, numbers and calls without arguments, the bulk of all defaults, need no parser. Must say the same
// as the long way.
class ShortWay {
 public:
  ShortWay(const Tokens& tokens, Analyzer& analyzer, const Scope& scope)
      : tokens_(tokens), analyzer_(analyzer), scope_(scope) {}

  Term* Read() {
    const std::vector<Token>& all = tokens_.tokens();
    if (all.empty() || all.size() > 3 || !tokens_.comments().empty()) return nullptr;
    if (std::any_of(tokens_.source().begin(), tokens_.source().end(),
                    [](char c) { return static_cast<unsigned char>(c) >= 0x80 || c == 0; })) {
      return nullptr;
    }
    if (all.size() == 1) return Single(0);
    if (all.size() == 2) return Negative();
    if (all[1].kind == TokenKind::Operator && tokens_.Text(all[1]) == "::") return Cast();
    return Call();
  }

 private:
  Term* Single(std::size_t index) {
    const Token& token = tokens_.tokens()[index];
    const std::string_view text = tokens_.Text(token);
    if (token.kind == TokenKind::String) return Literal(token);
    if (token.kind == TokenKind::Number) return IsPlain(text) ? analyzer_.NumberTerm(text) : nullptr;
    if (tokens_.IsWord(index, "true")) return analyzer_.BooleanTerm(true);
    if (tokens_.IsWord(index, "false")) return analyzer_.BooleanTerm(false);
    if (tokens_.IsWord(index, "null")) return analyzer_.NullTerm();
    return nullptr;
  }

  Term* Literal(const Token& token) {
    const std::string_view text = tokens_.Text(token);
    if (text.size() < 2 || text.front() != '\'' || text.back() != '\'') return nullptr;
    const std::string_view inner = text.substr(1, text.size() - 2);
    std::string value;
    for (std::size_t i = 0; i < inner.size(); ++i) {
      value += inner[i];
      if (inner[i] != '\'') continue;
      if (i + 1 >= inner.size() || inner[i + 1] != '\'') return nullptr;
      ++i;
    }
    return analyzer_.LiteralTerm(value, token.begin, token.end);
  }

  static bool IsPlain(std::string_view number) {
    return number.find_first_not_of("0123456789.") == std::string_view::npos && number.front() != '.' &&
           number.back() != '.';
  }

  Term* Negative() {
    const std::vector<Token>& all = tokens_.tokens();
    if (tokens_.Text(all[0]) != "-" || all[1].kind != TokenKind::Number || !IsPlain(tokens_.Text(all[1])))
      return nullptr;
    return analyzer_.NumberTerm(fmt::format("-{}", tokens_.Text(all[1])));
  }

  Term* Cast() {
    const Token& name = tokens_.tokens()[2];
    const std::string_view text = tokens_.Text(name);
    const bool plain =
        name.kind == TokenKind::Word &&
        text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == std::string_view::npos;
    // Names that the grammar reads on its own terms go the long way.
    const TypeFact* fact = plain && text != "bit" && text != "char" ? FindTypeFact(text) : nullptr;
    if (fact == nullptr || fact->kind != 'b') return nullptr;
    Term* term = Single(0);
    if (term == nullptr || term->kind == TermKind::Constant) return nullptr;
    return analyzer_.ExplicitCast(term, {"", std::string(fact->format), "", false}, std::nullopt);
  }

  Term* Call() {
    const std::vector<Token>& all = tokens_.tokens();
    const std::string_view name = tokens_.Text(all[0]);
    if (all[0].kind != TokenKind::Word || tokens_.Text(all[1]) != "(" || tokens_.Text(all[2]) != ")")
      return nullptr;
    if (name != "now" && name != "gen_random_uuid" && name != "clock_timestamp" && name != "random" &&
        name != "statement_timestamp") {
      return nullptr;
    }
    const std::vector<Signature>& signatures = FunctionFacts(name);
    if (signatures.size() != 1) return nullptr;
    Term* term = analyzer_.NullTerm();
    *term = Term{};
    term->head = "call";
    term->value = name;
    term->type = signatures.front().result;
    return term;
  }

  const Tokens& tokens_;
  Analyzer& analyzer_;
  const Scope& scope_;
};

std::optional<schema::Expression> ParseShort(const Tokens& tokens, const Scope& scope) {
  Analyzer analyzer(scope, tokens);
  Term* term = ShortWay(tokens, analyzer, scope).Read();
  if (term == nullptr) return std::nullopt;
  CanonicalWriter writer(analyzer.types());
  writer.Write(*analyzer.Finish(term, scope.value_type));
  if (analyzer.error()) return std::nullopt;  // The long way says where.
  const std::vector<Token>& all = tokens.tokens();
  return MakeExcerpt(tokens, all.front().begin, all.back().end,
                     {std::move(writer).Finish(), analyzer.mentions(), {}});
}

// Runs `analyze` on the tree of prefix + text + suffix, and moves the places of errors back into the text.
template <typename Use>
ErrorOr<schema::Expression> ParseWrapped(std::string_view prefix, std::string_view text,
                                         std::string_view suffix, Use use) {
  const std::string wrapped = fmt::format("{}{}{}", prefix, text, suffix);
  const auto moved = [&](Error error) {
    if (error.offset)
      error.offset = std::min(*error.offset - std::min(*error.offset, prefix.size()), text.size());
    return error;
  };
  auto tree = ParseTree::Parse(wrapped);
  if (!tree) return moved(tree.error());
  auto expression = use(*tree, wrapped);
  if (!expression) return moved(expression.error());
  return expression;
}

}  // namespace

ErrorOr<schema::Expression> ParseExpression(std::string_view text, const Scope& scope) {
  const Tokens tokens(text);
  if (auto quick = ParseShort(tokens, scope)) return *std::move(quick);
  if (auto error = CheckShape(tokens)) {
    // The parser knows best what is wrong with the text itself.
    if (auto tree = ParseTree::Parse(fmt::format("SELECT {}", text)); !tree && tree.error().offset) {
      Error better = tree.error();
      better.offset = std::min(*better.offset - std::min<std::size_t>(*better.offset, 7), text.size());
      return better;
    }
    return *error;
  }
  constexpr std::string_view kPrefix = "SELECT (";
  return ParseWrapped(
      kPrefix, text, "\n)",
      [&](const ParseTree& tree, const std::string& wrapped) -> ErrorOr<schema::Expression> {
        const PgQuery__ParseResult& result = tree.result();
        const bool is_select = result.n_stmts == 1 &&
                               result.stmts[0]->stmt->node_case == PG_QUERY__NODE__NODE_SELECT_STMT &&
                               result.stmts[0]->stmt->select_stmt->n_target_list == 1;
        if (!is_select) return SyntaxError("an expression was expected", 0);
        const PgQuery__Node& node = *result.stmts[0]->stmt->select_stmt->target_list[0]->res_target->val;
        const std::size_t pairs = RedundantParentheses(tokens);
        const std::vector<Token>& all = tokens.tokens();
        const std::size_t begin = kPrefix.size() + all[pairs].begin;
        const std::size_t end = kPrefix.size() + all[all.size() - 1 - pairs].end;
        const Tokens wrapped_tokens(wrapped);
        std::optional<ErrorOr<schema::Expression>> made;
        std::optional<std::string> starless;
        RunOnDeepStack(MeasureNesting(text), [&] {
          Analyzer analyzer(scope, wrapped_tokens);
          CanonicalWriter writer(analyzer.types());
          writer.Write(*analyzer.ExpressionFor(node, scope.value_type));
          if (analyzer.error()) {
            made.emplace(*analyzer.error());
          } else {
            starless = SpellStars(wrapped_tokens, begin, end, analyzer.stars());
            made.emplace(
                MakeExcerpt(wrapped_tokens, begin, end,
                            {std::move(writer).Finish(), analyzer.mentions(), analyzer.respellings()}));
          }
        });
        if (!*made || !starless) return *std::move(made);
        auto spelled = ParseExpression(*starless, scope);
        return spelled && *spelled == **made ? spelled : *std::move(made);
      });
}

ErrorOr<schema::Expression> ParseQuery(std::string_view text, const Scope& scope,
                                       std::vector<std::string>* columns) {
  const std::string_view trimmed = Trim(text);
  const auto skipped = static_cast<std::size_t>(trimmed.data() - text.data());
  if (trimmed.empty()) return SyntaxError("a query was expected", 0);
  auto tree = ParseTree::Parse(trimmed);
  const auto moved = [&](Error error) {
    if (error.offset) *error.offset += skipped;
    return error;
  };
  if (!tree) return moved(tree.error());
  if (tree->result().n_stmts != 1) return SyntaxError("one query was expected", skipped);
  // Behind it there may be semicolons, and comments.
  const PgQuery__RawStmt& statement = *tree->result().stmts[0];
  const std::size_t end = statement.stmt_len > 0
                              ? static_cast<std::size_t>(statement.stmt_location + statement.stmt_len)
                              : trimmed.size();
  const Tokens tokens(trimmed);
  auto query = MakeQuery(*statement.stmt, tokens, 0, end, scope, columns);
  if (!query) return moved(query.error());
  return query;
}

ErrorOr<std::vector<schema::ObjectAddress>> ReferencesOfStatements(std::string_view text,
                                                                   const Scope& scope) {
  auto tree = ParseTree::Parse(text);
  if (!tree) return tree.error();
  if (scope.catalog == nullptr) return std::vector<schema::ObjectAddress>();
  std::vector<schema::ObjectAddress> touched;
  RunOnDeepStack(MeasureNesting(text), [&] { touched = TouchedBy(tree->result().base, scope); });
  return touched;
}

}  // namespace schemac::sql
