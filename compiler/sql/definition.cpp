// Objects that are kept as their CREATE statement: triggers, functions, rules, aggregates and the like.
#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "compiler/sql/analyzer.h"
#include "compiler/sql/deep_stack.h"
#include "compiler/sql/excerpt.h"
#include "compiler/sql/node_walk.h"
#include "compiler/sql/nodes.h"
#include "compiler/sql/statement_address.h"
#include "compiler/sql/touched.h"
#include "compiler/support/characters.h"

namespace schemac::sql {
namespace {

struct OwnField {
  const ProtobufCMessageDescriptor* statement;
  std::string_view field;
};

// What a definition does not consist of: its own name, and how it was asked for.
bool IsOwnName(const ProtobufCMessage& message, std::string_view field) {
  static const OwnField kFields[] = {
      {&pg_query__create_trig_stmt__descriptor, "trigname"},
      {&pg_query__create_trig_stmt__descriptor, "replace"},
      {&pg_query__create_function_stmt__descriptor, "funcname"},
      {&pg_query__create_function_stmt__descriptor, "replace"},
      {&pg_query__rule_stmt__descriptor, "rulename"},
      {&pg_query__rule_stmt__descriptor, "replace"},
      {&pg_query__define_stmt__descriptor, "defnames"},
      {&pg_query__define_stmt__descriptor, "replace"},
      {&pg_query__define_stmt__descriptor, "if_not_exists"},
      {&pg_query__create_stats_stmt__descriptor, "defnames"},
      {&pg_query__create_stats_stmt__descriptor, "if_not_exists"},
      {&pg_query__create_event_trig_stmt__descriptor, "trigname"},
      {&pg_query__alter_tsconfiguration_stmt__descriptor, "cfgname"},
      {&pg_query__alter_tsdictionary_stmt__descriptor, "dictname"},
  };
  return std::any_of(std::begin(kFields), std::end(kFields), [&](const OwnField& own) {
    return own.statement == message.descriptor && own.field == field;
  });
}

std::string StringArgument(const PgQuery__DefElem& option) {
  if (option.arg == nullptr) return "";
  switch (option.arg->node_case) {
    case PG_QUERY__NODE__NODE_STRING:
      return std::string(StringOf(*option.arg));
    case PG_QUERY__NODE__NODE_BOOLEAN:
      return option.arg->boolean->boolval ? "true" : "false";
    case PG_QUERY__NODE__NODE_INTEGER:
      return std::to_string(option.arg->integer->ival);
    case PG_QUERY__NODE__NODE_FLOAT:
      return option.arg->float_->fval;
    default:
      return "?";
  }
}

// Options of functions that say what holds without them.
bool IsDefaultOption(const PgQuery__DefElem& option, std::string_view language) {
  const std::string_view name = option.defname;
  const std::string value = StringArgument(option);
  if (name == "volatility") return value == "volatile";
  if (name == "strict" || name == "security" || name == "leakproof" || name == "window")
    return value != "true";
  if (name == "parallel") return value == "unsafe";
  if (name == "cost") return value == (language == "c" || language == "internal" ? "1" : "100");
  return name == "rows" && value == "1000";
}

class DefinitionWriter {
 public:
  DefinitionWriter(Analyzer& analyzer, CanonicalWriter& writer, const Scope& scope)
      : analyzer_(analyzer), writer_(writer), scope_(scope) {}

