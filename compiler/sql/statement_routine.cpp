// CREATE and ALTER of functions and procedures.
#include "compiler/sql/statement_routine.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/sql/canonical_term.h"
#include "compiler/sql/statement_address.h"
#include "compiler/sql/statement_column.h"
#include "compiler/sql/statements.h"
#include "schema/edit/limits.h"

namespace schemac::sql {

using schema::Function;
using schema::ObjectAddress;

namespace {

// A parameter, read.
struct Parameter {
  std::string name;
  PgQuery__FunctionParameterMode mode = PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_IN;
  schema::Type type;
  std::optional<schema::Expression> default_value;

  [[nodiscard]] bool IsInput() const {
    return mode != PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT &&
           mode != PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE;
  }
  [[nodiscard]] bool IsOutput() const {
    return mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT ||
           mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_INOUT;
  }
};

std::string_view ModeWord(PgQuery__FunctionParameterMode mode) {
  switch (mode) {
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT:
      return "OUT ";
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_INOUT:
      return "INOUT ";
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_VARIADIC:
      return "VARIADIC ";
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE:
      return "TABLE ";
    default:
      return "";
  }
}

ErrorOr<std::vector<Parameter>> ReadParameters(const Session& session, NodeList nodes) {
  std::vector<Parameter> parameters;
  std::size_t inputs = 0;
  for (const PgQuery__Node* node : nodes) {
    if (node->node_case != PG_QUERY__NODE__NODE_FUNCTION_PARAMETER) continue;
    const PgQuery__FunctionParameter& written = *node->function_parameter;
    Parameter& parameter = parameters.emplace_back();
    parameter.name = written.name;
    parameter.mode = written.mode;
    if (parameter.IsInput() && ++inputs > schema::kMostArguments) {
      return ErrorAt(written.arg_type->location,
                     fmt::format("functions cannot have more than {} arguments", schema::kMostArguments));
    }
    auto type = RoutineType(session, *written.arg_type);
    if (!type) return type.error();
    parameter.type = *type;
    if (written.defexpr == nullptr) continue;
    auto value = MakeExpression(*written.defexpr, *session.tokens, DefaultScope(session, parameter.type));
    if (!value) return value.error();
    parameter.default_value = std::move(*value);
  }
  return parameters;
}

// A canonical form with the names of what it refers to in place of the marks.
std::string Spelled(const schema::Expression& expression) {
  std::string text;
  std::size_t next = 0;
  for (const char c : expression.canonical) {
    if (c != '\x01' || next >= expression.references.size()) {
      text += c;
      continue;
    }
    const ObjectAddress& target = expression.references[next++].target;
    text += target.schema + "." + target.name + (target.member.empty() ? "" : "." + target.member);
  }
  return text;
}

void DescribeParameters(const std::vector<Parameter>& parameters, Function& function) {
  for (const Parameter& parameter : parameters) {
    if (parameter.IsInput()) {
      function.identity_arguments +=
          (function.identity_arguments.empty() ? "" : ", ") + IdentityType(parameter.type);
    }
    if (!function.arguments.empty()) function.arguments += ", ";
    function.arguments += fmt::format("{}{}{}{}", ModeWord(parameter.mode), parameter.name,
                                      parameter.name.empty() ? "" : " ", IdentityType(parameter.type));
    if (!parameter.default_value) continue;
    const std::string default_value = Spelled(*parameter.default_value);
    function.default_arguments.Edit().push_back(default_value);
    function.arguments += " DEFAULT " + default_value;
  }
}

// What the function returns; OUT parameters imply it when nothing is said.
ErrorOr<std::string> ReturnsOf(const Session& session, const PgQuery__CreateFunctionStmt& statement,
                               const std::vector<Parameter>& parameters) {
  std::string columns;
  std::vector<std::string> outputs;
  for (const Parameter& parameter : parameters) {
    if (parameter.mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE) {
      columns +=
          fmt::format("{}{} {}", columns.empty() ? "" : ", ", parameter.name, IdentityType(parameter.type));
    } else if (parameter.IsOutput()) {
      outputs.push_back(IdentityType(parameter.type));
    }
  }
  if (!columns.empty()) return "TABLE(" + columns + ")";
  if (statement.is_procedure) return std::string();
  if (statement.return_type == nullptr) {
    if (outputs.empty()) return ErrorAt(-1, "function result type must be specified");
    return outputs.size() == 1 ? outputs.front() : "record";
  }
  auto type = RoutineType(session, *statement.return_type);
  if (!type) return type.error();
  return (statement.return_type->setof ? "SETOF " : "") + IdentityType(*type);
}

// A user type as a mark, so that renaming it renames it here.
void AppendType(const schema::Type& type, const schema::Catalog& catalog, schema::Expression& canonical) {
  const auto address = type.schema.empty() ? std::nullopt : catalog.FindType({type.schema, type.name});
  if (!address) {
    canonical.canonical += IdentityType(type);
    return;
  }
  canonical.canonical += '\x01';
  if (type.array) canonical.canonical += "[]";
  canonical.references.push_back({*address, 0, 0});
}

void AppendParameters(const Session& session, const std::vector<Parameter>& parameters,
                      schema::Expression& canonical) {
  for (const Parameter& parameter : parameters) {
    canonical.canonical += fmt::format("{}{} ", ModeWord(parameter.mode), parameter.name);
    AppendType(parameter.type, *session.catalog, canonical);
    if (parameter.default_value) {
      canonical.canonical += " DEFAULT " + parameter.default_value->canonical;
      const auto marks = std::ranges::count(parameter.default_value->canonical, '\x01');
      for (std::ptrdiff_t i = 0; i < marks; ++i) {
        canonical.references.push_back(
            {parameter.default_value->references[static_cast<std::size_t>(i)].target, 0, 0});
      }
    }
    canonical.canonical += ", ";
  }
}

Done AppendReturns(const Session& session, const PgQuery__CreateFunctionStmt& statement,
                   const std::string& returns, schema::Expression& canonical) {
  canonical.canonical += ") RETURNS ";
  const bool is_table = returns.starts_with("TABLE(");
  if (statement.return_type == nullptr || is_table) {
    // The columns or OUT parameters stand among the parameters above.
    if (is_table) canonical.canonical += "TABLE";
    return Ok();
  }
  auto type = RoutineType(session, *statement.return_type);
  if (!type) return type.error();
  const bool implied = type->name == "record" && type->schema.empty() && statement.return_type->setof == 0;
  if (statement.return_type->setof) canonical.canonical += "SETOF ";
  // RETURNS record beside several OUT parameters, or the type of the only one, is what they imply anyway.
  const bool has_outputs = std::ranges::any_of(
      NodeList{statement.parameters, statement.n_parameters}, [](const PgQuery__Node* node) {
        return node->function_parameter->mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT ||
               node->function_parameter->mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_INOUT;
      });
  if (has_outputs && statement.return_type->setof == 0) return Ok();
  if (implied) {
    canonical.canonical += "record";
  } else {
    AppendType(*type, *session.catalog, canonical);
  }
  return Ok();
}

// The text that is kept and shown; the canonical form is put together here, since the order of a routine's
// attributes, and those that say the default, are no difference.
Done Define(const Session& session, const PgQuery__Node& node, const std::vector<Parameter>& parameters,
            const RoutineAttributes& attributes, Function& function) {
  const PgQuery__CreateFunctionStmt& statement = *node.create_function_stmt;
  const std::size_t begin =
      BeginAfterName(*session.tokens, statement.is_procedure ? "procedure" : "function");
  auto definition =
      MakeDefinition(node, *session.tokens, begin, session.tokens->tokens().back().end, ScopeOf(session));
  if (!definition) return definition.error();
  if (statement.sql_body != nullptr) {
    function.definition = std::move(*definition);
    return Ok();
  }
  schema::Expression canonical;
  canonical.canonical = "(";
  AppendParameters(session, parameters, canonical);
  if (auto done = AppendReturns(session, statement, function.returns, canonical); !done) return done;
  for (const auto& [name, value] : attributes)
    canonical.canonical += fmt::format(" {} {}", name, CanonicalValue(value));
  std::ranges::move(definition->references, std::back_inserter(canonical.references));
  canonical.text = std::move(definition->text);
  function.definition = std::move(canonical);
  return Ok();
}

Done CheckReplaceable(const Function& old, const Function& function) {
  if (old.procedure != function.procedure) return ErrorAt(-1, "cannot change routine kind");
  if (old.returns != function.returns) {
    return ErrorAt(-1,
                   fmt::format("cannot change return type of existing function \"{}\"", function.name.name));
  }
  if (function.default_arguments.size() < old.default_arguments.size()) {
    return ErrorAt(-1, "cannot remove parameter defaults from existing function");
  }
  return Ok();
}

}  // namespace

ErrorOr<schema::Type> RoutineType(const Session& session, const PgQuery__TypeName& name) {
  if (!name.pct_type) {
    PgQuery__TypeName single = name;
    single.setof = 0;
    return MakeType(single, ScopeOf(session));
  }
  const NodeList names{name.names, name.n_names};
  if (names.size() < 2) return ErrorAt(name.location, "improper %TYPE reference (too few dotted names)");
  const auto relation = ResolveRelation(session, SplitName(names.first(names.size() - 1)), name.location);
  if (!relation) return relation.error();
  const auto* table = session.catalog->Get<schema::Table>(*relation);
  const schema::Column* column = table == nullptr ? nullptr : table->FindColumn(StringOf(names.back()));
  if (column == nullptr) {
    return ErrorAt(name.location,
                   fmt::format("column \"{}\" of relation \"{}\" does not exist", StringOf(names.back()),
                               relation->name),
                   DiagnosticKind::UnknownColumn);
  }
  return column->type;
}

std::size_t BeginAfterName(const Tokens& tokens, std::string_view keyword) {
  const auto& all = tokens.tokens();
  std::size_t index = tokens.FindWord(0, keyword) + 1;
  // The name and its dotted rest.
  ++index;
  while (index + 1 < all.size() && all[index].kind == TokenKind::Dot) index += 2;
  return index < all.size() ? all[index].begin : tokens.source().size();
}

Done CreateRoutine(Session& session, const PgQuery__Node& node) {
  const PgQuery__CreateFunctionStmt& statement = *node.create_function_stmt;
  const auto name = NameForNew(session, SplitName({statement.funcname, statement.n_funcname}));
  if (!name) return name.error();
  Function function;
  function.name = *name;
  function.procedure = statement.is_procedure != 0;
  const auto parameters = ReadParameters(session, {statement.parameters, statement.n_parameters});
  if (!parameters) return parameters.error();
  DescribeParameters(*parameters, function);
  auto returns = ReturnsOf(session, statement, *parameters);
  if (!returns) return returns.error();
  function.returns = std::move(*returns);
  auto attributes = ReadRoutineAttributes({statement.options, statement.n_options});
  if (!attributes) return attributes.error();
  DropRoutineDefaults(*attributes);
  function.language = attributes->contains("language") ? (*attributes)["language"] : "sql";
  if (!attributes->contains("as") && statement.sql_body == nullptr)
    return ErrorAt(-1, "no function body specified");
  if (auto done = Define(session, node, *parameters, *attributes, function); !done) return done;
  const ObjectAddress address = schema::AddressOf(function);
  if (const auto* old = session.catalog->Get<Function>(address); old != nullptr && statement.replace) {
    if (auto checked = CheckReplaceable(*old, function); !checked) return checked;
    function.comment = old->comment;
    function.privileges = old->privileges;
    session.catalog->Put(std::move(function));
    return Ok();
  }
  return schema::Create(*session.catalog, std::move(function));
}

}  // namespace schemac::sql
