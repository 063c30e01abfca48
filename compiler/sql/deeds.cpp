#include "compiler/sql/deeds.h"

#include <algorithm>
#include <span>

#include "compiler/sql/deed_reader.h"
#include "compiler/sql/do_block.h"
#include "compiler/sql/node_walk.h"
#include "compiler/sql/parse_tree.h"
#include "compiler/sql/statement_split.h"
#include "compiler/support/quote.h"

namespace schemac::sql {

using facts::Operation;
using schema::QualifiedName;

Deed& DeedReader::Add(Operation operation, QualifiedName relation) {
  Deed& deed = statement.deeds.emplace_back();
  deed.operation = operation;
  deed.relation = std::move(relation);
  deed.place = Whole();
  deed.lock = facts::FactsOf(operation).lock;
  return deed;
}

Place DeedReader::At(int location) const {
  const auto begin = static_cast<std::size_t>(std::max(location, 0));
  const std::size_t index = tokens.IndexAt(begin);
  return {begin, index < tokens.tokens().size() ? tokens.tokens()[index].end : tokens.source().size()};
}

namespace {

void ReadIndex(DeedReader& reader, const PgQuery__IndexStmt& index) {
  const bool concurrently = index.concurrent != 0;
  const Operation unique =
      concurrently ? Operation::CreateUniqueIndexConcurrently : Operation::CreateUniqueIndex;
  const Operation plain = concurrently ? Operation::CreateIndexConcurrently : Operation::CreateIndex;
  Deed& deed = reader.Add(index.unique != 0 ? unique : plain, SplitName(*index.relation));
  deed.member = index.idxname;
  deed.named = index.idxname[0] != '\0';
  deed.conditional = index.if_not_exists != 0;
  deed.method = index.access_method;
  for (const PgQuery__Node* element : NodeList(index.index_params, index.n_index_params)) {
    if (element->node_case == PG_QUERY__NODE__NODE_INDEX_ELEM)
      deed.names.emplace_back(element->index_elem->name);
  }
  if (index.where_clause != nullptr) deed.where = Deparse(*index.where_clause);
}

void ReadView(DeedReader& reader, const PgQuery__ViewStmt& view) {
  Deed& deed =
      reader.Add(view.replace != 0 ? Operation::ReplaceView : Operation::CreateView, SplitName(*view.view));
  deed.options = OptionWords({view.options, view.n_options});
  deed.conditional = view.replace != 0;
  if (view.with_check_option != PG_QUERY__VIEW_CHECK_OPTION__NO_CHECK_OPTION) {
    deed.options.emplace_back("check_option=");
  }
}

void ReadTransaction(DeedReader& reader, const PgQuery__TransactionStmt& statement) {
  reader.Add(Operation::Session);
  switch (statement.kind) {
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_BEGIN:
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_START:
      reader.statement.control = Control::Begin;
      return;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_COMMIT:
      reader.statement.control = Control::Commit;
      return;
    case PG_QUERY__TRANSACTION_STMT_KIND__TRANS_STMT_ROLLBACK:
      reader.statement.control = Control::Rollback;
      return;
    default:
      reader.statement.control = Control::Savepoint;
  }
}

std::string ValueOf(NodeList arguments) {
  std::string text;
  for (const PgQuery__Node* argument : arguments) {
    text += (text.empty() ? "" : ", ");
    const bool constant = argument->node_case == PG_QUERY__NODE__NODE_A_CONST &&
                          argument->a_const->val_case == PG_QUERY__A__CONST__VAL_SVAL;
    text += constant ? argument->a_const->sval->sval : Deparse(*argument);
  }
  return text;
}

void ReadSetting(DeedReader& reader, const PgQuery__VariableSetStmt& statement) {
  Deed& deed = reader.Add(Operation::Session);
  deed.member = statement.name;
  deed.local = statement.is_local != 0;
  deed.new_name = ValueOf({statement.args, statement.n_args});
}

void ReadEnum(DeedReader& reader, const PgQuery__AlterEnumStmt& statement) {
  const bool renames = statement.old_val[0] != '\0';
  Deed& deed = reader.Add(renames ? Operation::RenameEnumLabel : Operation::AddEnumLabel,
                          SplitName(NodeList(statement.type_name, statement.n_type_name)));
  deed.member = renames ? statement.old_val : statement.new_val;
  deed.new_name = renames ? statement.new_val : "";
  deed.placed = statement.new_val_neighbor[0] != '\0';
  deed.conditional = statement.skip_if_new_val_exists != 0;
}

void ReadComment(DeedReader& reader, const PgQuery__CommentStmt& statement) {
  Deed& deed = reader.Add(Operation::Comment);
  deed.lock = facts::LockMode::None;
  NodeList names = statement.object == nullptr ? NodeList{} : ListItems(statement.object);
  const bool column = statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN;
  if ((!column && statement.objtype != PG_QUERY__OBJECT_TYPE__OBJECT_TABLE) || names.empty()) return;
  deed.relation = SplitName(column ? names.first(names.size() - 1) : names);
  deed.lock = facts::FactsOf(Operation::Comment).lock;
}

void ReadCreateTableAs(DeedReader& reader, const PgQuery__CreateTableAsStmt& statement) {
  const bool view = statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW;
  Deed& deed = reader.Add(view ? Operation::CreateMaterializedView : Operation::CreateTableAs,
                          SplitName(*statement.into->rel));
  deed.conditional = statement.if_not_exists != 0;
  deed.temporary = statement.into->rel->relpersistence[0] == 't';
}

void ReadPart(DeedReader& reader, Operation operation, const PgQuery__RangeVar& table, const char* name) {
  reader.Add(operation, SplitName(table)).member = name;
}

// Statements about types, schemas and routines, of which the entry is all there is to say.
bool ReadPlain(DeedReader& reader, const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT:
      reader.Add(Operation::CreateType,
                 SplitName(NodeList(node.create_enum_stmt->type_name, node.create_enum_stmt->n_type_name)));
      return true;
    case PG_QUERY__NODE__NODE_COMPOSITE_TYPE_STMT:
      reader.Add(Operation::CreateType, SplitName(*node.composite_type_stmt->typevar));
      return true;
    case PG_QUERY__NODE__NODE_CREATE_RANGE_STMT:
      reader.Add(Operation::CreateType,
                 SplitName(NodeList(node.create_range_stmt->type_name, node.create_range_stmt->n_type_name)));
      return true;
    case PG_QUERY__NODE__NODE_CREATE_FUNCTION_STMT: {
      const PgQuery__CreateFunctionStmt& routine = *node.create_function_stmt;
      reader.Add(routine.replace != 0 ? Operation::ReplaceRoutine : Operation::CreateRoutine,
                 SplitName(NodeList(routine.funcname, routine.n_funcname)));
      return true;
    }
    case PG_QUERY__NODE__NODE_ALTER_FUNCTION_STMT:
      reader.Add(Operation::AlterRoutine);
      return true;
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
      reader.Add(Operation::CreateSequence, SplitName(*node.create_seq_stmt->sequence)).conditional =
          node.create_seq_stmt->if_not_exists != 0;
      return true;
    case PG_QUERY__NODE__NODE_ALTER_SEQ_STMT:
      reader.Add(Operation::AlterSequence, SplitName(*node.alter_seq_stmt->sequence));
      return true;
    case PG_QUERY__NODE__NODE_CREATE_SCHEMA_STMT:
      reader.Add(Operation::CreateSchema, {"", node.create_schema_stmt->schemaname}).conditional =
          node.create_schema_stmt->if_not_exists != 0;
      return true;
    case PG_QUERY__NODE__NODE_CREATE_EXTENSION_STMT:
      reader.Add(Operation::CreateExtension, {"", node.create_extension_stmt->extname}).conditional =
          node.create_extension_stmt->if_not_exists != 0;
      return true;
    case PG_QUERY__NODE__NODE_ALTER_EXTENSION_STMT:
      reader.Add(Operation::AlterExtension);
      return true;
    case PG_QUERY__NODE__NODE_GRANT_STMT:
      reader.Add(node.grant_stmt->is_grant != 0 ? Operation::Grant : Operation::Revoke);
      return true;
    case PG_QUERY__NODE__NODE_ALTER_DEFAULT_PRIVILEGES_STMT:
      reader.Add(Operation::AlterDefaultPrivileges);
      return true;
    case PG_QUERY__NODE__NODE_CREATEDB_STMT:
      reader.Add(Operation::CreateDatabase, {"", node.createdb_stmt->dbname});
      return true;
    case PG_QUERY__NODE__NODE_DROPDB_STMT:
      reader.Add(Operation::DropDatabase, {"", node.dropdb_stmt->dbname});
      return true;
    default:
      return false;
  }
}

bool ReadTablePart(DeedReader& reader, const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_CREATE_TRIG_STMT:
      ReadPart(reader, Operation::CreateTrigger, *node.create_trig_stmt->relation,
               node.create_trig_stmt->trigname);
      return true;
    case PG_QUERY__NODE__NODE_RULE_STMT:
      ReadPart(reader, Operation::CreateRule, *node.rule_stmt->relation, node.rule_stmt->rulename);
      return true;
    case PG_QUERY__NODE__NODE_CREATE_POLICY_STMT:
      ReadPart(reader, Operation::CreatePolicy, *node.create_policy_stmt->table,
               node.create_policy_stmt->policy_name);
      return true;
    case PG_QUERY__NODE__NODE_ALTER_POLICY_STMT:
      ReadPart(reader, Operation::AlterPolicy, *node.alter_policy_stmt->table,
               node.alter_policy_stmt->policy_name);
      return true;
    case PG_QUERY__NODE__NODE_CREATE_STATS_STMT:
      for (const PgQuery__Node* relation :
           NodeList(node.create_stats_stmt->relations, node.create_stats_stmt->n_relations)) {
        if (relation->node_case == PG_QUERY__NODE__NODE_RANGE_VAR)
          reader.Add(Operation::CreateStatistics, SplitName(*relation->range_var));
      }
      return true;
    case PG_QUERY__NODE__NODE_ALTER_STATS_STMT:
      reader.Add(Operation::AlterStatistics);
      return true;
    default:
      return false;
  }
}