  void Write(const ProtobufCMessage& message) {
    if (message.descriptor == &pg_query__node__descriptor)
      return WriteNode(reinterpret_cast<const PgQuery__Node&>(message));
    if (message.descriptor == &pg_query__range_var__descriptor) {
      return WriteRelation(reinterpret_cast<const PgQuery__RangeVar&>(message));
    }
    if (message.descriptor == &pg_query__type_name__descriptor) {
      return WriteType(reinterpret_cast<const PgQuery__TypeName&>(message));
    }
    if (message.descriptor == &pg_query__create_function_stmt__descriptor) {
      return WriteFunction(reinterpret_cast<const PgQuery__CreateFunctionStmt&>(message));
    }
    if (message.descriptor == &pg_query__function_parameter__descriptor) {
      return WriteParameter(reinterpret_cast<const PgQuery__FunctionParameter&>(message));
    }
    if (message.descriptor == &pg_query__create_trig_stmt__descriptor) {
      const auto& trigger = reinterpret_cast<const PgQuery__CreateTrigStmt&>(message);
      WriteTriggerFunction(trigger.funcname, trigger.n_funcname);
      WriteTriggerColumns(trigger);
    }
    if (message.descriptor == &pg_query__create_event_trig_stmt__descriptor) {
      const auto& trigger = reinterpret_cast<const PgQuery__CreateEventTrigStmt&>(message);
      WriteTriggerFunction(trigger.funcname, trigger.n_funcname);
    }
    if (message.descriptor == &pg_query__stats_elem__descriptor) {
      const auto& element = reinterpret_cast<const PgQuery__StatsElem&>(message);
      if (element.expr == nullptr) return WriteStatisticsColumn(element.name);
    }
    if (IsDataStatement(message) && scope_.catalog != nullptr)
      std::ranges::copy(TouchedBy(message, scope_), std::back_inserter(touched_));
    if (message.descriptor == &pg_query__define_stmt__descriptor) {
      const auto& statement = reinterpret_cast<const PgQuery__DefineStmt&>(message);
      if (statement.kind == PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR) TakeOperands(statement);
    }
    if (message.descriptor == &pg_query__create_stats_stmt__descriptor)
      WriteKinds(reinterpret_cast<const PgQuery__CreateStatsStmt&>(message));
    WriteFields(message);
  }

  // What the data statements in it touch. Their columns are no expressions of their own, which would mention
  // them.
  [[nodiscard]] const std::vector<schema::ObjectAddress>& touched() const { return touched_; }

  // Where the text of the definition begins, to find names of which the tree keeps no place.
  void SetPlace(const Tokens& tokens, std::size_t begin) {
    tokens_ = &tokens;
    first_ = tokens.IndexAt(begin);
  }

 private:
  static bool IsDataStatement(const ProtobufCMessage& message) {
    return message.descriptor == &pg_query__insert_stmt__descriptor ||
           message.descriptor == &pg_query__update_stmt__descriptor ||
           message.descriptor == &pg_query__delete_stmt__descriptor ||
           message.descriptor == &pg_query__merge_stmt__descriptor;
  }

  // What Write() has put before the fields.
  static bool IsWrittenBefore(const ProtobufCMessage& message, std::string_view field) {
    if (message.descriptor == &pg_query__create_stats_stmt__descriptor) return field == "stat_types";
    const bool is_trigger = message.descriptor == &pg_query__create_trig_stmt__descriptor ||
                            message.descriptor == &pg_query__create_event_trig_stmt__descriptor;
    return is_trigger && (field == "funcname" || field == "columns");
  }

  // The kinds of statistics are a set, and all of them when none is named (statscmds.c, CreateStatistics).
  void WriteKinds(const PgQuery__CreateStatsStmt& statement) {
    std::set<std::string> kinds;
    for (std::size_t i = 0; i < statement.n_stat_types; ++i)
      kinds.emplace(StringOf(*statement.stat_types[i]));
    if (kinds.contains("ndistinct") && kinds.contains("dependencies") && kinds.contains("mcv")) return;
    for (const std::string& kind : kinds) writer_.WriteValue(kind);
  }

  void WriteFields(const ProtobufCMessage& message) {
    writer_.WriteSyntax("(");
    writer_.WriteSyntax(message.descriptor->short_name);
    ForEachField(message, [&](const NodeField& field) {
      const std::string_view name = field.descriptor->name;
      if (IsLocation(*field.descriptor) || IsOwnName(message, name)) return;
      if (IsWrittenBefore(message, name)) return;
      writer_.WriteSyntax(" ");
      writer_.WriteSyntax(name);
      writer_.WriteSyntax("=");
      if (const ProtobufCMessage* child = ChildOf(field)) {
        Write(*child);
      } else {
        writer_.WriteValue(ScalarText(field));
      }
    });
    writer_.WriteSyntax(")");
  }

