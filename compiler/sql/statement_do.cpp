// DO blocks of the shapes that make a script idempotent:
//
//     BEGIN <statements> EXCEPTION WHEN duplicate_object THEN NULL; END
//     BEGIN IF NOT EXISTS (SELECT … FROM pg_… WHERE … = 'name') THEN <statements> END IF; END
//     DECLARE t text; BEGIN FOREACH t IN ARRAY ARRAY['a', 'b'] LOOP EXECUTE format('… %I', t); END LOOP; END
//
// Others are refused, unless no word in them could change a schema.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "compiler/sql/constant_text.h"
#include "compiler/sql/do_block.h"
#include "compiler/sql/statement_address.h"
#include "compiler/sql/statements.h"
#include "compiler/support/characters.h"

namespace schemac::sql {
namespace {

constexpr auto kSchemaWords =
    std::to_array<std::string_view>({"create", "alter", "drop", "grant", "revoke", "comment", "execute",
                                     "perform", "call", "truncate", "rename", "security"});

// What a failed statement may be caught as, in a handler.
struct Handled {
  bool duplicates = false;
  bool missing = false;
};

bool Catches(const Handled& handled, const Error& error) {
  if (error.kind == DiagnosticKind::DuplicateName) return handled.duplicates;
  const bool missing = error.kind == DiagnosticKind::UnknownName ||
                       error.kind == DiagnosticKind::UnknownColumn ||
                       error.kind == DiagnosticKind::UnknownType;
  return missing && handled.missing;
}

class Block {
 public:
  Block(Session& session, std::string_view body) : session_(session), tokens_(body) {}

  Done Run() {
    if (!MayChangeSchema()) return Ok();
    if (auto done = RunBlock(); !done) return done;
    if (position_ < Count() && !IsSemicolon(position_)) return NotUnderstood();
    return Ok();
  }

 private:
  [[nodiscard]] std::size_t Count() const { return tokens_.tokens().size(); }
  [[nodiscard]] bool IsSemicolon(std::size_t index) const {
    return index < Count() && tokens_.tokens()[index].kind == TokenKind::Semicolon;
  }
  [[nodiscard]] bool Is(std::string_view word) const {
    return position_ < Count() && tokens_.IsWord(position_, word);
  }
  bool Accept(std::string_view word) {
    if (!Is(word)) return false;
    ++position_;
    return true;
  }
  [[nodiscard]] static Error NotUnderstood() { return Unsupported(-1, "a DO block of this shape"); }

  [[nodiscard]] bool HasSchemaWord(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end && i < Count(); ++i) {
      if (std::ranges::any_of(kSchemaWords, [&](std::string_view word) { return tokens_.IsWord(i, word); }))
        return true;
    }
    return false;
  }

  // Whether a statement inside begins with such a word, or text is run: elsewhere they are names of columns.
  [[nodiscard]] bool MayChangeSchema() const {
    for (std::size_t i = 0; i < Count(); ++i) {
      if (tokens_.IsWord(i, "execute")) return true;
      if (BeginsBlockStatement(tokens_, i) && HasSchemaWord(i, i + 1)) return true;
    }
    return false;
  }

  [[nodiscard]] std::size_t EndOfStatement() const { return EndOfBlockStatement(tokens_, position_); }

  // DECLARE name type [:= value]; … Values that cannot be told stay unknown: whoever runs them is refused.
  Done Declare() {
    while (position_ < Count() && !Is("begin")) {
      const std::size_t end = EndOfStatement();
      const std::string name = Lower(tokens_.Text(tokens_.tokens()[position_]));
      std::size_t value = position_;
      while (value < end && tokens_.Text(tokens_.tokens()[value]) != ":=" &&
             tokens_.Text(tokens_.tokens()[value]) != "=" && !tokens_.IsWord(value, "default")) {
        ++value;
      }
      Assign(name, value + 1, end);
      position_ = end + 1;
    }
    return position_ < Count() ? Ok() : Done(NotUnderstood());
  }

  void Assign(const std::string& name, std::size_t begin, std::size_t end) {
    known_.texts.erase(name);
    known_.arrays.erase(name);
    if (begin >= end) return;
    if (auto text = ConstantText(tokens_, begin, end, known_)) known_.texts[name] = *std::move(text);
    if (auto array = ConstantArray(tokens_, begin, end, known_)) known_.arrays[name] = *std::move(array);
  }

