#include "compiler/sql/plain_statement.h"

#include "compiler/sql/plain_reader.h"

namespace schemac::sql {
namespace {

// As pg_query.h's PG_VERSION_NUM, of the parser whose trees these are.
constexpr int kVersion = 150001;
// What is longer is for the parser, which knows how deep a tree may be.
constexpr std::size_t kMostTokens = 10'000;

}  // namespace

PgQuery__Node* PlainReader::Statement() {
  if (TakeWord("alter")) {
    ExpectWord("table");
    return AlterTable();
  }
  if (!TakeWord("create")) return nullptr;
  if (TakeWord("table")) return CreateTable();
  if (TakeWord("type")) return CreateEnum();
  const bool unique = TakeWord("unique");
  return TakeWord("index") ? CreateIndex(unique) : nullptr;
}

PgQuery__RangeVar* PlainReader::Relation() {
  auto* relation = Make(pg_query__range_var__init);
  relation->location = Place();
  relation->relname = ExpectName();
  if (Take('.')) {
    relation->schemaname = relation->relname;
    relation->relname = ExpectName();
  }
  relation->inh = 1;
  relation->relpersistence = Text("p");
  return relation;
}

PgQuery__Node* PlainReader::CreateTable() {
  auto* create = Make(pg_query__create_stmt__init);
  create->relation = Relation();
  create->oncommit = PG_QUERY__ON_COMMIT_ACTION__ONCOMMIT_NOOP;
  const std::size_t elements = open_.size();
  Expect('(');
  do {
    open_.push_back(Element());
  } while (Take(','));
  Expect(')');
  Fill(create->n_table_elts, create->table_elts, elements);
  return Wrap(PG_QUERY__NODE__NODE_CREATE_STMT, &PgQuery__Node::create_stmt, create);
}

PgQuery__Node* PlainReader::Element() {
  if (!BeginsConstraint()) return Column();
  return Wrap(PG_QUERY__NODE__NODE_CONSTRAINT, &PgQuery__Node::constraint, TableConstraint());
}

bool PlainReader::BeginsConstraint() {
  return IsWord("constraint") || IsWord("check") || IsWord("unique") || IsWord("primary") ||
         IsWord("foreign");
}

PgQuery__Node* PlainReader::Column() {
  auto* column = Make(pg_query__column_def__init);
  column->location = Place();
  column->colname = ExpectName();
  column->type_name = Type();
  column->is_local = 1;
  const std::size_t constraints = open_.size();
  while (!AtEnd() && !Is(',') && !Is(')')) {
    open_.push_back(Wrap(PG_QUERY__NODE__NODE_CONSTRAINT, &PgQuery__Node::constraint, ColumnConstraint()));
  }
  Fill(column->n_constraints, column->constraints, constraints);
  return Wrap(PG_QUERY__NODE__NODE_COLUMN_DEF, &PgQuery__Node::column_def, column);
}

PgQuery__Constraint* PlainReader::ColumnConstraint() {
  const int place = Place();
  if (!TakeWord("constraint")) return ColumnConstraintBody();
  char* name = ExpectName();
  PgQuery__Constraint* constraint = ColumnConstraintBody();
  constraint->conname = name;
  constraint->location = place;
  return constraint;
}

PgQuery__Constraint* PlainReader::ColumnConstraintBody() {
  auto* constraint = Make(pg_query__constraint__init);
  constraint->location = Place();
  if (TakeWord("not")) {
    ExpectWord("null");
    constraint->contype = PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL;
  } else if (TakeWord("null")) {
    constraint->contype = PG_QUERY__CONSTR_TYPE__CONSTR_NULL;
  } else if (TakeWord("default")) {
    constraint->contype = PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT;
    constraint->raw_expr = Value();
  } else if (TakeWord("primary")) {
    ExpectWord("key");
    constraint->contype = PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
  } else if (TakeWord("unique")) {
    constraint->contype = PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE;
  } else if (TakeWord("check")) {
    constraint->contype = PG_QUERY__CONSTR_TYPE__CONSTR_CHECK;
    constraint->raw_expr = Parenthesized();
    constraint->initially_valid = 1;
  } else if (TakeWord("references")) {
    References(*constraint);
  } else if (TakeWord("generated")) {
    return Generated(constraint);
  } else {
    Fail();
  }
  return constraint;
}

PgQuery__Constraint* PlainReader::Generated(PgQuery__Constraint* constraint) {
  const bool always = TakeWord("always");
  if (!always) {
    ExpectWord("by");
    ExpectWord("default");
  }
  constraint->generated_when = Text(always ? "a" : "d");
  ExpectWord("as");
  if (always && Is('(')) {
    constraint->contype = PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED;
    constraint->raw_expr = Parenthesized();
    ExpectWord("stored");
    return constraint;
  }
  ExpectWord("identity");
  constraint->contype = PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY;
  return constraint;
}

PgQuery__Constraint* PlainReader::TableConstraint() {
  const int place = Place();
  char* name = TakeWord("constraint") ? ExpectName() : nullptr;
  PgQuery__Constraint* constraint = TableConstraintBody();
  if (name != nullptr) constraint->conname = name;
  constraint->location = place;
  return constraint;
}

PgQuery__Constraint* PlainReader::TableConstraintBody() {
  auto* constraint = Make(pg_query__constraint__init);
  if (TakeWord("check")) {
    constraint->contype = PG_QUERY__CONSTR_TYPE__CONSTR_CHECK;
    constraint->raw_expr = Parenthesized();
    constraint->initially_valid = 1;
  } else if (TakeWord("foreign")) {
    ExpectWord("key");
    Names(constraint->n_fk_attrs, constraint->fk_attrs);
    ExpectWord("references");
    References(*constraint);
  } else if (TakeWord("primary")) {
    ExpectWord("key");
    constraint->contype = PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
    Names(constraint->n_keys, constraint->keys);
  } else if (TakeWord("unique")) {
    constraint->contype = PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE;
    Names(constraint->n_keys, constraint->keys);
  } else {
    Fail();
  }
  return constraint;
}

void PlainReader::References(PgQuery__Constraint& key) {
  key.contype = PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN;
  key.pktable = Relation();
  if (Is('(')) Names(key.n_pk_attrs, key.pk_attrs);
  key.fk_matchtype = Text("s");
  const char* on_delete = nullptr;
  const char* on_update = nullptr;
  while (TakeWord("on")) {
    const bool deleting = TakeWord("delete");
    if (!deleting) ExpectWord("update");
    const char*& action = deleting ? on_delete : on_update;
    if (action != nullptr) Fail();
    action = ReferentialAction();
  }
  key.fk_del_action = Text(on_delete == nullptr ? "a" : on_delete);
  key.fk_upd_action = Text(on_update == nullptr ? "a" : on_update);
  key.initially_valid = 1;
}

const char* PlainReader::ReferentialAction() {
  if (TakeWord("cascade")) return "c";
  if (TakeWord("restrict")) return "r";
  if (TakeWord("no")) {
    ExpectWord("action");
    return "a";
  }
  ExpectWord("set");
  const bool to_null = TakeWord("null");
  if (!to_null) ExpectWord("default");
  return to_null ? "n" : "d";
}

void PlainReader::Names(std::size_t& count, PgQuery__Node**& list) {
  const std::size_t names = open_.size();
  Expect('(');
  do {
    open_.push_back(StringNode(ExpectName()));
  } while (Take(','));
  Expect(')');
  Fill(count, list, names);
}

PgQuery__Node* PlainReader::CreateIndex(bool unique) {
  auto* create = Make(pg_query__index_stmt__init);
  create->unique = unique ? 1 : 0;
  if (!IsWord("on")) create->idxname = ExpectName();
  ExpectWord("on");
  create->relation = Relation();
  create->access_method = TakeWord("using") ? ExpectName() : Text("btree");
  const std::size_t keys = open_.size();
  Expect('(');
  do {
    open_.push_back(Key());
  } while (Take(','));
  Expect(')');
  Fill(create->n_index_params, create->index_params, keys);
  if (TakeWord("include")) {
    const std::size_t included = open_.size();
    Expect('(');
    do {
      open_.push_back(IncludedColumn());
    } while (Take(','));
    Expect(')');
    Fill(create->n_index_including_params, create->index_including_params, included);
  }
  if (TakeWord("where")) create->where_clause = Expression();
  return Wrap(PG_QUERY__NODE__NODE_INDEX_STMT, &PgQuery__Node::index_stmt, create);
}

PgQuery__Node* PlainReader::Key() {
  auto* key = Make(pg_query__index_elem__init);
  if (Is('(')) {
    key->expr = Parenthesized();
  } else if (at_ + 1 < all_.size() && tokens_.Text(all_[at_ + 1]) == "(") {
    key->expr = NameOrCall();
  } else {
    key->name = ExpectName();
  }
  key->ordering = TakeWord("asc")    ? PG_QUERY__SORT_BY_DIR__SORTBY_ASC
                  : TakeWord("desc") ? PG_QUERY__SORT_BY_DIR__SORTBY_DESC
                                     : PG_QUERY__SORT_BY_DIR__SORTBY_DEFAULT;
  key->nulls_ordering = PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_DEFAULT;
  if (TakeWord("nulls")) {
    const bool first = TakeWord("first");
    if (!first) ExpectWord("last");
    key->nulls_ordering =
        first ? PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST : PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST;
  }
  return Wrap(PG_QUERY__NODE__NODE_INDEX_ELEM, &PgQuery__Node::index_elem, key);
}

PgQuery__Node* PlainReader::IncludedColumn() {
  auto* key = Make(pg_query__index_elem__init);
  key->name = ExpectName();
  key->ordering = PG_QUERY__SORT_BY_DIR__SORTBY_DEFAULT;
  key->nulls_ordering = PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_DEFAULT;
  return Wrap(PG_QUERY__NODE__NODE_INDEX_ELEM, &PgQuery__Node::index_elem, key);
}

PgQuery__Node* PlainReader::CreateEnum() {
  auto* create = Make(pg_query__create_enum_stmt__init);
  const std::size_t name = open_.size();
  do {
    open_.push_back(StringNode(ExpectName()));
  } while (open_.size() < name + 2 && Take('.'));
  Fill(create->n_type_name, create->type_name, name);
  ExpectWord("as");
  ExpectWord("enum");
  Expect('(');
  const std::size_t labels = open_.size();
  do {
    const PgQuery__Node* label = IsKind(TokenKind::String) ? String() : Fail();
    if (label != nullptr) open_.push_back(StringNode(label->a_const->sval->sval));
  } while (Take(','));
  Expect(')');
  Fill(create->n_vals, create->vals, labels);
  return Wrap(PG_QUERY__NODE__NODE_CREATE_ENUM_STMT, &PgQuery__Node::create_enum_stmt, create);
}

PgQuery__Node* PlainReader::AlterTable() {
  auto* alter = Make(pg_query__alter_table_stmt__init);
  const bool only = TakeWord("only");
  alter->relation = Relation();
  alter->relation->inh = only ? 0 : 1;
  alter->objtype = PG_QUERY__OBJECT_TYPE__OBJECT_TABLE;
  const std::size_t commands = open_.size();
  do {
    ExpectWord("add");
    auto* command = Make(pg_query__alter_table_cmd__init);
    const bool constraint = BeginsConstraint();
    if (!constraint) TakeWord("column");
    command->subtype =
        constraint ? PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint : PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn;
    command->def = constraint ? Element() : Column();
    command->behavior = PG_QUERY__DROP_BEHAVIOR__DROP_RESTRICT;
    open_.push_back(Wrap(PG_QUERY__NODE__NODE_ALTER_TABLE_CMD, &PgQuery__Node::alter_table_cmd, command));
  } while (Take(','));
  Fill(alter->n_cmds, alter->cmds, commands);
  return Wrap(PG_QUERY__NODE__NODE_ALTER_TABLE_STMT, &PgQuery__Node::alter_table_stmt, alter);
}

PgQuery__ParseResult* PlainReader::Read() {
  auto* raw = Make(pg_query__raw_stmt__init);
  raw->stmt = Statement();
  if (failed_ || !AtEnd() || raw->stmt == nullptr) return nullptr;
  auto* result = Make(pg_query__parse_result__init);
  result->version = kVersion;
  result->n_stmts = 1;
  result->stmts = static_cast<PgQuery__RawStmt**>(arena_.Allocate(sizeof(PgQuery__RawStmt*)));
  if (result->stmts == nullptr) throw std::bad_alloc();
  result->stmts[0] = raw;
  return result;
}

PgQuery__TypeName* PlainReader::ReadType() {
  PgQuery__TypeName* type = Type();
  return failed_ || !AtEnd() ? nullptr : type;
}

namespace {

bool IsPlain(const Tokens& tokens) {
  if (tokens.tokens().size() > kMostTokens) return false;
  const std::string_view text = tokens.source();
  // Characters beyond ASCII, and those that no statement has, are left to the parser. Looked for to the end,
  // many at a time, since hardly any text has one.
  unsigned all = 0;
  unsigned zeros = 0;
  for (const char c : text) {
    all |= static_cast<unsigned char>(c);
    zeros |= c == 0 ? 1U : 0U;
  }
  return all < 0x80 && zeros == 0;
}

}  // namespace

PgQuery__ParseResult* ReadPlainStatement(const Tokens& tokens, Arena& arena) {
  return IsPlain(tokens) ? PlainReader(tokens, arena).Read() : nullptr;
}

PgQuery__TypeName* ReadPlainType(const Tokens& tokens, Arena& arena) {
  return IsPlain(tokens) ? PlainReader(tokens, arena).ReadType() : nullptr;
}

}  // namespace schemac::sql
