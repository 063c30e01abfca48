// Expressions other than operators, calls and column names.
#include <algorithm>
#include <array>

#include "compiler/sql/analyzer.h"
#include "compiler/sql/canonical_literal.h"
#include "compiler/sql/node_walk.h"
#include "compiler/sql/nodes.h"

namespace schemac::sql {

namespace {

// BETWEEN reads its left side twice, and so on inwards: the work can grow as two to the depth. Ordinary text
// stays far below.
constexpr std::size_t kWorkPerToken = 20;
constexpr std::size_t kWorkAtLeast = 10000;

}  // namespace

Term* Analyzer::Expression(const PgQuery__Node& node) {
  if (++work_ > kWorkAtLeast + kWorkPerToken * tokens_.tokens().size()) {
    Report(DiagnosticKind::Unsupported, "the expression is too large", -1);
    return NullTerm();
  }
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_A_CONST:
      return Constant(*node.a_const);
    case PG_QUERY__NODE__NODE_COLUMN_REF:
      return Column(*node.column_ref);
    case PG_QUERY__NODE__NODE_TYPE_CAST:
      return TypeCast(*node.type_cast);
    case PG_QUERY__NODE__NODE_A_EXPR:
      return OperatorExpression(*node.a_expr);
    case PG_QUERY__NODE__NODE_BOOL_EXPR:
      return Boolean(*node.bool_expr);
    case PG_QUERY__NODE__NODE_FUNC_CALL:
      return Call(*node.func_call);
    case PG_QUERY__NODE__NODE_NULL_TEST: {
      const bool is_null = node.null_test->nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL;
      return terms_.Node(is_null ? "isnull" : "notnull", "bool",
                         {Finish(Expression(*node.null_test->arg), std::nullopt)});
    }
    case PG_QUERY__NODE__NODE_BOOLEAN_TEST: {
      Term* term = terms_.Node("istest", "bool", {Condition(*node.boolean_test->arg)});
      term->head += std::to_string(node.boolean_test->booltesttype);
      return term;
    }
    case PG_QUERY__NODE__NODE_CASE_EXPR:
      return Case(*node.case_expr);
    case PG_QUERY__NODE__NODE_COALESCE_EXPR:
      return Common("coalesce", node.coalesce_expr->args, node.coalesce_expr->n_args);
    case PG_QUERY__NODE__NODE_MIN_MAX_EXPR: {
      const bool greatest = node.min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST;
      return Common(greatest ? "greatest" : "least", node.min_max_expr->args, node.min_max_expr->n_args);
    }
    case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
      return Array(*node.a_array_expr, {});
    case PG_QUERY__NODE__NODE_ROW_EXPR:
      return Row(*node.row_expr);
    case PG_QUERY__NODE__NODE_A_INDIRECTION:
      return Indirection(*node.a_indirection);
    case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
      return Collate(*node.collate_clause);
    case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
      return ValueFunction(*node.sqlvalue_function);
    case PG_QUERY__NODE__NODE_SUB_LINK:
      return SubLink(*node.sub_link);
    case PG_QUERY__NODE__NODE_SELECT_STMT:
      return Query(*node.select_stmt).term;
    default:
      break;
  }
  return Generic(node.base);
}

// What has no rules of its own here: every field, with the expressions in it analysed.
Term* Analyzer::Generic(const ProtobufCMessage& message) {
  const bool is_node = message.descriptor == &pg_query__node__descriptor;
  Term* term = terms_.Node(is_node ? "node" : message.descriptor->short_name, {});
  ForEachField(message, [&](const NodeField& field) {
    if (IsLocation(*field.descriptor)) return;
    const ProtobufCMessage* child = ChildOf(field);
    if (child == nullptr) {
      Term* scalar = terms_.Node(field.descriptor->name, {});
      scalar->value = ScalarText(field);
      term->children.push_back(scalar);
    } else if (!is_node && child->descriptor == &pg_query__node__descriptor) {
      term->children.push_back(Expression(*reinterpret_cast<const PgQuery__Node*>(child)));
    } else {
      term->children.push_back(Generic(*child));
    }
  });
  return term;
}