void ReadDomain(DeedReader& reader, const PgQuery__CreateDomainStmt& statement) {
  Deed& deed =
      reader.Add(Operation::CreateDomain, SplitName(NodeList(statement.domainname, statement.n_domainname)));
  for (const PgQuery__Node* node : NodeList(statement.constraints, statement.n_constraints)) {
    if (node->node_case != PG_QUERY__NODE__NODE_CONSTRAINT) continue;
    if (node->constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_CHECK ||
        node->constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL) {
      deed.constraints.push_back(ReadConstraint(reader, *node->constraint));
    }
  }
}

void ReadBlock(DeedReader& reader, const PgQuery__DoStmt& block) {
  reader.Add(Operation::Other);
  reader.statement.control = Control::Block;
  for (const PgQuery__Node* node : NodeList(block.args, block.n_args)) {
    if (node->node_case == PG_QUERY__NODE__NODE_DEF_ELEM &&
        std::string_view("as") == node->def_elem->defname) {
      reader.statement.strings.push_back(OptionText(*node->def_elem));
    }
    if (node->node_case == PG_QUERY__NODE__NODE_DEF_ELEM &&
        std::string_view("language") == node->def_elem->defname) {
      reader.statement.opaque = OptionText(*node->def_elem) != "plpgsql";
    }
  }
}

