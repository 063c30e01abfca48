// Items in which nothing is unusual, read by hand: tables with columns, checks, keys and indexes; enums;
// schemas; and what a model diff adds of them. They are nearly all there is in a large model, and the
// generated parser with its tree takes ten times as long for them. What they look like is the grammar's
// business: this knows a part of it, and says so when that is not enough.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/parse/scanner.h"

namespace schemac::parse {

class PlainItems {
 public:
  // The lexemes of one item on the default channel, with EOF behind them. They may be replaced by those of
  // the next item between two calls; all must outlive this.
  PlainItems(SourceId source, std::string_view text, const std::vector<Lexeme>& lexemes)
      : source_(source), text_(text), lexemes_(lexemes) {}

  // The very node that the grammar's way gives. nullopt for anything that this does not know, whatever may be
  // wrong with it.
  std::optional<ast::Item> Read();
  // The same for an item of a model diff, and for the clauses that it begins with.
  std::optional<ast::DiffItem> ReadChange();
  std::optional<ast::Revision> ReadRevision();

 private:
  void Begin();
  // Whether all lexemes were taken.
  [[nodiscard]] bool IsRead() const { return !failed_ && at_ + 1 == lexemes_.size(); }
  // Stands at the last lexeme from the first thing on that is not known; what is returned then means nothing.
  void Fail();
  [[nodiscard]] std::size_t Type(std::size_t ahead = 0) const {
    return lexemes_[std::min(at_ + ahead, lexemes_.size() - 1)].type;
  }
  bool Take(std::size_t type) {
    if (Type() != type) return false;
    ++at_;
    return true;
  }
  void Expect(std::size_t type) {
    if (!Take(type)) Fail();
  }
  // From the lexeme `first` to the last one taken.
  [[nodiscard]] Span SpanFrom(std::size_t first) const;
  // Past what stands in a pair of parentheses or brackets, and the pair.
  void SkipGroup();

  [[nodiscard]] bool AtName(std::size_t ahead = 0) const;
  [[nodiscard]] bool AtOwnName(std::size_t ahead = 0) const;
  // Past a name, which is returned as it is written, without its quotes.
  std::string_view PassName();
  ast::Name Name();
  ast::QualifiedName QualifiedName();
  std::vector<ast::Name> Names();
  // What stands between parentheses.
  ast::SqlText Inside();

  ast::Name RevisionId();
  ast::Name Title();
  std::optional<ast::Item> Item();
  ast::AlterTable AlterTable();
  ast::AddMember AddedMember();
  ast::SchemaDirective Schema();
  ast::Enum Enum();
  ast::Name Label();
  [[nodiscard]] std::size_t SemicolonsInBody() const;
  ast::Table Table();
  ast::TableMember Member();
  [[nodiscard]] bool AtIndex() const;
  ast::Column Column();
  void ColumnClause(ast::Column& column);
  void Once(bool already_there);
  ast::TypeName TypeName();
  void TimeZone();
  std::variant<ast::SqlText, ast::JsonText> Value();
  void Operand();
  void SkipJson();
  ast::Constraint ColumnConstraint();
  ast::Constraint TableConstraint();
  ast::ForeignKeyClause References();
  void ForeignKeyAction();
  ast::Index Index();
  ast::IndexElement IndexElement();
  ast::SqlText Predicate();

  SourceId source_;
  std::string_view text_;
  const std::vector<Lexeme>& lexemes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace schemac::parse