Term* Analyzer::Condition(const PgQuery__Node& node) { return Coerce(Expression(node), "bool"); }

Term* Analyzer::Constant(const PgQuery__AConst& constant) {
  if (constant.isnull) return NullTerm();
  const auto location = constant.location < 0 ? std::size_t{0} : static_cast<std::size_t>(constant.location);
  switch (constant.val_case) {
    case PG_QUERY__A__CONST__VAL_IVAL:
      return NumberTerm(std::to_string(constant.ival == nullptr ? 0 : constant.ival->ival));
    case PG_QUERY__A__CONST__VAL_FVAL:
      return NumberTerm(constant.fval->fval);
    case PG_QUERY__A__CONST__VAL_BOOLVAL:
      return BooleanTerm(constant.boolval != nullptr && constant.boolval->boolval);
    case PG_QUERY__A__CONST__VAL_BSVAL: {
      Term term;
      term.kind = TermKind::Constant;
      term.type = "bit";
      term.value = NormalizeLiteral("bit", constant.bsval->bsval);
      return terms_.Add(std::move(term));
    }
    default:
      break;
  }
  const std::size_t index = tokens_.IndexAt(location);
  const bool found = index < tokens_.tokens().size() && tokens_.tokens()[index].begin == location;
  const char* text = constant.val_case == PG_QUERY__A__CONST__VAL_SVAL && constant.sval != nullptr
                         ? constant.sval->sval
                         : "";
  return LiteralTerm(text == nullptr ? "" : text, location, found ? tokens_.tokens()[index].end : location);
}

Term* Analyzer::TypeCast(const PgQuery__TypeCast& cast) {
  const PgQuery__TypeName& name = *cast.type_name;
  auto type = MakeType(name, scope_);
  if (!type) {
    if (!lenient && !error_) error_ = type.error();
    Term* term = Expression(*cast.arg);
    Term* unknown = terms_.Node("cast", {}, {term});
    for (const std::string& part : NameParts(name.names, name.n_names)) unknown->value = part;
    return unknown;
  }
  std::optional<Mention> spelled;
  if (!type->schema.empty()) {
    const auto address =
        scope_.catalog == nullptr ? std::nullopt : scope_.catalog->FindType({type->schema, type->name});
    if (address) {
      spelled = Mentioned(*address, name.location, name.n_names);
    } else if (name.n_names == 2 && type->schema == "public") {
      Mention written{{}, 0, 0};
      written = Mentioned({}, name.location, name.n_names);
      if (written.end > written.begin) {
        mentions_.pop_back();
        const std::size_t last = tokens_.IndexAt(static_cast<std::size_t>(name.location)) + 2;
        respellings_.emplace_back(written, SpellAlone(tokens_.Text(tokens_.tokens()[last]), type->name));
      }
    }
  }
  const TypeKey key = KeyOf(*type);
  if (cast.arg->node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR && type->array) {
    return ExplicitCast(Array(*cast.arg->a_array_expr, key), *type, spelled);
  }
  return ExplicitCast(Expression(*cast.arg), *type, spelled);
}

Term* Analyzer::Boolean(const PgQuery__BoolExpr& expression) {
  if (expression.boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR) {
    return terms_.Node("not", "bool", {Condition(*expression.args[0])});
  }
  Term* term = terms_.Node(expression.boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR ? "and" : "or", "bool");
  for (std::size_t i = 0; i < expression.n_args; ++i) {
    Term* child = Condition(*expression.args[i]);
    if (child->head == term->head && child->kind == TermKind::Node) {
      term->children.insert(term->children.end(), child->children.begin(), child->children.end());
    } else {
      term->children.push_back(child);
    }
  }
  return term;
}

