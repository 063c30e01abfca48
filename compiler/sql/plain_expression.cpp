// Expressions, types and tokens of plain statements. Precedences are those of PostgreSQL's gram.y.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <new>
#include <utility>

#include "compiler/sql/plain_reader.h"
#include "compiler/support/characters.h"
#include "compiler/support/quote.h"

namespace schemac::sql {
namespace {

constexpr int kDeepest = 100;

// The names in pg_catalog of types that are words of the grammar and take nothing but `most` numbers.
struct TypeWord {
  std::string_view word;
  std::string_view name;
  std::size_t most = 0;
};
constexpr std::array<TypeWord, 10> kTypeWords = {{{"int", "int4", 0},
                                                  {"integer", "int4", 0},
                                                  {"smallint", "int2", 0},
                                                  {"bigint", "int8", 0},
                                                  {"real", "float4", 0},
                                                  {"boolean", "bool", 0},
                                                  {"varchar", "varchar", 1},
                                                  {"numeric", "numeric", 2},
                                                  {"decimal", "numeric", 2},
                                                  {"dec", "numeric", 2}}};

}  // namespace

// ---- Tokens

std::nullptr_t PlainReader::Fail() {
  failed_ = true;
  at_ = all_.size();
  return nullptr;
}

char* PlainReader::TakeName() {
  if (!IsKind(TokenKind::Word) && !IsKind(TokenKind::Quoted)) return nullptr;
  std::string_view text = tokens_.Text(all_[at_]);
  const bool is_word = IsKind(TokenKind::Word);
  if (!is_word) {
    if (text.size() < 3 || text.front() != '"' || text.back() != '"') return nullptr;
    text = text.substr(1, text.size() - 2);
    if (text.find('"') != std::string_view::npos) return nullptr;
  }
  if (text.size() > kLongestIdentifier) return nullptr;
  char* name = Text(text);
  if (is_word) {
    for (std::size_t i = 0; i < text.size(); ++i) name[i] = Lower(name[i]);
    if (IsReservedKeyword({name, text.size()})) return nullptr;
  }
  ++at_;
  return name;
}

char* PlainReader::ExpectName() {
  char* name = TakeName();
  if (name != nullptr) return name;
  Fail();
  return Text("");
}

// ---- Nodes

char* PlainReader::Text(std::string_view text) {
  auto* copy = static_cast<char*>(arena_.Allocate(text.size() + 1));
  if (copy == nullptr) throw std::bad_alloc();
  std::memcpy(copy, text.data(), text.size());
  copy[text.size()] = '\0';
  return copy;
}

PgQuery__Node* PlainReader::StringNode(char* text) {
  auto* string = Make(pg_query__string__init);
  string->sval = text;
  return Wrap(PG_QUERY__NODE__NODE_STRING, &PgQuery__Node::string, string);
}

void PlainReader::Fill(std::size_t& count, PgQuery__Node**& list, std::span<PgQuery__Node* const> nodes) {
  if (nodes.empty()) return;
  const std::size_t size = nodes.size() * sizeof(PgQuery__Node*);
  list = static_cast<PgQuery__Node**>(arena_.Allocate(size));
  if (list == nullptr) throw std::bad_alloc();
  std::ranges::copy(nodes, list);
  count = nodes.size();
}

void PlainReader::Fill(std::size_t& count, PgQuery__Node**& list, std::size_t first) {
  Fill(count, list, std::span(open_).subspan(first));
  open_.resize(first);
}

// ---- Expressions

PgQuery__Node* PlainReader::Expression() {
  if (++depth_ > kDeepest) return Fail();
  PgQuery__Node* node = Junction(true);
  --depth_;
  return node;
}

// OR, and below it AND. What stands to the left and is one itself takes the others in (gram.y, makeAndExpr).
PgQuery__Node* PlainReader::Junction(bool is_or) {
  const auto kind = is_or ? PG_QUERY__BOOL_EXPR_TYPE__OR_EXPR : PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR;
  const std::string_view word = is_or ? "or" : "and";
  const auto operand = [&] { return is_or ? Junction(false) : Negation(); };
  PgQuery__Node* left = operand();
  if (!IsWord(word)) return left;
  const bool same = left->node_case == PG_QUERY__NODE__NODE_BOOL_EXPR && left->bool_expr->boolop == kind;
  PgQuery__BoolExpr* junction = same ? left->bool_expr : Make(pg_query__bool_expr__init);
  const std::size_t arguments = open_.size();
  if (same) open_.insert(open_.end(), junction->args, junction->args + junction->n_args);
  if (!same) open_.push_back(left);
  if (!same) junction->location = Place();
  while (TakeWord(word)) open_.push_back(operand());
  junction->boolop = kind;
  Fill(junction->n_args, junction->args, arguments);
  return same ? left : Wrap(PG_QUERY__NODE__NODE_BOOL_EXPR, &PgQuery__Node::bool_expr, junction);
}

PgQuery__Node* PlainReader::Negation() {
  const int place = Place();
  if (!TakeWord("not")) return NullTest();
  if (++depth_ > kDeepest) return Fail();
  auto* negation = Make(pg_query__bool_expr__init);
  negation->boolop = PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR;
  Fill(negation->n_args, negation->args, {Negation()});
  negation->location = place;
  --depth_;
  return Wrap(PG_QUERY__NODE__NODE_BOOL_EXPR, &PgQuery__Node::bool_expr, negation);
}

PgQuery__Node* PlainReader::NullTest() {
  PgQuery__Node* argument = Comparison();
  const int place = Place();
  if (!TakeWord("is")) return argument;
  auto* test = Make(pg_query__null_test__init);
  test->arg = argument;
  test->nulltesttype =
      TakeWord("not") ? PG_QUERY__NULL_TEST_TYPE__IS_NOT_NULL : PG_QUERY__NULL_TEST_TYPE__IS_NULL;
  ExpectWord("null");
  test->location = place;
  return Wrap(PG_QUERY__NODE__NODE_NULL_TEST, &PgQuery__Node::null_test, test);
}

PgQuery__Node* PlainReader::Binary(std::string_view name, PgQuery__Node* left, PgQuery__Node* right,
                                   int location) {
  auto* expression = Make(pg_query__a__expr__init);
  expression->kind = PG_QUERY__A__EXPR__KIND__AEXPR_OP;
  Fill(expression->n_name, expression->name, {StringNode(Text(name))});
  expression->lexpr = left;
  expression->rexpr = right;
  expression->location = location;
  return Wrap(PG_QUERY__NODE__NODE_A_EXPR, &PgQuery__Node::a_expr, expression);
}

PgQuery__Node* PlainReader::Comparison() {
  PgQuery__Node* left = Sum();
  if (!IsKind(TokenKind::Operator)) return left;
  for (const std::string_view name : {"=", "<", ">", "<=", ">=", "<>", "!="}) {
    const int place = Place();
    // One only: a second is an error, which the parser reports.
    if (Take(name)) return Binary(name == "!=" ? "<>" : name, left, Sum(), place);
  }
  return left;
}

PgQuery__Node* PlainReader::Sum() {
  PgQuery__Node* left = Product();
  while (Is('+') || Is('-')) {
    const int place = Place();
    const std::string_view name = tokens_.Text(all_[at_++]);
    left = Binary(name, left, Product(), place);
  }
  return left;
}

PgQuery__Node* PlainReader::Product() {
  PgQuery__Node* left = Signed();
  while (Is('*') || Is('/')) {
    const int place = Place();
    const std::string_view name = tokens_.Text(all_[at_++]);
    left = Binary(name, left, Signed(), place);
  }
  return left;
}

PgQuery__Node* PlainReader::Signed() {
  const int place = Place();
  if (!Take('-')) return Value();
  PgQuery__Node* number = Number(true, place);
  // The cast would come before the sign.
  return Is("::") ? Fail() : number;
}

PgQuery__Node* PlainReader::Value() {
  if (Is('-')) return Signed();
  PgQuery__Node* operand = Operand();
  while (Is("::")) {
    auto* cast = Make(pg_query__type_cast__init);
    cast->location = Place();
    ++at_;
    cast->arg = operand;
    cast->type_name = Type();
    operand = Wrap(PG_QUERY__NODE__NODE_TYPE_CAST, &PgQuery__Node::type_cast, cast);
  }
  return operand;
}

PgQuery__Node* PlainReader::Operand() {
  const int place = Place();
  if (Is('(')) return Parenthesized();
  if (IsKind(TokenKind::Number)) return Number(false, place);
  if (IsKind(TokenKind::String)) return String();
  if (!IsWord("true") && !IsWord("false") && !IsWord("null")) return NameOrCall();
  auto* constant = Make(pg_query__a__const__init);
  constant->location = place;
  if (TakeWord("null")) {
    constant->isnull = 1;
  } else {
    constant->val_case = PG_QUERY__A__CONST__VAL_BOOLVAL;
    constant->boolval = Make(pg_query__boolean__init);
    constant->boolval->boolval = IsWord("true") ? 1 : 0;
    ++at_;
  }
  return Wrap(PG_QUERY__NODE__NODE_A_CONST, &PgQuery__Node::a_const, constant);
}

PgQuery__Node* PlainReader::Parenthesized() {
  Expect('(');
  PgQuery__Node* inner = Expression();
  Expect(')');
  return inner;
}

PgQuery__Node* PlainReader::NameOrCall() {
  const int place = Place();
  const std::size_t parts = open_.size();
  do {
    open_.push_back(StringNode(ExpectName()));
  } while (Take('.'));
  if (Is('(')) return Call(parts, place);
  auto* column = Make(pg_query__column_ref__init);
  Fill(column->n_fields, column->fields, parts);
  column->location = place;
  return Wrap(PG_QUERY__NODE__NODE_COLUMN_REF, &PgQuery__Node::column_ref, column);
}

PgQuery__Node* PlainReader::Call(std::size_t name, int location) {
  auto* call = Make(pg_query__func_call__init);
  Fill(call->n_funcname, call->funcname, name);
  call->funcformat = PG_QUERY__COERCION_FORM__COERCE_EXPLICIT_CALL;
  call->location = location;
  Expect('(');
  if (!Is(')')) {
    const std::size_t arguments = open_.size();
    do {
      open_.push_back(Expression());
    } while (Take(','));
    Fill(call->n_args, call->args, arguments);
  }
  Expect(')');
  return Wrap(PG_QUERY__NODE__NODE_FUNC_CALL, &PgQuery__Node::func_call, call);
}

PgQuery__Node* PlainReader::IntegerConstant(std::int32_t value, int location) {
  auto* constant = Make(pg_query__a__const__init);
  constant->val_case = PG_QUERY__A__CONST__VAL_IVAL;
  constant->ival = Make(pg_query__integer__init);
  constant->ival->ival = value;
  constant->location = location;
  return Wrap(PG_QUERY__NODE__NODE_A_CONST, &PgQuery__Node::a_const, constant);
}

// Digits with at most one point among them. The parser knows what to say of a letter behind them.
PgQuery__Node* PlainReader::Number(bool negative, int location) {
  if (!IsKind(TokenKind::Number)) return Fail();
  const Token& token = all_[at_++];
  const std::string_view text = tokens_.Text(token);
  if (!AtEnd() && all_[at_].kind == TokenKind::Word && all_[at_].begin == token.end) return Fail();
  if (text.find_first_not_of("0123456789.") != std::string_view::npos || text.front() == '.' ||
      text.back() == '.') {
    return Fail();
  }
  std::int32_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec == std::errc() && read.ptr == text.data() + text.size())
    return IntegerConstant(negative ? -value : value, location);
  auto* constant = Make(pg_query__a__const__init);
  constant->val_case = PG_QUERY__A__CONST__VAL_FVAL;
  constant->fval = Make(pg_query__float__init);
  constant->fval->fval = Text((negative ? "-" : "") + std::string(text));
  constant->location = location;
  return Wrap(PG_QUERY__NODE__NODE_A_CONST, &PgQuery__Node::a_const, constant);
}