  void WriteNode(const PgQuery__Node& node) {
    switch (node.node_case) {
      case PG_QUERY__NODE__NODE_A_EXPR:
      case PG_QUERY__NODE__NODE_BOOL_EXPR:
      case PG_QUERY__NODE__NODE_FUNC_CALL:
      case PG_QUERY__NODE__NODE_NULL_TEST:
      case PG_QUERY__NODE__NODE_BOOLEAN_TEST:
      case PG_QUERY__NODE__NODE_COLUMN_REF:
      case PG_QUERY__NODE__NODE_CASE_EXPR:
      case PG_QUERY__NODE__NODE_COALESCE_EXPR:
      case PG_QUERY__NODE__NODE_TYPE_CAST:
      case PG_QUERY__NODE__NODE_SUB_LINK:
      case PG_QUERY__NODE__NODE_SELECT_STMT:
        writer_.Write(*analyzer_.ExpressionFor(node, std::nullopt));
        return;
      case PG_QUERY__NODE__NODE_DEF_ELEM:
        return WriteOption(*node.def_elem);
      default:
        break;
    }
    WriteFields(node.base);
  }

  void WriteRelation(const PgQuery__RangeVar& variable) {
    const std::string schema = variable.schemaname == nullptr ? "" : variable.schemaname;
    const std::string name = variable.relname == nullptr ? "" : variable.relname;
    writer_.WriteSyntax(variable.inh ? "(relation " : "(only ");
    if (const auto address = ResolveRelation(schema, name, scope_)) {
      writer_.WriteMention(analyzer_.Mentioned(*address, variable.location, schema.empty() ? 1 : 2));
    } else {
      writer_.WriteValue(schema.empty() || schema == "public" ? name : schema + "." + name);
    }
    if (variable.alias != nullptr) writer_.WriteSyntax(DumpTree(variable.alias->base));
    writer_.WriteSyntax(")");
  }

  void WriteType(const PgQuery__TypeName& name) {
    const auto type = MakeType(name, scope_);
    if (!type) {
      // Where a definition may name a function (CREATE AGGREGATE), the grammar reads a type.
      return WriteFunctionName(name, std::nullopt);
    }
    std::optional<Mention> spelled;
    if (!type->schema.empty() && scope_.catalog != nullptr) {
      const auto address = scope_.catalog->FindType({type->schema, type->name});
      if (address) spelled = analyzer_.Mentioned(*address, name.location, name.n_names);
    }
    writer_.WriteSyntax(name.setof ? "(setof " : "(type ");
    writer_.WriteType(KeyOf(*type), type->modifiers, spelled);
    writer_.WriteSyntax(")");
  }

  void WriteOption(const PgQuery__DefElem& option) {
    writer_.WriteSyntax("(option ");
    writer_.WriteValue(option.defname == nullptr ? "" : option.defname);
    if (option.arg != nullptr) {
      writer_.WriteSyntax(" ");
      WriteArgument(option);
    }
    writer_.WriteSyntax(")");
  }

  // Of CREATE OPERATOR: its function is the one that takes its operands; `===`, and `OPERATOR(app.===)` as
  // pg_dump has it, in the schema that names go to here.
  void WriteArgument(const PgQuery__DefElem& option) {
    const std::string_view name = option.defname;
    if (name == "function" && !operands_.empty() && option.arg->node_case == PG_QUERY__NODE__NODE_TYPE_NAME) {
      return WriteFunctionName(*option.arg->type_name, operands_);
    }
    const bool is_operator = name == "commutator" || name == "negator";
    if (!is_operator || option.arg->node_case != PG_QUERY__NODE__NODE_LIST) return Write(option.arg->base);
    const std::vector<std::string> parts = NameParts(option.arg->list->items, option.arg->list->n_items);
    const std::string home = scope_.search_path.empty() ? "" : scope_.search_path.front();
    WriteUnknown(parts.size() > 1 ? parts[parts.size() - 2] : home, parts.back());
  }

  void WriteParameter(const PgQuery__FunctionParameter& parameter) {
    writer_.WriteSyntax("(parameter ");
    writer_.WriteValue(parameter.name == nullptr ? "" : parameter.name);
    const bool is_in = parameter.mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_DEFAULT;
    writer_.WriteSyntax(
        " " + std::to_string(is_in ? PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_IN : parameter.mode) +
        " ");
    WriteType(*parameter.arg_type);
    if (parameter.defexpr != nullptr) {
      const auto type = MakeType(*parameter.arg_type, scope_);
      writer_.WriteSyntax(" default ");
      writer_.Write(*analyzer_.ExpressionFor(*parameter.defexpr, type ? std::optional(*type) : std::nullopt));
    }
    writer_.WriteSyntax(")");
  }