  // FOREACH variable IN ARRAY values LOOP … END LOOP, over values that are known.
  Done RunForeach() {
    const std::size_t loop = tokens_.FindWord(position_, "loop");
    const std::size_t name = position_ + 1;
    if (name + 3 > loop || loop >= Count() || !tokens_.IsWord(name + 1, "in") ||
        !tokens_.IsWord(name + 2, "array")) {
      return NotUnderstood();
    }
    const auto values = ConstantArray(tokens_, name + 3, loop, known_);
    if (!values || values->empty()) return NotUnderstood();
    const std::string variable = Lower(tokens_.Text(tokens_.tokens()[name]));
    for (const std::string& value : *values) {
      known_.texts[variable] = value;
      position_ = loop + 1;
      if (auto done = RunStatements(); !done) return done;
    }
    known_.texts.erase(variable);
    return Accept("end") && Accept("loop") ? Ok() : Done(NotUnderstood());
  }

  // [DECLARE …] BEGIN … [EXCEPTION …] END. What a handler catches undoes the whole block.
  Done RunBlock() {
    if (Accept("declare")) {
      if (auto done = Declare(); !done) return done;
    }
    if (++depth_ > 16 || !Accept("begin")) return NotUnderstood();
    const schema::Catalog before = *session_.catalog;
    const Done done = RunStatements();
    Handled handled;
    if (!done) SkipToHandlers();
    if (Accept("exception")) {
      if (auto read = ReadHandlers(handled); !read) return read;
    }
    if (!done && !Catches(handled, done.error())) return done;
    if (!done) *session_.catalog = before;
    --depth_;
    return Accept("end") ? Ok() : Done(NotUnderstood());
  }

  // After an error: on to the EXCEPTION or END of this block.
  void SkipToHandlers() {
    while (position_ < Count() && !Is("exception") && !Is("end")) {
      position_ = EndOfStatement() + 1;
    }
    if (position_ > Count()) position_ = Count();
  }

  Done RunStatements() {
    while (position_ < Count() && !Is("exception") && !Is("end")) {
      if (auto done = RunStatement(); !done) return done;
      if (IsSemicolon(position_)) ++position_;
    }
    return Ok();
  }

  Done RunStatement() {
    if (Is("begin") || Is("declare")) return RunBlock();
    if (Is("if")) return RunIf();
    return Is("foreach") ? RunForeach() : RunSimple();
  }

  Done RunSimple() {
    const std::size_t end = EndOfStatement();
    const std::size_t begin = std::exchange(position_, end);
    if (begin + 1 < end && (tokens_.Text(tokens_.tokens()[begin + 1]) == ":=" ||
                            tokens_.Text(tokens_.tokens()[begin + 1]) == "=")) {
      Assign(Lower(tokens_.Text(tokens_.tokens()[begin])), begin + 2, end);
      return Ok();
    }
    // SELECT … INTO: some variable has a value now that only a server knows.
    if (!tokens_.IsWord(begin, "insert") && tokens_.FindWord(begin, "into") < end) known_ = {};
    if (!HasSchemaWord(begin, begin + 1)) return HasSchemaWord(begin, end) ? Done(NotUnderstood()) : Ok();
    if (tokens_.IsWord(begin, "execute")) {
      if (ExecutesOnRoles(begin, end)) return Ok();
      const auto text = ConstantText(tokens_, begin + 1, end, known_);
      return text ? RunText(session_, *text) : Done(NotUnderstood());
    }
    if (tokens_.IsWord(begin, "perform") || tokens_.IsWord(begin, "call")) return NotUnderstood();
    const auto& all = tokens_.tokens();
    return RunText(session_, tokens_.source().substr(all[begin].begin, all[end - 1].end - all[begin].begin));
  }