void ReadStatement(DeedReader& reader, const PgQuery__Node& node) {
  if (ReadRowStatement(reader, node) || ReadPlain(reader, node) || ReadTablePart(reader, node)) return;
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_CREATE_STMT:
      return ReadCreateTable(reader, *node.create_stmt);
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
      return ReadCreateTableAs(reader, *node.create_table_as_stmt);
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
      return ReadAlterTable(reader, *node.alter_table_stmt);
    case PG_QUERY__NODE__NODE_INDEX_STMT:
      return ReadIndex(reader, *node.index_stmt);
    case PG_QUERY__NODE__NODE_VIEW_STMT:
      return ReadView(reader, *node.view_stmt);
    case PG_QUERY__NODE__NODE_DROP_STMT:
      return ReadDrop(reader, *node.drop_stmt);
    case PG_QUERY__NODE__NODE_RENAME_STMT:
      return ReadRename(reader, *node.rename_stmt);
    case PG_QUERY__NODE__NODE_ALTER_OBJECT_SCHEMA_STMT:
      return ReadSetSchema(reader, *node.alter_object_schema_stmt);
    case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT:
      return ReadEnum(reader, *node.alter_enum_stmt);
    case PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT:
      return ReadDomain(reader, *node.create_domain_stmt);
    case PG_QUERY__NODE__NODE_ALTER_DOMAIN_STMT:
      return ReadAlterDomain(reader, *node.alter_domain_stmt);
    case PG_QUERY__NODE__NODE_TRANSACTION_STMT:
      return ReadTransaction(reader, *node.transaction_stmt);
    case PG_QUERY__NODE__NODE_VARIABLE_SET_STMT:
      return ReadSetting(reader, *node.variable_set_stmt);
    case PG_QUERY__NODE__NODE_COMMENT_STMT:
      return ReadComment(reader, *node.comment_stmt);
    case PG_QUERY__NODE__NODE_REFRESH_MAT_VIEW_STMT:
      reader.Add(node.refresh_mat_view_stmt->concurrent != 0 ? Operation::RefreshMaterializedViewConcurrently
                                                             : Operation::RefreshMaterializedView,
                 SplitName(*node.refresh_mat_view_stmt->relation));
      return;
    case PG_QUERY__NODE__NODE_DO_STMT:
      return ReadBlock(reader, *node.do_stmt);
    default:
      reader.Add(Operation::Other);
  }
}