Term* Analyzer::Case(const PgQuery__CaseExpr& expression) {
  Term* subject = expression.arg == nullptr ? nullptr : Finish(Expression(*expression.arg), std::nullopt);
  Term* term = terms_.Node("case", {});
  if (subject != nullptr) term->children.push_back(subject);
  std::vector<Term*> whens;
  std::vector<Term*> results;
  for (std::size_t i = 0; i < expression.n_args; ++i) {
    const PgQuery__CaseWhen& when = *expression.args[i]->case_when;
    if (subject != nullptr) {
      // The server compares with a placeholder of the subject's type.
      Term* placeholder = terms_.Node("case-value", subject->type);
      whens.push_back(Operator({"="}, placeholder, Expression(*when.expr)));
    } else {
      whens.push_back(Condition(*when.expr));
    }
    results.push_back(Expression(*when.result));
  }
  Term* otherwise = expression.defresult == nullptr ? NullTerm() : Expression(*expression.defresult);
  std::vector<TypeKey> keys{otherwise->type};
  for (const Term* result : results) keys.push_back(result->type);
  const TypeKey common = types_.CommonType(keys);
  term->type = common;
  for (std::size_t i = 0; i < results.size(); ++i) {
    term->children.push_back(terms_.Node("when", {}, {whens[i], Coerce(results[i], common)}));
  }
  term->children.push_back(Coerce(otherwise, common));
  return term;
}

Term* Analyzer::Common(std::string_view head, PgQuery__Node* const* nodes, std::size_t count) {
  std::vector<Term*> arguments;
  std::vector<TypeKey> keys;
  for (std::size_t i = 0; i < count; ++i) {
    arguments.push_back(Expression(*nodes[i]));
    keys.push_back(arguments.back()->type);
  }
  const TypeKey common = types_.CommonType(keys);
  for (Term*& argument : arguments) argument = Coerce(argument, common);
  return terms_.Node(head, common, std::move(arguments));
}

Term* Analyzer::Array(const PgQuery__AArrayExpr& array, const TypeKey& wanted) {
  Term* term = terms_.Node("array", wanted);
  std::vector<TypeKey> keys;
  for (std::size_t i = 0; i < array.n_elements; ++i) {
    const PgQuery__Node& element = *array.elements[i];
    const bool nested = element.node_case == PG_QUERY__NODE__NODE_A_ARRAY_EXPR;
    term->children.push_back(nested ? Array(*element.a_array_expr, wanted) : Expression(element));
    keys.push_back(term->children.back()->type);
  }
  if (!wanted.empty()) {
    for (Term*& child : term->children)
      child = Coerce(child, child->head == "array" ? wanted : ElementOf(wanted));
    return term;
  }
  const TypeKey common = keys.empty() ? TypeKey() : types_.CommonType(keys);
  for (Term*& child : term->children) child = Coerce(child, common);
  term->type = ArrayOf(common);
  return term;
}

Term* Analyzer::Row(const PgQuery__RowExpr& row) {
  Term* term = terms_.Node("row", "record");
  for (std::size_t i = 0; i < row.n_args; ++i) term->children.push_back(Expression(*row.args[i]));
  return term;
}

Term* Analyzer::Subscript(Term* base, const PgQuery__AIndices& indices) {
  const TypeKey element = ElementOf(types_.Base(base->type));
  Term* term =
      terms_.Node(indices.is_slice ? "slice" : "subscript", indices.is_slice ? base->type : element, {base});
  if (base->type == "jsonb") term->type = "jsonb";
  for (const PgQuery__Node* bound : {indices.lidx, indices.uidx}) {
    if (bound == nullptr) {
      term->children.push_back(terms_.Node("none", {}));
    } else {
      term->children.push_back(Coerce(Expression(*bound), base->type == "jsonb" ? "text" : "int4"));
    }
  }
  return term;
}

Term* Analyzer::Field(Term* base, const std::string& name) {
  Term* term = terms_.Node("field", {}, {base});
  term->value = name;
  const schema::Object* object = types_.Find(types_.Base(base->type));
  if (object == nullptr) return term;
  if (const auto* composite = std::get_if<schema::Composite>(object)) {
    for (const schema::CompositeAttribute& attribute : composite->attributes) {
      if (attribute.name != name) continue;
      term->type = KeyOf(attribute.type);
      term->modifiers = attribute.type.modifiers;
    }
  } else if (const auto* table = std::get_if<schema::Table>(object)) {
    if (const schema::Column* column = table->FindColumn(name)) {
      term->type = KeyOf(column->type);
      term->modifiers = column->type.modifiers;
    }
  }
  return term;
}

