#include "compiler/sql/qualify.h"

#include <map>
#include <optional>
#include <set>

#include "compiler/sql/deep_stack.h"
#include "compiler/sql/facts.h"
#include "compiler/sql/node_walk.h"
#include "compiler/sql/nodes.h"
#include "compiler/sql/parse_tree.h"
#include "compiler/support/quote.h"

namespace schemac::sql {
namespace {

std::string CteName(const PgQuery__CommonTableExpr& expression) {
  return expression.ctename == nullptr ? "" : expression.ctename;
}

void CollectCtes(const ProtobufCMessage& message, std::set<std::string>& names) {
  if (message.descriptor == &pg_query__common_table_expr__descriptor)
    names.insert(CteName(reinterpret_cast<const PgQuery__CommonTableExpr&>(message)));
  ForEachField(message, [&](const NodeField& field) {
    if (const ProtobufCMessage* child = ChildOf(field)) CollectCtes(*child, names);
  });
}

class Qualifier {
 public:
  Qualifier(const Scope& scope, std::set<std::string> ctes) : scope_(scope), ctes_(std::move(ctes)) {}

  void Visit(const ProtobufCMessage& message) {
    if (message.descriptor == &pg_query__range_var__descriptor) {
      const auto& variable = reinterpret_cast<const PgQuery__RangeVar&>(message);
      const std::string name = variable.relname == nullptr ? "" : variable.relname;
      const bool is_bare = variable.schemaname == nullptr || variable.schemaname[0] == '\0';
      if (is_bare && !ctes_.contains(name)) Note(ResolveRelation("", name, scope_), variable.location);
    } else if (message.descriptor == &pg_query__type_name__descriptor) {
      const auto& type = reinterpret_cast<const PgQuery__TypeName&>(message);
      const std::vector<std::string> parts = NameParts(type.names, type.n_names);
      if (parts.size() == 1) Note(ResolveType("", parts.front(), scope_), type.location);
    } else if (message.descriptor == &pg_query__func_call__descriptor) {
      const auto& call = reinterpret_cast<const PgQuery__FuncCall&>(message);
      const std::vector<std::string> parts = NameParts(call.funcname, call.n_funcname);
      if (parts.size() == 1) NoteFunction(parts.front(), call.location);
    }
    ForEachField(message, [&](const NodeField& field) {
      if (const ProtobufCMessage* child = ChildOf(field)) Visit(*child);
    });
  }

  [[nodiscard]] ErrorOr<std::string> Apply(std::string_view text) const {
    if (error_) return *error_;
    std::string qualified;
    std::size_t done = 0;
    for (const auto& [location, schema] : schemas_) {
      qualified += text.substr(done, location - done);
      qualified += QuoteIdentifier(schema) + ".";
      done = location;
    }
    return qualified + std::string(text.substr(done));
  }

 private:
  void Note(const std::optional<schema::ObjectAddress>& address, int location) {
    if (address && address->schema != "public" && location >= 0)
      schemas_.emplace(static_cast<std::size_t>(location), address->schema);
  }

  void NoteFunction(const std::string& name, int location) {
    for (const std::string& schema : scope_.search_path) {
      const auto found = scope_.catalog->FindFunctions({schema, name});
      if (found.empty()) continue;
      if (schema == "public") return;
      if (FunctionFacts(name).empty()) return Note(found.front(), location);
      Error error;
      error.message = "which function is meant, pg_catalog." + name + " or " + schema + "." + name + "?";
      error.kind = DiagnosticKind::UnknownName;
      if (location >= 0) error.offset = static_cast<std::size_t>(location);
      error.length = name.size();
      error.fix = "write its schema";
      if (!error_) error_ = std::move(error);
      return;
    }
  }

  const Scope& scope_;
  std::set<std::string> ctes_;
  std::map<std::size_t, std::string> schemas_;  // By where the name begins.
  std::optional<Error> error_;
};

}  // namespace

ErrorOr<std::string> QualifyStatements(std::string_view text, const Scope& scope) {
  const auto tree = ParseTree::Parse(text);
  if (!tree) return tree.error();
  if (scope.catalog == nullptr) return std::string(text);
  std::optional<ErrorOr<std::string>> qualified;
  RunOnDeepStack(MeasureNesting(text), [&] {
    std::set<std::string> ctes;
    CollectCtes(tree->result().base, ctes);
    Qualifier qualifier(scope, std::move(ctes));
    qualifier.Visit(tree->result().base);
    qualified.emplace(qualifier.Apply(text));
  });
  return *std::move(qualified);
}

}  // namespace schemac::sql