  // IF NOT EXISTS (query of the server's catalogs) THEN … END IF: whether the object is there is what the
  // statements inside find out themselves.
  Done RunIf() {
    ++position_;
    if (!Accept("not") || !Accept("exists")) return NotUnderstood();
    const std::size_t close = tokens_.MatchingClose(position_);
    if (close >= Count()) return NotUnderstood();
    const bool asks_catalog = AsksCatalog(position_, close);
    const std::size_t condition = position_;
    position_ = close + 1;
    if (!Accept("then") || !asks_catalog) return NotUnderstood();
    const std::size_t body = position_;
    const schema::Catalog before = *session_.catalog;
    Done done = RunStatements();
    if (!done && done.error().kind == DiagnosticKind::DuplicateName) {
      *session_.catalog = before;
      SkipToHandlers();
      done = Ok();
    }
    if (!done) return done;
    if (!NamesSame(condition, close, body, position_)) return NotUnderstood();
    if (!Accept("end") || !Accept("if")) return NotUnderstood();
    return Ok();
  }

  // EXECUTE of a constant that changes roles only.
  [[nodiscard]] bool ExecutesOnRoles(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      if (tokens_.tokens()[i].kind != TokenKind::String) continue;
      const Tokens inner(tokens_.Text(tokens_.tokens()[i]).substr(1));
      const bool grants = inner.IsWord(0, "grant") || inner.IsWord(0, "revoke");
      if (grants) return inner.FindWord(0, "on") == inner.tokens().size();
      const bool makes = inner.IsWord(0, "create") || inner.IsWord(0, "alter") || inner.IsWord(0, "drop");
      return makes && (inner.IsWord(1, "role") || inner.IsWord(1, "user"));
    }
    return false;
  }

  [[nodiscard]] bool AsksCatalog(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      const std::string text = Lower(tokens_.Text(tokens_.tokens()[i]));
      if (text.starts_with("pg_") || text == "information_schema") return true;
    }
    return false;
  }

  // Whether a string of the condition is a name in the statements: else the condition is about something
  // else.
  [[nodiscard]] bool NamesSame(std::size_t begin, std::size_t end, std::size_t body,
                               std::size_t body_end) const {
    for (std::size_t i = begin; i < end; ++i) {
      if (tokens_.tokens()[i].kind != TokenKind::String) continue;
      const std::string_view literal = tokens_.Text(tokens_.tokens()[i]);
      if (literal.size() < 3) continue;
      const std::string_view name = literal.substr(1, literal.size() - 2);
      for (std::size_t j = body; j < body_end && j < Count(); ++j) {
        std::string_view word = tokens_.Text(tokens_.tokens()[j]);
        if (tokens_.tokens()[j].kind == TokenKind::Quoted) word = word.substr(1, word.size() - 2);
        if (word == name) return true;
      }
    }
    return false;
  }

  // WHEN condition [OR condition …] THEN NULL; | RAISE …; …
  Done ReadHandlers(Handled& handled) {
    while (Accept("when")) {
      do {
        if (position_ >= Count()) return NotUnderstood();
        const std::string_view condition = tokens_.Text(tokens_.tokens()[position_++]);
        handled.duplicates =
            handled.duplicates || condition.starts_with("duplicate_") || condition == "others";
        handled.missing = handled.missing || condition.starts_with("undefined_") || condition == "others";
      } while (Accept("or"));
      if (!Accept("then")) return NotUnderstood();
      while (position_ < Count() && !Is("when") && !Is("end")) {
        const std::size_t end = EndOfStatement();
        const bool harmless = Is("null") || Is("raise");
        if (!harmless || HasSchemaWord(position_ + 1, end)) return NotUnderstood();
        position_ = end + 1;
      }
    }
    return Ok();
  }

  Session& session_;
  Tokens tokens_;
  KnownVariables known_;
  std::size_t position_ = 0;
  int depth_ = 0;
};

}  // namespace

Done RunDo(Session& session, const PgQuery__DoStmt& statement) {
  std::string body;
  std::string language = "plpgsql";
  for (const PgQuery__Node* node : NodeList{statement.args, statement.n_args}) {
    if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    if (std::string_view(node->def_elem->defname) == "as") body = OptionText(*node->def_elem);
    if (std::string_view(node->def_elem->defname) == "language") language = OptionText(*node->def_elem);
  }
  if (language != "plpgsql") return Unsupported(-1, fmt::format("a DO block in {}", language));
  Done done = Block(session, body).Run();
  // Places inside the block count in the block's text.
  if (!done) return ErrorAt(-1, done.error().message, done.error().kind);
  return done;
}

}  // namespace schemac::sql