  void WriteFunction(const PgQuery__CreateFunctionStmt& function) {
    writer_.WriteSyntax(function.is_procedure ? "(procedure" : "(function");
    for (std::size_t i = 0; i < function.n_parameters; ++i) Write(function.parameters[i]->base);
    if (function.return_type != nullptr) {
      writer_.WriteSyntax(" returns ");
      WriteType(*function.return_type);
    }
    std::string language = "sql";
    std::multimap<std::string_view, const PgQuery__DefElem*> options;
    for (std::size_t i = 0; i < function.n_options; ++i) {
      const PgQuery__DefElem& option = *function.options[i]->def_elem;
      if (std::string_view(option.defname) == "language") language = StringArgument(option);
      options.emplace(option.defname, &option);
    }
    for (const auto& [name, option] : options) {
      if (!IsDefaultOption(*option, language)) WriteOption(*option);
    }
    if (function.sql_body != nullptr) {
      writer_.WriteSyntax(" body ");
      Write(function.sql_body->base);
    }
    writer_.WriteSyntax(")");
  }

  void WriteTriggerFunction(PgQuery__Node* const* nodes, std::size_t count) {
    const std::vector<std::string> parts = NameParts(nodes, count);
    if (parts.empty()) return;
    const std::string schema = parts.size() > 1 ? parts[parts.size() - 2] : "";
    writer_.WriteSyntax("(execute ");
    if (const auto function = ResolveFunction(schema, parts.back(), "", scope_)) {
      writer_.WriteMention(analyzer_.Mentioned(*function, FunctionPlace(), parts.size()));
    } else {
      WriteUnknown(schema, parts.back());
    }
    writer_.WriteSyntax(")");
  }

  void WriteFunctionName(const PgQuery__TypeName& name, const std::optional<std::string>& arguments) {
    const std::vector<std::string> parts = NameParts(name.names, name.n_names);
    const std::string schema = parts.size() > 1 ? parts[parts.size() - 2] : "";
    if (const auto function = ResolveFunction(schema, parts.back(), arguments, scope_)) {
      writer_.WriteMention(analyzer_.Mentioned(*function, name.location, parts.size()));
    } else {
      WriteUnknown(schema, parts.back());
    }
  }

  // The arguments of an operator's function are its operands (operatorcmds.c, DefineOperator).
  void TakeOperands(const PgQuery__DefineStmt& statement) {
    for (const std::string_view side : {"leftarg", "rightarg"}) {
      for (std::size_t i = 0; i < statement.n_definition; ++i) {
        const PgQuery__Node& node = *statement.definition[i];
        if (node.node_case != PG_QUERY__NODE__NODE_DEF_ELEM || node.def_elem->defname != side) continue;
        const PgQuery__Node* operand = node.def_elem->arg;
        if (operand == nullptr || operand->node_case != PG_QUERY__NODE__NODE_TYPE_NAME) continue;
        const auto type = MakeType(*operand->type_name, scope_);
        if (type) operands_ += (operands_.empty() ? "" : ", ") + IdentityType(*type);
      }
    }
  }

  // What no catalog tells the schema of.
  void WriteUnknown(const std::string& schema, const std::string& name) {
    const bool stands_bare = schema.empty() || schema == "public" || schema == "pg_catalog";
    writer_.WriteValue(stands_bare ? name : schema + "." + name);
  }

  // The token after EXECUTE FUNCTION or EXECUTE PROCEDURE.
  [[nodiscard]] int FunctionPlace() const {
    if (tokens_ == nullptr) return -1;
    const std::size_t execute = tokens_->FindWord(first_, "execute");
    if (execute + 2 >= tokens_->tokens().size()) return -1;
    return static_cast<int>(tokens_->tokens()[execute + 2].begin);
  }

