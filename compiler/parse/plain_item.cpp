#include "compiler/parse/plain_item.h"

#include <grammar/SchemaParser.h>

#include "compiler/parse/keywords.h"
#include "compiler/support/characters.h"

namespace schemac::parse {

using P = grammar::SchemaParser;

// ---- Lexemes

void PlainItems::Begin() {
  at_ = 0;
  failed_ = false;
}

void PlainItems::Fail() {
  failed_ = true;
  at_ = lexemes_.size() - 1;
}

Span PlainItems::SpanFrom(std::size_t first) const {
  if (failed_) return {};
  return {source_, static_cast<std::uint32_t>(lexemes_[first].begin),
          static_cast<std::uint32_t>(lexemes_[at_ - 1].end)};
}

void PlainItems::SkipGroup() {
  const std::size_t close = Type() == P::LEFT_PAREN ? P::RIGHT_PAREN : P::RIGHT_BRACKET;
  ++at_;
  while (!failed_ && Type() != close) {
    switch (Type()) {
      case P::LEFT_PAREN:
      case P::LEFT_BRACKET:
        SkipGroup();
        break;
      case P::SEMICOLON:
      case P::LEFT_BRACE:
      case P::RIGHT_BRACE:
      case P::RIGHT_PAREN:
      case P::RIGHT_BRACKET:
      case antlr4::Token::EOF:
        Fail();
        break;
      default:
        ++at_;
    }
  }
  if (!failed_) ++at_;
}

// ---- Names

bool PlainItems::AtOwnName(std::size_t ahead) const {
  return Type(ahead) == P::IDENTIFIER || Type(ahead) == P::QUOTED_IDENTIFIER;
}

bool PlainItems::AtName(std::size_t ahead) const {
  return AtOwnName(ahead) || (IsKeyword(Type(ahead)) && !IsReservedWord(Type(ahead)));
}

std::string_view PlainItems::PassName() {
  if (!AtName()) {
    Fail();
    return {};
  }
  const Lexeme& lexeme = lexemes_[at_++];
  std::string_view text = text_.substr(lexeme.begin, lexeme.end - lexeme.begin);
  if (lexeme.type != P::QUOTED_IDENTIFIER) return text;
  text = text.substr(1, text.size() - 2);
  if (text.empty() || text.find('"') != std::string_view::npos) Fail();
  return text;
}

ast::Name PlainItems::Name() {
  const std::size_t first = at_;
  const bool folds = Type() != P::QUOTED_IDENTIFIER;
  const std::string_view text = PassName();
  return {folds ? Lower(text) : std::string(text), SpanFrom(first)};
}

ast::QualifiedName PlainItems::QualifiedName() {
  const std::size_t first = at_;
  ast::QualifiedName name;
  name.name = Name();
  if (Take(P::DOT)) {
    name.schema = std::move(name.name);
    name.name = Name();
  }
  name.span = SpanFrom(first);
  return name;
}

std::vector<ast::Name> PlainItems::Names() {
  std::vector<ast::Name> names;
  Expect(P::LEFT_PAREN);
  do {
    names.push_back(Name());
  } while (Take(P::COMMA));
  Expect(P::RIGHT_PAREN);
  return names;
}

ast::SqlText PlainItems::Inside() {
  const std::size_t first = at_;
  if (Type() != P::LEFT_PAREN || Type(1) == P::RIGHT_PAREN) {
    Fail();
    return {};
  }
  SkipGroup();
  Span span = SpanFrom(first + 1);
  if (!failed_) span.end = static_cast<std::uint32_t>(lexemes_[at_ - 2].end);
  return {span};
}

// ---- Items

std::optional<ast::Item> PlainItems::Read() {
  Begin();
  std::optional<ast::Item> item = Item();
  return IsRead() ? std::move(item) : std::nullopt;
}

std::optional<ast::DiffItem> PlainItems::ReadChange() {
  Begin();
  if (Type() == P::ALTER) {
    ast::AlterTable alter = AlterTable();
    return IsRead() ? std::optional<ast::DiffItem>(std::move(alter)) : std::nullopt;
  }
  const bool adds = Take(P::ADD);
  const bool replaces = !adds && Take(P::REPLACE);
  if (!adds && !replaces && Type() != P::SCHEMA) return std::nullopt;
  std::optional<ast::Item> item = Item();
  if (!item || !IsRead()) return std::nullopt;
  const Span span = SpanFrom(0);
  if (adds) return ast::AddItem{*std::move(item), span};
  if (replaces) return ast::ReplaceItem{*std::move(item), span};
  return std::get<ast::SchemaDirective>(*std::move(item));
}

std::optional<ast::Revision> PlainItems::ReadRevision() {
  Begin();
  ast::Revision revision;
  Expect(P::REVISION);
  revision.id = RevisionId();
  Expect(P::SEMICOLON);
  revision.span = SpanFrom(0);
  if (Take(P::REVISES)) {
    do {
      revision.revises.push_back(RevisionId());
    } while (Take(P::COMMA));
    Expect(P::SEMICOLON);
  }
  if (Take(P::MESSAGE)) {
    revision.message = Title();
    Expect(P::SEMICOLON);
  }
  if (Take(P::PROFILE)) {
    revision.profile = Name();
    Expect(P::SEMICOLON);
  }
  return IsRead() ? std::optional<ast::Revision>(std::move(revision)) : std::nullopt;
}

// The stem of a file, too: its case is kept.
ast::Name PlainItems::RevisionId() {
  const Lexeme& lexeme = lexemes_[at_];
  const bool is_number = Type() == P::NUMBER || Type() == P::NUMBER_WORD;
  if (!is_number && (Type() == P::QUOTED_IDENTIFIER || !AtName())) return Name();
  ++at_;
  return {std::string(text_.substr(lexeme.begin, lexeme.end - lexeme.begin)), SpanFrom(at_ - 1)};
}

ast::Name PlainItems::Title() {
  if (Type() == P::STRING) return Label();
  if (Type() != P::QUOTED_IDENTIFIER) Fail();
  return Name();
}

std::optional<ast::Item> PlainItems::Item() {
  switch (Type()) {
    case P::TABLE:
      return Table();
    case P::ENUM:
      return Enum();
    case P::SCHEMA:
      return Schema();
    default:
      return std::nullopt;
  }
}

ast::AlterTable PlainItems::AlterTable() {
  const std::size_t first = at_++;
  ast::AlterTable alter;
  Expect(P::TABLE);
  alter.kind = {"table", SpanFrom(at_ - 1)};
  alter.table = QualifiedName();
  Expect(P::LEFT_BRACE);
  while (!failed_ && Type() != P::RIGHT_BRACE) alter.actions.emplace_back(AddedMember());
  Expect(P::RIGHT_BRACE);
  Take(P::SEMICOLON);
  alter.span = SpanFrom(first);
  return alter;
}

// A column may be called `column`: what the grammar makes of that is its business.
ast::AddMember PlainItems::AddedMember() {
  const std::size_t first = at_;
  ast::AddMember added;
  Expect(P::ADD);
  if (Type() != P::COLUMN) {
    added.member = Member();
  } else if (AtOwnName(1)) {
    ++at_;
    added.member = Column();
  } else {
    Fail();
  }
  Expect(P::SEMICOLON);
  added.span = SpanFrom(first);
  return added;
}

ast::SchemaDirective PlainItems::Schema() {
  const std::size_t first = at_++;
  ast::SchemaDirective directive;
  directive.name = Name();
  Expect(P::SEMICOLON);
  directive.span = SpanFrom(first);
  return directive;
}

ast::Enum PlainItems::Enum() {
  const std::size_t first = at_++;
  ast::Enum made;
  made.name = QualifiedName();
  Expect(P::LEFT_BRACE);
  while (!failed_ && Type() != P::RIGHT_BRACE) {
    made.labels.push_back({Label(), std::nullopt});
    if (!Take(P::COMMA)) break;
  }
  Expect(P::RIGHT_BRACE);
  Take(P::SEMICOLON);
  made.span = SpanFrom(first);
  return made;
}

// A bare label keeps its case: labels are strings.
ast::Name PlainItems::Label() {
  const Lexeme& lexeme = lexemes_[at_];
  std::string_view text = text_.substr(lexeme.begin, lexeme.end - lexeme.begin);
  const bool is_string = Type() == P::STRING;
  if (!is_string && (!AtName() || Type() == P::QUOTED_IDENTIFIER)) {
    Fail();
    return {};
  }
  ++at_;
  Span span = SpanFrom(at_ - 1);
  if (!is_string) return {std::string(text), span};
  text = text.substr(1, text.size() - 2);
  if (text.find('\'') != std::string_view::npos) Fail();
  return {std::string(text), {span.source, span.begin + 1, span.end - 1}};
}

// How many members the body has that begins here: they are large, and there are many in a model.
std::size_t PlainItems::SemicolonsInBody() const {
  std::size_t count = 0;
  std::size_t depth = 1;
  for (std::size_t at = at_; at < lexemes_.size() && depth > 0; ++at) {
    const std::size_t type = lexemes_[at].type;
    if (type == P::LEFT_BRACE) ++depth;
    if (type == P::RIGHT_BRACE) --depth;
    if (type == P::SEMICOLON) ++count;
  }
  return count;
}

ast::Table PlainItems::Table() {
  const std::size_t first = at_++;
  ast::Table table;
  table.name = QualifiedName();
  Expect(P::LEFT_BRACE);
  table.members.reserve(SemicolonsInBody());
  while (!failed_ && Type() != P::RIGHT_BRACE) {
    table.members.push_back(Member());
    Expect(P::SEMICOLON);
  }
  Expect(P::RIGHT_BRACE);
  Take(P::SEMICOLON);
  table.foreign_targets = ast::ForeignTargetsOf(table.members);
  table.span = SpanFrom(first);
  return table;
}

// ---- Members

// A word of ours may begin a member of its kind or name a column: which one, the grammar knows.
ast::TableMember PlainItems::Member() {
  if (AtIndex()) return Index();
  switch (Type()) {
    case P::CONSTRAINT:
    case P::CHECK:
    case P::UNIQUE:
    case P::PRIMARY:
    case P::FOREIGN:
      return TableConstraint();
    case P::INDEX:
    case P::TRIGGER:
    case P::POLICY:
    case P::RULE:
    case P::ENABLE:
    case P::DISABLE:
    case P::FORCE:
    case P::REPLICA:
    case P::CLUSTER:
    case P::ROW:
    case P::REVOKE:
    case P::EXCLUDE:
      Fail();
      return ast::Column{};
    default:
      return Column();
  }
}

bool PlainItems::AtIndex() const {
  const std::size_t word = Type() == P::UNIQUE ? 1 : 0;
  return Type(word) == P::INDEX && AtOwnName(word + 1) &&
         (Type(word + 2) == P::LEFT_PAREN || Type(word + 2) == P::USING);
}

ast::Index PlainItems::Index() {
  const std::size_t first = at_;
  ast::Index index;
  index.unique = Take(P::UNIQUE);
  Expect(P::INDEX);
  index.name = Name();
  if (Take(P::USING)) index.method = Name();
  Expect(P::LEFT_PAREN);
  do {
    index.elements.push_back(IndexElement());
  } while (Take(P::COMMA));
  Expect(P::RIGHT_PAREN);
  if (Take(P::INCLUDE)) index.include = Names();
  if (Take(P::WHERE)) index.where = Predicate();
  index.span = SpanFrom(first);
  return index;
}

ast::IndexElement PlainItems::IndexElement() {
  const std::size_t first = at_;
  ast::IndexElement element;
  if (Type() == P::LEFT_PAREN || (AtName() && Type(1) == P::LEFT_PAREN)) {
    if (Type() != P::LEFT_PAREN) ++at_;
    SkipGroup();
    element.expression = ast::SqlText{SpanFrom(first)};
  } else {
    element.column = Name();
  }
  if (Take(P::ASC)) {
    element.descending = false;
  } else if (Take(P::DESC)) {
    element.descending = true;
  }
  if (Take(P::NULLS)) {
    element.nulls_first = Take(P::FIRST);
    if (!*element.nulls_first) Expect(P::LAST);
  }
  element.span = SpanFrom(first);
  return element;
}

ast::SqlText PlainItems::Predicate() {
  const std::size_t first = at_;
  while (!failed_ && Type() != P::SEMICOLON) {
    switch (Type()) {
      case P::LEFT_PAREN:
      case P::LEFT_BRACKET:
        SkipGroup();
        break;
      case P::RIGHT_PAREN:
      case P::RIGHT_BRACKET:
      case P::LEFT_BRACE:
      case P::RIGHT_BRACE:
      case P::WAS:
      case antlr4::Token::EOF:
        Fail();
        break;
      default:
        ++at_;
    }
  }
  if (at_ == first) Fail();
  return {SpanFrom(first)};
}

ast::Column PlainItems::Column() {
  const std::size_t first = at_;
  ast::Column column;
  column.name = Name();
  column.type = TypeName();
  while (!failed_ && Type() != P::SEMICOLON) ColumnClause(column);
  column.span = SpanFrom(first);
  return column;
}

// What stands twice is an error, which the grammar's way reports.
void PlainItems::Once(bool already_there) {
  if (already_there) Fail();
}

void PlainItems::ColumnClause(ast::Column& column) {
  switch (Type()) {
    case P::NOT:
      Once(column.nullable.has_value());
      ++at_;
      Expect(P::NULL_);
      column.nullable = false;
      return;
    case P::NULL_:
      Once(column.nullable.has_value());
      Take(P::NULL_);
      column.nullable = true;
      return;
    case P::DEFAULT:
      Once(column.default_value.has_value());
      Expect(P::DEFAULT);
      column.default_value = Value();
      return;
    case P::CONSTRAINT:
    case P::PRIMARY:
    case P::UNIQUE:
    case P::CHECK:
    case P::REFERENCES:
      column.constraints.Edit().push_back(ColumnConstraint());
      return;
    default:
      Fail();
  }
}

ast::TypeName PlainItems::TypeName() {
  const std::size_t first = at_;
  PassName();
  if (Take(P::DOT)) PassName();
  while (Type() == P::PRECISION || Type() == P::VARYING) ++at_;
  if (Take(P::LEFT_PAREN)) {
    do {
      Expect(P::NUMBER);
    } while (Take(P::COMMA));
    Expect(P::RIGHT_PAREN);
  }
  TimeZone();
  while (Take(P::LEFT_BRACKET)) {
    Take(P::NUMBER);
    Expect(P::RIGHT_BRACKET);
  }
  return {SpanFrom(first)};
}

void PlainItems::TimeZone() {
  if ((Type() != P::WITH && Type() != P::WITHOUT) || Type(1) != P::TIME) return;
  at_ += 2;
  Expect(P::ZONE);
}

std::variant<ast::SqlText, ast::JsonText> PlainItems::Value() {
  const std::size_t first = at_;
  if (Type() == P::LEFT_BRACE || Type() == P::LEFT_BRACKET) {
    SkipJson();
    return ast::JsonText{SpanFrom(first)};
  }
  if (Type() == P::PLUS || Type() == P::MINUS) ++at_;
  Operand();
  while (Take(P::CAST)) TypeName();
  return ast::SqlText{SpanFrom(first)};
}

// What may come behind these in an operand is no clause of a column: there it ends the plain.
void PlainItems::Operand() {
  switch (Type()) {
    case P::NUMBER:
    case P::STRING:
    case P::NULL_:
      ++at_;
      return;
    case P::LEFT_PAREN:
      SkipGroup();
      return;
    case P::IDENTIFIER:
      ++at_;
      if (Type() == P::LEFT_PAREN) SkipGroup();
      return;
    default:
      Fail();
  }
}

void PlainItems::SkipJson() {
  const std::size_t close = Type() == P::LEFT_BRACE ? P::RIGHT_BRACE : P::RIGHT_BRACKET;
  ++at_;
  while (!failed_ && Type() != close) {
    if (Type() == P::LEFT_BRACE || Type() == P::LEFT_BRACKET) {
      SkipJson();
    } else if (Type() == P::JSON_STRING || Type() == P::JSON_OTHER) {
      ++at_;
    } else {
      Fail();
    }
  }
  if (!failed_) ++at_;
}

ast::Constraint PlainItems::ColumnConstraint() {
  const std::size_t first = at_;
  ast::Constraint constraint;
  if (Take(P::CONSTRAINT)) constraint.name = Name();
  if (Take(P::PRIMARY)) {
    Expect(P::KEY);
    constraint.kind = ast::ConstraintKind::PrimaryKey;
  } else if (Take(P::UNIQUE)) {
    constraint.kind = ast::ConstraintKind::Unique;
  } else if (Take(P::CHECK)) {
    constraint.kind = ast::ConstraintKind::Check;
    constraint.check = Inside();
  } else {
    constraint.kind = ast::ConstraintKind::ForeignKey;
    constraint.foreign_key = References();
  }
  constraint.span = SpanFrom(first);
  return constraint;
}

ast::Constraint PlainItems::TableConstraint() {
  const std::size_t first = at_;
  ast::Constraint constraint;
  if (Take(P::CONSTRAINT)) constraint.name = Name();
  const std::size_t kind = Type();
  ++at_;
  if (kind == P::PRIMARY || kind == P::FOREIGN) Expect(P::KEY);
  if (Type() != P::LEFT_PAREN) {
    Once(constraint.name.has_value());
    constraint.name = Name();
  }
  switch (kind) {
    case P::CHECK:
      constraint.kind = ast::ConstraintKind::Check;
      constraint.check = Inside();
      break;
    case P::PRIMARY:
    case P::UNIQUE:
      constraint.kind = kind == P::PRIMARY ? ast::ConstraintKind::PrimaryKey : ast::ConstraintKind::Unique;
      constraint.columns = Names();
      break;
    case P::FOREIGN:
      constraint.kind = ast::ConstraintKind::ForeignKey;
      constraint.columns = Names();
      constraint.foreign_key = References();
      break;
    default:
      Fail();
  }
  constraint.span = SpanFrom(first);
  return constraint;
}

ast::ForeignKeyClause PlainItems::References() {
  ast::ForeignKeyClause clause;
  Expect(P::REFERENCES);
  clause.table = QualifiedName();
  if (Type() == P::LEFT_PAREN) clause.columns = Names();
  const std::size_t first = at_;
  while (Take(P::ON)) ForeignKeyAction();
  if (at_ > first) clause.actions = ast::SqlText{SpanFrom(first)};
  return clause;
}

void PlainItems::ForeignKeyAction() {
  if (!Take(P::DELETE)) Expect(P::UPDATE);
  if (Take(P::CASCADE) || Take(P::RESTRICT)) return;
  if (Take(P::NO)) return Expect(P::ACTION);
  Expect(P::SET);
  if (!Take(P::NULL_)) Expect(P::DEFAULT);
}

}  // namespace schemac::parse
