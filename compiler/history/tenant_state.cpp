#include "compiler/history/tenant_state.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "compiler/sql/tokens.h"
#include "compiler/support/overloaded.h"
#include "compiler/support/quote.h"
#include "schema/edit/rename.h"
#include "schema/retarget.h"

namespace schemac {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;

schema::Rename ToAnyTenant(const std::string& name) {
  return {{ObjectKind::Schema, "", name, ""}, {ObjectKind::Schema, "", std::string(kAnyTenant), ""}};
}

// Carries the rename into each change.
class ChangeMover {
 public:
  explicit ChangeMover(const schema::Rename& rename) : rename_(rename) {}

  void operator()(schema::CreateObject& it) const { Move(it.object); }
  void operator()(schema::DropObject& it) const { Move(it.object); }
  void operator()(schema::AlterObject& it) const {
    Move(it.from);
    Move(it.to);
  }
  void operator()(schema::RenameObject& it) const {
    Move(it.from);
    Move(it.to);
  }
  void operator()(schema::AddColumn& it) const {
    MoveColumn(it.table, it.column);
    Move(it.backfill);
    Move(it.table);
  }
  void operator()(schema::DropColumn& it) const {
    MoveColumn(it.table, it.column);
    Move(it.restore);
    Move(it.table);
  }
  void operator()(schema::AlterColumn& it) const {
    MoveColumn(it.table, it.from);
    MoveColumn(it.table, it.to);
    for (std::optional<schema::Expression>* part : {&it.conversion.up, &it.conversion.down, &it.backfill})
      Move(*part);
    Move(it.table);
  }
  void operator()(schema::ChangeData& it) const {
    for (ObjectAddress& address : it.step.references) Move(address);
  }

 private:
  void Move(schema::Object& object) const { schema::RenameInObject(object, rename_); }
  void Move(ObjectAddress& address) const {
    if (auto moved = schema::Retarget(address, rename_.from, rename_.to)) address = *std::move(moved);
  }
  void Move(std::optional<schema::Expression>& expression) const {
    if (expression) schema::RenameInExpression(*expression, rename_.from, rename_.to);
  }
  void Move(schema::QualifiedName& name) const {
    if (name.schema == rename_.from.name) name.schema = rename_.to.name;
  }
  // A column moves with its table.
  void MoveColumn(const schema::QualifiedName& table, schema::Column& column) const {
    schema::Table around;
    around.name = table;
    around.columns.push_back(std::move(column));
    schema::Object object = std::move(around);
    Move(object);
    column = std::move(std::get<schema::Table>(object).columns.front());
  }

  const schema::Rename& rename_;
};

// Rewrites one text, and the bodies in dollar quotes inside it.
class TextMover {
 public:
  TextMover(std::string_view text, const std::string& name) : tokens_(text), name_(name) {}

  ErrorOr<std::string> Run() {
    const auto& tokens = tokens_.tokens();
    std::size_t copied = 0;
    std::string moved;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      NotePath(i);
      ErrorOr<std::string> replacement = Replacement(i);
      if (!replacement) return replacement.error();
      if (replacement->empty()) continue;
      moved += tokens_.source().substr(copied, tokens[i].begin - copied);
      moved += *replacement;
      copied = tokens[i].end;
    }
    if (as_schema_ && alone_)
      return Doubt(fmt::format("{0} stands before a dot and alone, so that it may be an alias", name_));
    moved += tokens_.source().substr(copied);
    return moved;
  }

 private:
  [[nodiscard]] Error Doubt(std::string message) const {
    Error error;
    error.kind = DiagnosticKind::Unsupported;
    error.message = std::move(message);
    error.fix = "leave the schema out where the search path finds the name, or give the alias another name";
    return error;
  }

  [[nodiscard]] bool IsName(std::size_t index) const {
    const sql::Token& token = tokens_.tokens()[index];
    const std::string_view text = tokens_.Text(token);
    if (token.kind == sql::TokenKind::Word) return tokens_.IsWord(index, name_);
    return token.kind == sql::TokenKind::Quoted && text == "\"" + name_ + "\"";
  }
  [[nodiscard]] bool IsKind(std::size_t index, sql::TokenKind kind) const {
    return index < tokens_.tokens().size() && tokens_.tokens()[index].kind == kind;
  }