Term* Analyzer::Indirection(const PgQuery__AIndirection& indirection) {
  Term* term = Finish(Expression(*indirection.arg), std::nullopt);
  for (std::size_t i = 0; i < indirection.n_indirection; ++i) {
    const PgQuery__Node& step = *indirection.indirection[i];
    if (step.node_case == PG_QUERY__NODE__NODE_A_INDICES) {
      term = Subscript(term, *step.a_indices);
    } else if (step.node_case == PG_QUERY__NODE__NODE_STRING) {
      term = Field(term, std::string(StringOf(step)));
    } else {
      term = terms_.Node("fields", {}, {term});
    }
  }
  return term;
}

Term* Analyzer::Collate(const PgQuery__CollateClause& clause) {
  Term* argument = clause.arg == nullptr ? NullTerm() : Finish(Expression(*clause.arg), std::nullopt);
  Term* term = terms_.Node("collate", argument->type, {argument});
  const std::vector<std::string> parts = NameParts(clause.collname, clause.n_collname);
  if (scope_.catalog != nullptr && !parts.empty()) {
    const std::vector<std::string> path =
        parts.size() > 1 ? std::vector<std::string>{parts.front()} : scope_.search_path;
    for (const std::string& schema : path) {
      const schema::ObjectAddress address{schema::ObjectKind::Collation, schema, parts.back(), ""};
      if (!scope_.catalog->Has(address)) continue;
      // The clause's location is that of COLLATE; the name is the next token.
      const std::size_t index = clause.location < 0
                                    ? tokens_.tokens().size()
                                    : tokens_.IndexAt(static_cast<std::size_t>(clause.location)) + 1;
      const bool spelled = index < tokens_.tokens().size();
      term->mention =
          Mentioned(address, spelled ? static_cast<int>(tokens_.tokens()[index].begin) : -1, parts.size());
      return term;
    }
  }
  if (!parts.empty()) term->value = parts.back();
  return term;
}

Term* Analyzer::ValueFunction(const PgQuery__SQLValueFunction& function) {
  static constexpr std::array<std::string_view, 16> kTypes{
      "",          "date",      "timetz", "timetz", "timestamptz", "timestamptz", "time", "time",
      "timestamp", "timestamp", "name",   "name",   "name",        "name",        "name", "name"};
  const auto op = static_cast<std::size_t>(function.op);
  Term* term = terms_.Node("value", TypeKey(op < kTypes.size() ? kTypes[op] : ""));
  term->value = std::to_string(function.op);
  if (function.typmod >= 0) term->value += "/" + std::to_string(function.typmod);
  return term;
}

Term* Analyzer::SubLink(const PgQuery__SubLink& link) {
  if (link.subselect == nullptr || link.subselect->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
    return Generic(link.base);
  Term* test = link.testexpr == nullptr ? nullptr : Expression(*link.testexpr);
  QueryResult query = Query(*link.subselect->select_stmt);
  const TypeKey first = query.columns.size() == 1 ? query.columns.front().type : TypeKey();
  switch (link.sub_link_type) {
    case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK:
      return terms_.Node("exists", "bool", {query.term});
    case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK:
      return terms_.Node("subquery", first, {query.term});
    case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
      return terms_.Node("array-subquery", ArrayOf(first), {query.term});
    case PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK:
    case PG_QUERY__SUB_LINK_TYPE__ALL_SUBLINK: {
      std::vector<std::string> name = NameParts(link.oper_name, link.n_oper_name);
      if (name.empty()) name.emplace_back("=");  // IN
      const bool any = link.sub_link_type == PG_QUERY__SUB_LINK_TYPE__ANY_SUBLINK;
      Term* comparison = test;
      if (test->head != "row") comparison = Operator(name, test, terms_.Node("output", first));
      Term* term = terms_.Node(any ? "any-subquery" : "all-subquery", "bool", {comparison, query.term});
      if (test->head == "row") term->value = name.back();
      return term;
    }
    default:
      break;
  }
  Term* term = terms_.Node("sublink", {}, {query.term});
  term->value = std::to_string(link.sub_link_type);
  if (test != nullptr) term->children.push_back(test);
  return term;
}

}  // namespace schemac::sql