PgQuery__Node* PlainReader::String() {
  const Token& token = all_[at_++];
  const std::string_view text = tokens_.Text(token);
  if (text.size() < 2 || text.front() != '\'' || text.back() != '\'') return Fail();
  const std::string_view inner = text.substr(1, text.size() - 2);
  if (inner.find_first_of("'\\") != std::string_view::npos) return Fail();
  auto* constant = Make(pg_query__a__const__init);
  constant->val_case = PG_QUERY__A__CONST__VAL_SVAL;
  constant->sval = Make(pg_query__string__init);
  constant->sval->sval = Text(inner);
  constant->location = static_cast<int>(token.begin);
  return Wrap(PG_QUERY__NODE__NODE_A_CONST, &PgQuery__Node::a_const, constant);
}

// ---- Types

PgQuery__TypeName* PlainReader::Type() {
  auto* type = Make(pg_query__type_name__init);
  type->location = Place();
  type->typemod = -1;
  if (AtEnd()) Fail();
  BuiltinType(AtEnd() ? "" : Lower(tokens_.Text(all_[at_])), *type);
  const std::size_t bounds = open_.size();
  while (Take('[')) {
    Expect(']');
    auto* bound = Make(pg_query__integer__init);
    bound->ival = -1;
    open_.push_back(Wrap(PG_QUERY__NODE__NODE_INTEGER, &PgQuery__Node::integer, bound));
  }
  Fill(type->n_array_bounds, type->array_bounds, bounds);
  return type;
}