  // Whether the token belongs to the value of search_path.
  void NotePath(std::size_t index) {
    if (tokens_.IsWord(index, "search_path")) {
      in_path_ = true;
    } else if (in_path_) {
      const sql::TokenKind kind = tokens_.tokens()[index].kind;
      const bool goes_on = kind == sql::TokenKind::Comma || kind == sql::TokenKind::Quoted ||
                           kind == sql::TokenKind::Operator || tokens_.IsWord(index, "to") ||
                           IsKind(index - 1, sql::TokenKind::Comma) ||
                           IsKind(index - 1, sql::TokenKind::Operator) || tokens_.IsWord(index - 1, "to");
      in_path_ = goes_on;
    }
  }

  // "" for a token that stays.
  ErrorOr<std::string> Replacement(std::size_t index) {
    const sql::Token& token = tokens_.tokens()[index];
    if (token.kind == sql::TokenKind::String) return InString(tokens_.Text(token));
    if (!IsName(index) || (index > 0 && IsKind(index - 1, sql::TokenKind::Dot))) return std::string();
    const bool is_schema = IsKind(index + 1, sql::TokenKind::Dot) || in_path_ ||
                           (index > 0 && tokens_.IsWord(index - 1, "schema"));
    as_schema_ = as_schema_ || is_schema;
    alone_ = alone_ || !is_schema;
    return is_schema ? QuoteIdentifier(kAnyTenant) : std::string();
  }

  ErrorOr<std::string> InString(std::string_view text) const {
    if (!text.starts_with('$')) {
      if (Names(text)) return Doubt(fmt::format("a string names the schema {}: {}", name_, text));
      return std::string();
    }
    const std::size_t tag = text.find('$', 1) + 1;
    if (text.size() < 2 * tag) return std::string();
    ErrorOr<std::string> body = TextForAnyTenant(text.substr(tag, text.size() - 2 * tag), name_);
    if (!body) return body.error();
    return fmt::format("{}{}{}", text.substr(0, tag), *body, text.substr(text.size() - tag));
  }

  // Whether the string is the schema's name, or has it before a dot.
  [[nodiscard]] bool Names(std::string_view text) const {
    const auto in_word = [](char byte) {
      return std::isalnum(static_cast<unsigned char>(byte)) != 0 || byte == '_' || byte == '.' ||
             byte == '@' || byte == '-';
    };
    for (std::size_t at = text.find(name_); at != std::string_view::npos; at = text.find(name_, at + 1)) {
      const std::size_t end = at + name_.size();
      if (at > 0 && in_word(text[at - 1])) continue;
      if (end < text.size() && text[end] == '.') return true;
      if (at == 1 && end + 1 == text.size()) return true;
    }
    return false;
  }

  sql::Tokens tokens_;
  const std::string& name_;
  bool in_path_ = false;
  bool as_schema_ = false;
  bool alone_ = false;
};

ErrorOr<schema::Catalog> Moved(const schema::Catalog& catalog, const schema::Rename& rename) {
  schema::Catalog moved = catalog;
  if (!moved.Has(rename.from)) return moved;
  if (const ErrorOr<std::monostate> done = schema::ApplyRename(moved, rename); !done) return done.error();
  return moved;
}

}  // namespace

ErrorOr<TenantStates> ForAnyTenant(const schema::Catalog& before, const schema::Catalog& after,
                                   const schema::Diff& diff, const std::string& schema_name) {
  const schema::Rename rename = ToAnyTenant(schema_name);
  ErrorOr<schema::Catalog> first = Moved(before, rename);
  if (!first) return first.error();
  ErrorOr<schema::Catalog> second = Moved(after, rename);
  if (!second) return second.error();
  TenantStates states{*std::move(first), *std::move(second), diff};
  for (schema::Change& change : states.diff.changes) std::visit(ChangeMover(rename), change);
  return states;
}

ErrorOr<std::string> TextForAnyTenant(std::string_view text, const std::string& schema_name) {
  return TextMover(text, schema_name).Run();
}

}  // namespace schemac