void CollectStrings(const ProtobufCMessage& message, std::vector<std::string>& strings) {
  if (message.descriptor == &pg_query__a__const__descriptor) {
    const auto& constant = reinterpret_cast<const PgQuery__AConst&>(message);
    if (constant.val_case == PG_QUERY__A__CONST__VAL_SVAL) strings.emplace_back(constant.sval->sval);
  }
  ForEachField(message, [&](const NodeField& field) {
    if (const ProtobufCMessage* child = ChildOf(field)) CollectStrings(*child, strings);
  });
}

// The parser cuts them in silence.
void FindLongNames(const Tokens& tokens, std::vector<Place>& places) {
  for (const Token& token : tokens.tokens()) {
    if (token.kind != TokenKind::Word && token.kind != TokenKind::Quoted) continue;
    const std::size_t quotes = token.kind == TokenKind::Quoted ? 2 : 0;
    if (token.end - token.begin > kLongestIdentifier + quotes) places.push_back({token.begin, token.end});
  }
}

template <typename Visit>
void ForEachPlace(StatementDeeds& statement, const Visit& visit) {
  const auto visit_all = [&](std::vector<ConstraintTraits>& constraints) {
    for (ConstraintTraits& constraint : constraints) visit(constraint.place);
  };
  visit(statement.place);
  for (Place& place : statement.long_names) visit(place);
  for (Deed& deed : statement.deeds) {
    visit(deed.place);
    visit_all(deed.constraints);
    for (ColumnTraits& column : deed.columns) {
      visit(column.place);
      visit_all(column.constraints);
    }
  }
}

// With places that count from `begin`.
StatementDeeds ReadOne(std::string_view text, std::size_t begin) {
  StatementDeeds statement;
  statement.place = {0, text.size()};
  const auto tree = ParseTree::Parse(text);
  if (tree) {
    const Tokens tokens(text);
    DeedReader deeds{tokens, statement};
    for (const PgQuery__RawStmt* raw : std::span(tree->result().stmts, tree->result().n_stmts)) {
      if (raw->stmt != nullptr) ReadStatement(deeds, *raw->stmt);
    }
    CollectStrings(tree->result().base, statement.strings);
    FindLongNames(tokens, statement.long_names);
  } else {
    statement.error = tree.error();
    statement.error->offset = begin + statement.error->offset.value_or(0);
  }
  ForEachPlace(statement, [begin](Place& place) {
    place.begin += begin;
    place.end += begin;
  });
  return statement;
}

// Where the body of the block at the place begins; nullopt when its quotes make it another text than what
// stands there.
std::optional<std::size_t> FindBody(std::string_view script, const Place& block, std::string_view body) {
  const Tokens tokens(script, block.begin, block.end);
  for (const Token& token : tokens.tokens()) {
    if (token.kind != TokenKind::String) continue;
    const std::size_t found = tokens.Text(token).find(body);
    if (found != std::string_view::npos) return token.begin + found;
  }
  return std::nullopt;
}

// The statements inside the block that is the last of `all`.
void AddInside(std::string_view script, std::vector<StatementDeeds>& all) {
  const std::size_t block = all.size() - 1;
  if (all[block].opaque || all[block].strings.empty()) return;
  const Place whole = all[block].place;
  const std::string body = all[block].strings.front();
  const std::optional<std::size_t> start = FindBody(script, whole, body);
  BlockContents contents = ReadBlockBody(body);
  all[block].opaque = contents.opaque;
  for (BlockStatement& inner : contents.statements) {
    const std::size_t begin = start.value_or(0) + inner.begin;
    StatementDeeds one = ReadOne(inner.text, begin);
    if (one.error) {  // Not SQL alone.
      all[block].opaque = true;
      continue;
    }
    if (!start || !inner.spelled) {
      const Place place = start ? Place{begin, *start + inner.end} : whole;
      ForEachPlace(one, [&](Place& it) { it = place; });
    }
    one.inside = true;
    one.text = std::move(inner.text);
    all.push_back(std::move(one));
  }
}

}  // namespace

bool NamesRelation(Operation operation) {
  switch (operation) {
    case Operation::CreateSchema:
    case Operation::DropSchema:
    case Operation::RenameSchema:
    case Operation::CreateExtension:
    case Operation::AlterExtension:
    case Operation::DropExtension:
    case Operation::CreateDatabase:
    case Operation::DropDatabase:
      return false;
    default:
      return true;
  }
}

std::vector<StatementDeeds> ReadDeeds(std::string_view script) {
  std::vector<StatementDeeds> all;
  ScriptReader reader(script);
  ScriptStatement found;
  while (reader.Next(found)) {
    all.push_back(ReadOne(script.substr(found.begin, found.end - found.begin), found.begin));
    if (all.back().control == Control::Block) AddInside(script, all);
  }
  return all;
}

}  // namespace schemac::sql