void PlainReader::BuiltinType(std::string_view word, PgQuery__TypeName& type) {
  const auto named = [&](std::string_view name) {
    Fill(type.n_names, type.names, {StringNode(Text("pg_catalog")), StringNode(Text(name))});
  };
  if (word == "timestamp" || word == "time") return TimeType(word, type);
  if (word == "double") {
    ++at_;
    ExpectWord("precision");
    return named("float8");
  }
  if (word == "character" || word == "char") {
    ++at_;
    const bool varying = TakeWord("varying");
    named(varying ? "varchar" : "bpchar");
    if (Is('(')) return Modifiers(type, 1);
    if (!varying) Fill(type.n_typmods, type.typmods, {IntegerConstant(1, -1)});
    return;
  }
  const auto* known = std::ranges::find(kTypeWords, word, &TypeWord::word);
  if (known == kTypeWords.end()) return NamedType(type);
  ++at_;
  named(known->name);
  Modifiers(type, known->most);
}

void PlainReader::NamedType(PgQuery__TypeName& type) {
  const std::size_t names = open_.size();
  // No word of PostgreSQL 15, and a type of nearly every schema.
  open_.push_back(StringNode(TakeWord("json") ? Text("json") : ExpectName()));
  while (Take('.')) open_.push_back(StringNode(ExpectName()));
  Fill(type.n_names, type.names, names);
  Modifiers(type, 2);
}

void PlainReader::TimeType(std::string_view word, PgQuery__TypeName& type) {
  ++at_;
  Modifiers(type, 1);
  const bool with = TakeWord("with");
  if (with || TakeWord("without")) {
    ExpectWord("time");
    ExpectWord("zone");
  }
  Fill(type.n_names, type.names,
       {StringNode(Text("pg_catalog")), StringNode(Text(std::string(word) + (with ? "tz" : "")))});
}

void PlainReader::Modifiers(PgQuery__TypeName& type, std::size_t most) {
  if (!Take('(')) return;
  const std::size_t modifiers = open_.size();
  do {
    const int place = Place();
    PgQuery__Node* modifier = Number(false, place);
    if (modifier == nullptr || modifier->a_const->val_case != PG_QUERY__A__CONST__VAL_IVAL) {
      Fail();
      return;
    }
    open_.push_back(modifier);
  } while (Take(','));
  Expect(')');
  if (open_.size() - modifiers > most) Fail();
  Fill(type.n_typmods, type.typmods, modifiers);
}

}  // namespace schemac::sql
