// Function calls, aggregates and windows.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/sql/analyzer.h"
#include "compiler/sql/facts.h"
#include "compiler/sql/known_extensions.h"
#include "compiler/sql/nodes.h"
#include "compiler/support/quote.h"

namespace schemac::sql {
namespace {

// Bits of frame options that only tell how the frame was spelled (FRAMEOPTION_NONDEFAULT,
// FRAMEOPTION_BETWEEN), and the default: RANGE UNBOUNDED PRECEDING, which ends with the current row
// (src/include/nodes/parsenodes.h).
constexpr int kFrameSpelling = 0x1 | 0x10;
constexpr int kFrameDefault = 0x2 | 0x20 | 0x400;

std::vector<std::string_view> SplitArguments(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t depth = 0;
  std::size_t begin = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (quoted) continue;
    if (text[i] == '(') ++depth;
    if (text[i] == ')' && depth > 0) --depth;
    if (text[i] == ',' && depth == 0) {
      parts.push_back(text.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  if (!text.empty()) parts.push_back(text.substr(begin));
  for (std::string_view& part : parts) {
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
  }
  return parts;
}

TypeKey KeyOfText(std::string_view text, const Scope& scope) {
  if (text.starts_with("SETOF ")) text.remove_prefix(6);
  if (FindTypeFact(text) != nullptr && IsPolymorphic(text)) return TypeKey(text);
  const auto type = ParseType(text, scope);
  return type ? KeyOf(*type) : TypeKey();
}

Signature SignatureOf(const schema::Catalog& catalog, const schema::ObjectAddress& address,
                      const Scope& scope) {
  Signature signature;
  for (std::string_view argument : SplitArguments(address.member)) {
    if (argument.starts_with("VARIADIC ")) {
      signature.variadic = true;
      argument.remove_prefix(9);
    }
    signature.arguments.push_back(KeyOfText(argument, scope));
  }
  if (const auto* function = catalog.Get<schema::Function>(address)) {
    signature.defaults = function->default_arguments.size();
    signature.returns_set =
        function->returns.starts_with("SETOF ") || function->returns.starts_with("TABLE(");
    if (!function->returns.starts_with("TABLE(")) signature.result = KeyOfText(function->returns, scope);
  }
  return signature;
}

}  // namespace

std::vector<schema::ObjectAddress> Analyzer::UserFunctions(const std::vector<std::string>& name) const {
  std::vector<schema::ObjectAddress> found;
  if (scope_.catalog == nullptr) return found;
  const std::vector<std::string> path =
      name.size() > 1 ? std::vector<std::string>{name[name.size() - 2]} : scope_.search_path;
  for (const std::string& schema : path) {
    for (const schema::ObjectAddress& address : scope_.catalog->FindFunctions({schema, name.back()}))
      found.push_back(address);
  }
  return found;
}

// An unqualified name means the functions of pg_catalog and of the search path together (manual, 10.3).
bool Analyzer::FitsUserFunctionBetter(const std::vector<std::string>& name,
                                      const std::vector<Term*>& arguments) const {
  if (name.size() > 1) return false;
  const std::vector<schema::ObjectAddress> own = UserFunctions(name);
  if (own.empty()) return false;
  const Scope types_scope{scope_.catalog, scope_.search_path, nullptr, std::nullopt, std::nullopt};
  std::vector<Signature> signatures = FunctionFacts(name.back());
  const std::size_t builtin = signatures.size();
  for (const schema::ObjectAddress& address : own)
    signatures.push_back(SignatureOf(*scope_.catalog, address, types_scope));
  std::vector<TypeKey> keys;
  for (const Term* argument : arguments) keys.push_back(argument->type);
  const auto overload = ResolveOverload(types_, signatures, keys);
  return overload && overload->is_certain && overload->index >= builtin;
}

// Functions of the catalog of that name; nullptr when there are none, or when none fits as far as the types
// are known.
Term* Analyzer::UserCall(const PgQuery__FuncCall& call, const std::vector<std::string>& name,
                         std::vector<Term*>& arguments) {
  const std::vector<schema::ObjectAddress> found = UserFunctions(name);
  if (found.empty()) return nullptr;
  const Scope types_scope{scope_.catalog, scope_.search_path, nullptr, std::nullopt, std::nullopt};
  std::vector<Signature> signatures;
  for (const schema::ObjectAddress& address : found)
    signatures.push_back(SignatureOf(*scope_.catalog, address, types_scope));
  std::vector<TypeKey> keys;
  for (const Term* argument : arguments) keys.push_back(argument->type);
  const auto overload = ResolveOverload(types_, signatures, keys);
  if (!overload && found.size() > 1) return nullptr;
  const std::size_t index = overload ? overload->index : 0;
  Term* term = terms_.Node("call", overload ? overload->result : signatures[0].result);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (overload) arguments[i] = Coerce(arguments[i], overload->arguments[i]);
  }
  term->mention = Mentioned(found[index], call.location, name.size());
  return term;
}

Term* Analyzer::BuiltinCall(const PgQuery__FuncCall& call, const std::string& name,
                            std::vector<Term*>& arguments) {
  const std::vector<Signature>& signatures = FunctionFacts(name);
  if (signatures.empty()) return nullptr;
  std::vector<TypeKey> keys;
  bool named = false;
  for (const Term* argument : arguments) {
    keys.push_back(argument->type);
    named = named || argument->head == "named";
  }
  Term* term = terms_.Node("call", {});
  term->value = name;
  const auto overload =
      named || call.func_variadic ? std::nullopt : ResolveOverload(types_, signatures, keys);
  if (overload) {
    term->type = overload->result;
    for (std::size_t i = 0; i < arguments.size(); ++i)
      arguments[i] = Coerce(arguments[i], overload->arguments[i]);
    return term;
  }
  const bool same_result = std::all_of(signatures.begin(), signatures.end(), [&](const Signature& signature) {
    return signature.result == signatures.front().result;
  });
  if (same_result && !IsPolymorphic(signatures.front().result)) term->type = signatures.front().result;
  // Nothing built in fits: an extension's overload does.
  return term;
}

// Whether the name alone would mean a function of pg_catalog, which is searched before public: with pgcrypto
// in public, `public.gen_random_uuid()` and `gen_random_uuid()` are two functions.
bool Analyzer::IsHiddenByBuiltin(const std::string& name, const std::vector<Term*>& arguments) const {
  std::vector<TypeKey> keys;
  for (const Term* argument : arguments) keys.push_back(argument->type);
  const auto overload = ResolveOverload(types_, FunctionFacts(name), keys);
  return overload && overload->is_certain &&
         std::ranges::equal(overload->arguments, keys, [](const TypeKey& takes, const TypeKey& given) {
           return takes == given || (IsStringType(takes) && IsStringType(given));
         });
}

// A function of no catalog: extensions bring them. One name has one spelling, so that a bare name that can
// only mean what a known extension brought elsewhere gets its schema, and one of public loses it.
Term* Analyzer::UnknownCall(const PgQuery__FuncCall& call, const std::vector<std::string>& name,
                            const std::vector<Term*>& arguments) {
  Term* term = terms_.Node("call", TypeKey(ResultOfExtensionFunction(name.back())));
  const std::string schema =
      name.size() > 1 ? name[name.size() - 2] : SchemaOfExtensionFunction(name.back(), scope_);
  const bool bare = schema.empty() || (schema == "public" && !IsHiddenByBuiltin(name.back(), arguments));
  term->value = bare ? name.back() : schema + "." + name.back();
  if (bare != (name.size() == 1)) {
    const std::size_t begin = NameToken(call.location, 0).first;
    const auto [last_begin, end] = NameToken(call.location, name.size() - 1);
    const std::string last = SpellAlone(tokens_.source().substr(last_begin, end - last_begin), name.back());
    if (end > begin)
      respellings_.emplace_back(Mention{{}, begin, end}, bare ? last : QuoteIdentifier(schema) + "." + last);
  }
  return term;
}

Term* Analyzer::ResolveCall(const PgQuery__FuncCall& call, std::vector<Term*> arguments) {
  const std::vector<std::string> name = NameParts(call.funcname, call.n_funcname);
  Term* term = nullptr;
  const bool maybe_builtin = name.size() == 1 || name.front() == "pg_catalog";
  if (maybe_builtin && !FitsUserFunctionBetter(name, arguments))
    term = BuiltinCall(call, name.back(), arguments);
  if (term == nullptr && name.front() != "pg_catalog") term = UserCall(call, name, arguments);
  if (term == nullptr) term = UnknownCall(call, name, arguments);
  for (Term*& argument : arguments) argument = Finish(argument, std::nullopt);
  term->children = std::move(arguments);
  return term;
}

Term* Analyzer::Call(const PgQuery__FuncCall& call) {
  std::vector<Term*> arguments;
  std::vector<Term*> keys;
  for (std::size_t i = 0; i < call.n_args; ++i) {
    const PgQuery__Node& argument = *call.args[i];
    if (argument.node_case == PG_QUERY__NODE__NODE_NAMED_ARG_EXPR) {
      Term* value = Finish(Expression(*argument.named_arg_expr->arg), std::nullopt);
      Term* named = terms_.Node("named", value->type, {value});
      named->value = argument.named_arg_expr->name;
      arguments.push_back(named);
    } else {
      arguments.push_back(Expression(argument));
    }
  }
  // What stands after WITHIN GROUP (ORDER BY …) are arguments too, as far as types go.
  const std::size_t direct = arguments.size();
  for (std::size_t i = 0; i < call.n_agg_order; ++i) {
    Term* key = Expression(*call.agg_order[i]->sort_by->node);
    if (call.agg_within_group) {
      arguments.push_back(key);
    } else {
      keys.push_back(Finish(key, std::nullopt));
    }
  }
  Term* term = ResolveCall(call, std::move(arguments));
  // AT TIME ZONE is timezone() for the reader, and shown as what was written.
  term->stored_cast = call.funcformat == PG_QUERY__COERCION_FORM__COERCE_SQL_SYNTAX;
  if (call.agg_within_group) {
    keys.assign(term->children.begin() + static_cast<std::ptrdiff_t>(direct), term->children.end());
    term->children.resize(direct);
  }
  if (call.agg_star) term->children.push_back(terms_.Node("star", {}));
  if (call.func_variadic) term->children.push_back(terms_.Node("variadic", {}));
  if (call.agg_distinct) term->children.push_back(terms_.Node("distinct-arguments", {}));
  if (call.n_agg_order > 0) {
    Term* order = terms_.Node(call.agg_within_group ? "within-group" : "order", {});
    for (std::size_t i = 0; i < call.n_agg_order; ++i) {
      order->children.push_back(SortItem(*call.agg_order[i]->sort_by, keys[i]));
    }
    if (call.agg_within_group && term->type.empty()) term->type = keys.front()->type;
    term->children.push_back(order);
  }
  if (call.agg_filter != nullptr)
    term->children.push_back(terms_.Node("filter", {}, {Condition(*call.agg_filter)}));
  if (call.over != nullptr) term->children.push_back(Window(*call.over));
  return term;
}

// ASC is the default, and NULLS LAST with it; DESC goes with NULLS FIRST.
Term* Analyzer::SortItem(const PgQuery__SortBy& sort, Term* key) {
  Term* term = terms_.Node("sort", key->type, {key});
  const bool descending = sort.sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
  const bool nulls_first = sort.sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST ||
                           (descending && sort.sortby_nulls != PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST);
  if (descending) term->value = "desc";
  if (nulls_first != descending) term->value += nulls_first ? " nulls first" : " nulls last";
  for (const std::string& part : NameParts(sort.use_op, sort.n_use_op)) term->value += " using " + part;
  return term;
}

const PgQuery__WindowDef* Analyzer::FindWindow(std::string_view name) const {
  if (level_->select == nullptr) return nullptr;
  for (std::size_t i = 0; i < level_->select->n_window_clause; ++i) {
    const PgQuery__WindowDef* definition = level_->select->window_clause[i]->window_def;
    if (definition->name != nullptr && definition->name == name) return definition;
  }
  return nullptr;
}

Term* Analyzer::Window(const PgQuery__WindowDef& written) {
  // OVER w is the definition of w; OVER (w …) adds to it.
  const PgQuery__WindowDef* definition = &written;
  const auto has = [](const char* name) { return name != nullptr && *name != '\0'; };
  if (has(written.name) && level_->select != nullptr) {
    if (const PgQuery__WindowDef* found = FindWindow(written.name)) definition = found;
  }
  const PgQuery__WindowDef* base = has(definition->refname) ? FindWindow(definition->refname) : nullptr;
  const PgQuery__WindowDef& partition = base != nullptr ? *base : *definition;
  const PgQuery__WindowDef& order = base != nullptr && definition->n_order_clause == 0 ? *base : *definition;
  Term* term = terms_.Node("over", {});
  for (std::size_t i = 0; i < partition.n_partition_clause; ++i) {
    term->children.push_back(Finish(Expression(*partition.partition_clause[i]), std::nullopt));
  }
  for (std::size_t i = 0; i < order.n_order_clause; ++i) {
    const PgQuery__SortBy& sort = *order.order_clause[i]->sort_by;
    term->children.push_back(SortItem(sort, Finish(Expression(*sort.node), std::nullopt)));
  }
  const int frame = definition->frame_options & ~kFrameSpelling;
  if (frame != 0 && frame != kFrameDefault) {
    term->children.push_back(terms_.Node("frame", {}));
    term->children.back()->value = std::to_string(frame);
    for (const PgQuery__Node* offset : {definition->start_offset, definition->end_offset}) {
      if (offset != nullptr)
        term->children.back()->children.push_back(Finish(Expression(*offset), std::nullopt));
    }
  }
  return term;
}

}  // namespace schemac::sql
