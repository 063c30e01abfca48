#include "compiler/sql/remembered.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "compiler/sql/facts.h"
#include "compiler/sql/nodes.h"

namespace schemac::sql {
namespace {

using Known = std::unordered_map<std::string, schema::Expression>;

Known& KnownHere() {
  thread_local Known known;
  return known;
}

// Whether a constant of that type names nothing: one of 'x'::regclass or of a type of the schema may.
bool IsPlainType(const schema::Type& type) {
  return type.schema.empty() && !type.name.starts_with("reg") && FindTypeFactByFormat(type.name) != nullptr;
}

// The same of a name in the text, which no type of a schema can take from the built-in one.
bool IsPlainType(const PgQuery__TypeName& name) {
  const bool is_builtin = !name.pct_type && (name.n_names == 1 ||
                                             (name.n_names == 2 && StringOf(*name.names[0]) == "pg_catalog"));
  const std::string_view last = is_builtin ? StringOf(*name.names[name.n_names - 1]) : "";
  return FindTypeFact(last) != nullptr && last.find("reg") == std::string_view::npos;
}

// A call without arguments of a built-in function, where no schema has another of that name.
bool IsPlainCall(const PgQuery__FuncCall& call, const Scope& scope) {
  const bool is_bare = call.n_funcname == 1 && call.n_args == 0 && call.n_agg_order == 0 && !call.agg_star &&
                       call.agg_filter == nullptr && call.over == nullptr;
  if (!is_bare) return false;
  const std::string_view name = StringOf(*call.funcname[0]);
  return !FunctionFacts(name).empty() && ResolveOverloads("", name, scope).empty();
}

// Collects the types of what an expression names.
class Ground {
 public:
  explicit Ground(const Scope& scope) : scope_(scope) {}

  // Whether the type is all that has to be told of a value.
  bool Takes(const schema::Type& type) {
    if (!IsPlainType(type)) return false;
    types_ += type.name;
    types_ += '\x02';
    types_ += type.modifiers;
    types_ += type.array ? '\x04' : '\x03';
    return true;
  }

  // Whether nothing in the expression is found in a schema, save columns of the table.
  bool Holds(const PgQuery__Node* node) {
    if (node == nullptr) return true;
    switch (node->node_case) {
      case PG_QUERY__NODE__NODE_A_CONST:
        return true;
      case PG_QUERY__NODE__NODE_TYPE_CAST:
        return node->type_cast->arg->node_case == PG_QUERY__NODE__NODE_A_CONST &&
               IsPlainType(*node->type_cast->type_name);
      case PG_QUERY__NODE__NODE_FUNC_CALL:
        return IsPlainCall(*node->func_call, scope_);
      case PG_QUERY__NODE__NODE_COLUMN_REF:
        return Column(*node->column_ref);
      case PG_QUERY__NODE__NODE_A_EXPR: {
        const PgQuery__AExpr& expression = *node->a_expr;
        return expression.kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP && expression.n_name == 1 &&
               Holds(expression.lexpr) && Holds(expression.rexpr);
      }
      case PG_QUERY__NODE__NODE_BOOL_EXPR:
        return std::all_of(node->bool_expr->args, node->bool_expr->args + node->bool_expr->n_args,
                           [&](const PgQuery__Node* argument) { return Holds(argument); });
      case PG_QUERY__NODE__NODE_NULL_TEST:
        return Holds(node->null_test->arg);
      default:
        return false;
    }
  }

  [[nodiscard]] std::string types() && { return std::move(types_); }

 private:
  bool Column(const PgQuery__ColumnRef& reference) {
    const bool is_bare = reference.n_fields == 1 && scope_.table != nullptr;
    const auto* column = is_bare ? scope_.table->FindColumn(StringOf(*reference.fields[0])) : nullptr;
    return column != nullptr && Takes(column->type);
  }

  const Scope& scope_;
  std::string types_;
};

}  // namespace

std::string MeaningOf(const PgQuery__Node& node, std::string_view text, const Scope& scope) {
  constexpr std::size_t kLongest = 64;
  if (text.size() > kLongest) return "";
  Ground ground(scope);
  if ((scope.value_type && !ground.Takes(*scope.value_type)) || !ground.Holds(&node)) return "";
  std::string meaning = std::move(ground).types();
  meaning += scope.value_type ? '\x05' : '\x06';
  meaning += text;
  return meaning;
}

std::optional<schema::Expression> Recall(const std::string& meaning, const Scope& scope) {
  const Known& known = KnownHere();
  const auto found = meaning.empty() ? known.end() : known.find(meaning);
  if (found == known.end()) return std::nullopt;
  std::optional<schema::Expression> made = found->second;
  for (schema::Reference& reference : made->references) {
    reference.target.schema = scope.table->name.schema;
    reference.target.name = scope.table->name.name;
  }
  return made;
}

void Remember(std::string meaning, const schema::Expression& made, const Scope& scope) {
  const auto is_own_column = [&](const schema::Reference& reference) {
    return reference.target.kind == schema::ObjectKind::Column && scope.table != nullptr &&
           reference.target.qualified() == scope.table->name;
  };
  if (meaning.empty() || !std::ranges::all_of(made.references, is_own_column)) return;
  constexpr std::size_t kMost = 2'000;
  Known& known = KnownHere();
  if (known.size() >= kMost) known.clear();
  known.emplace(std::move(meaning), made);
}

}  // namespace schemac::sql