  // UPDATE OF a, b: the tree has the names only.
  void WriteTriggerColumns(const PgQuery__CreateTrigStmt& trigger) {
    if (trigger.n_columns == 0) return;
    std::size_t at = tokens_ == nullptr ? 0 : tokens_->FindWord(first_, "of");
    writer_.WriteSyntax("(of");
    for (std::size_t i = 0; i < trigger.n_columns; ++i) {
      const std::string name(StringOf(*trigger.columns[i]));
      writer_.WriteSyntax(" ");
      const bool known = scope_.table != nullptr && scope_.table->FindColumn(name) != nullptr;
      if (!known) {
        writer_.WriteValue(name);
        continue;
      }
      const bool placed = tokens_ != nullptr && at + 1 + 2 * i < tokens_->tokens().size();
      const int location = placed ? static_cast<int>(tokens_->tokens()[at + 1 + 2 * i].begin) : -1;
      const schema::QualifiedName& table = scope_.table->name;
      writer_.WriteMention(
          analyzer_.Mentioned({schema::ObjectKind::Column, table.schema, table.name, name}, location, 1));
    }
    writer_.WriteSyntax(")");
  }

  // ON a, b: the tree has the names only, and in another order than the text (SortElements).
  void WriteStatisticsColumn(const std::string& name) {
    const bool known = scope_.table != nullptr && scope_.table->FindColumn(name) != nullptr;
    if (!known) return writer_.WriteValue(name);
    const schema::QualifiedName& table = scope_.table->name;
    writer_.WriteMentionInSet(analyzer_.Mentioned(
        {schema::ObjectKind::Column, table.schema, table.name, name}, StatisticsColumnPlace(name), 1));
  }

  [[nodiscard]] int StatisticsColumnPlace(std::string_view name) const {
    if (tokens_ == nullptr) return -1;
    const std::vector<Token>& all = tokens_->tokens();
    const std::string quoted = fmt::format("\"{}\"", name);
    for (std::size_t at = tokens_->FindWord(first_, "on") + 1; at < all.size(); ++at) {
      if (tokens_->IsWord(at, "from")) break;
      if (all[at].kind == TokenKind::Open) at = std::min(tokens_->MatchingClose(at), all.size() - 1);
      const std::string_view text = tokens_->Text(all[at]);
      const bool is_bare = all[at].kind == TokenKind::Word;
      if (is_bare ? Lower(text) == name : text == quoted) return static_cast<int>(all[at].begin);
    }
    return -1;
  }

  Analyzer& analyzer_;
  CanonicalWriter& writer_;
  const Scope& scope_;
  const Tokens* tokens_ = nullptr;
  std::size_t first_ = 0;
  std::vector<schema::ObjectAddress> touched_;
  std::string operands_;  // Of an operator: the types of its arguments.
};

}  // namespace

ErrorOr<schema::Expression> MakeDefinition(const PgQuery__Node& statement, const Tokens& tokens,
                                           std::size_t begin, std::size_t end, const Scope& scope) {
  std::optional<ErrorOr<schema::Expression>> made;
  RunOnDeepStack(MeasureNesting(tokens.source().substr(begin, end - begin)), [&] {
    Analyzer analyzer(scope, tokens);
    analyzer.lenient = true;
    const bool has_rows = statement.node_case == PG_QUERY__NODE__NODE_CREATE_TRIG_STMT ||
                          statement.node_case == PG_QUERY__NODE__NODE_RULE_STMT;
    if (has_rows && scope.table != nullptr) {
      analyzer.AddRow("new", *scope.table);
      analyzer.AddRow("old", *scope.table);
    }
    CanonicalWriter writer(analyzer.types());
    DefinitionWriter definition(analyzer, writer, scope);
    definition.SetPlace(tokens, begin);
    // What is inside the Node, by its own kind.
    ForEachField(statement.base, [&](const NodeField& field) {
      if (const ProtobufCMessage* child = ChildOf(field)) definition.Write(*child);
    });
    if (analyzer.error()) {
      made.emplace(*analyzer.error());
    } else {
      made.emplace(MakeExcerpt(tokens, begin, end,
                               {std::move(writer).Finish(), analyzer.mentions(), analyzer.respellings()}));
      for (const schema::ObjectAddress& target : definition.touched())
        (*made)->references.push_back({target, 0, 0});
    }
  });
  return *std::move(made);
}

}  // namespace schemac::sql
