#include "compiler/sql/do_block.h"

#include <algorithm>
#include <array>

#include "compiler/sql/parse_tree.h"

namespace schemac::sql {
namespace {

// Those that begin a statement of SQL. SELECT is none of them: it is there to fill a variable.
constexpr auto kWords = std::to_array<std::string_view>(
    {"alter",   "analyze",  "comment", "commit",   "copy",   "create", "delete", "drop",
     "grant",   "import",   "insert",  "lock",     "merge",  "reset",  "revoke", "refresh",
     "reindex", "rollback", "set",     "truncate", "update", "with"});

// The value of a string constant.
std::string ValueOf(std::string_view literal) {
  const auto tree = ParseTree::Parse("DO " + std::string(literal));
  if (!tree || tree->result().n_stmts != 1) return "";
  const PgQuery__Node& node = *tree->result().stmts[0]->stmt;
  if (node.node_case != PG_QUERY__NODE__NODE_DO_STMT || node.do_stmt->n_args != 1) return "";
  const PgQuery__Node* argument = node.do_stmt->args[0]->def_elem->arg;
  return argument->node_case == PG_QUERY__NODE__NODE_STRING ? argument->string->sval : "";
}

class BodyReader {
 public:
  explicit BodyReader(std::string_view body) : tokens_(body) {}

  BlockContents Read() {
    for (std::size_t at = 0; at < Count();) {
      const bool begins = BeginsBlockStatement(tokens_, at);
      const std::size_t end = begins ? EndOfBlockStatement(tokens_, at) : at + 1;
      if (begins && IsStatement(at)) {
        Take(at, end);
        at = end;
      } else if (tokens_.IsWord(at, "execute")) {
        // Elsewhere: FOR … IN EXECUTE, RETURN QUERY EXECUTE.
        if (!begins || !TakeExecuted(at, end)) contents_.opaque = true;
        at = end;
      } else {
        ++at;
      }
    }
    return std::move(contents_);
  }

 private:
  [[nodiscard]] std::size_t Count() const { return tokens_.tokens().size(); }
  [[nodiscard]] const Token& At(std::size_t index) const { return tokens_.tokens()[index]; }

  // A variable may have such a word for a name.
  [[nodiscard]] bool IsStatement(std::size_t at) const {
    const bool assigns =
        at + 1 < Count() && (tokens_.Text(At(at + 1)) == ":=" || tokens_.Text(At(at + 1)) == "=");
    return !assigns &&
           std::ranges::any_of(kWords, [&](std::string_view word) { return tokens_.IsWord(at, word); });
  }

  // Without what PL/pgSQL adds: the variables that take what is returned.
  void Take(std::size_t at, std::size_t end) {
    const std::size_t returning = tokens_.FindWord(at, "returning");
    const std::size_t into = returning < end ? tokens_.FindWord(returning, "into") : end;
    const std::size_t cut = std::min(into, end);
    BlockStatement& made = contents_.statements.emplace_back();
    made.begin = At(at).begin;
    made.end = At(cut - 1).end;
    made.text = tokens_.source().substr(made.begin, made.end - made.begin);
    made.spelled = true;
  }

  // EXECUTE of a constant. False for any other.
  bool TakeExecuted(std::size_t at, std::size_t end) {
    const bool constant =
        at + 1 < end && At(at + 1).kind == TokenKind::String &&
        (at + 2 == end || tokens_.IsWord(at + 2, "using") || tokens_.IsWord(at + 2, "into"));
    if (!constant) return false;
    std::string text = ValueOf(tokens_.Text(At(at + 1)));
    if (text.empty()) return false;
    contents_.statements.push_back({At(at).begin, At(at + 1).end, std::move(text), false});
    return true;
  }

  Tokens tokens_;
  BlockContents contents_;
};

}  // namespace

BlockContents ReadBlockBody(std::string_view body) { return BodyReader(body).Read(); }

bool BeginsBlockStatement(const Tokens& tokens, std::size_t at) {
  if (at == 0 || tokens.tokens()[at - 1].kind == TokenKind::Semicolon) return true;
  const auto after = [&](std::string_view word) { return tokens.IsWord(at - 1, word); };
  return after("begin") || after("then") || after("else") || after("loop") ||
         tokens.Text(tokens.tokens()[at - 1]) == ">>";
}

std::size_t EndOfBlockStatement(const Tokens& tokens, std::size_t at) {
  while (at < tokens.tokens().size() && tokens.tokens()[at].kind != TokenKind::Semicolon) ++at;
  return at;
}

}  // namespace schemac::sql
