// The attributes and bodies of routines.
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "compiler/sql/facts.h"
#include "compiler/sql/statement_routine.h"
#include "compiler/support/characters.h"
#include "compiler/support/quote.h"
#include "schema/retarget.h"

namespace schemac::sql {

using schema::ObjectAddress;

namespace {

// A value of SET as the statement has it: constants, joined by ", ".
std::string SettingText(const PgQuery__VariableSetStmt& setting) {
  std::string text;
  for (const PgQuery__Node* node : NodeList{setting.args, setting.n_args}) {
    if (!text.empty()) text += ", ";
    if (node->node_case != PG_QUERY__NODE__NODE_A_CONST) continue;
    const PgQuery__AConst& value = *node->a_const;
    switch (value.val_case) {
      case PG_QUERY__A__CONST__VAL_SVAL:
        text += QuoteLiteral(value.sval->sval);
        break;
      case PG_QUERY__A__CONST__VAL_IVAL:
        text += QuoteLiteral(std::to_string(value.ival->ival));
        break;
      case PG_QUERY__A__CONST__VAL_FVAL:
        text += QuoteLiteral(value.fval->fval);
        break;
      case PG_QUERY__A__CONST__VAL_BOOLVAL:
        text += value.boolval->boolval ? "'true'" : "'false'";
        break;
      default:
        break;
    }
  }
  return text;
}

Done ReadSetting(const PgQuery__DefElem& option, RoutineAttributes& attributes) {
  if (option.arg == nullptr || option.arg->node_case != PG_QUERY__NODE__NODE_VARIABLE_SET_STMT) return Ok();
  const PgQuery__VariableSetStmt& setting = *option.arg->variable_set_stmt;
  const std::string key = fmt::format("set {}", setting.name);
  switch (setting.kind) {
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE:
      attributes[key] = SettingText(setting);
      return Ok();
    case PG_QUERY__VARIABLE_SET_KIND__VAR_SET_CURRENT:
      return Unsupported(option.location, "SET … FROM CURRENT");
    case PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL:
      attributes["set"] = "";
      return Ok();
    default:
      attributes[key] = "";
      return Ok();
  }
}

// The body: for C a library and a symbol. A NUL cannot occur in either.
std::string BodyText(const PgQuery__DefElem& option) {
  std::string text;
  for (const PgQuery__Node* node : ListItems(option.arg)) {
    if (!text.empty()) text += ", ";
    text += StringOf(node);
  }
  return text;
}

Done ReadAttribute(const PgQuery__DefElem& option, RoutineAttributes& attributes) {
  const std::string name = option.defname;
  if (name == "as") {
    attributes[name] = BodyText(option);
  } else if (name == "set") {
    return ReadSetting(option, attributes);
  } else if (name == "strict" || name == "security" || name == "leakproof" || name == "window") {
    auto flag = OptionFlag(option);
    if (!flag) return flag.error();
    attributes[name] = *flag ? "true" : "";
  } else if (name == "transform") {
    return Unsupported(option.location, "TRANSFORM FOR TYPE");
  } else {
    attributes[name] = OptionText(option);
  }
  return Ok();
}

// Whether a built-in function of that name takes the name of something first: nextval, setval.
bool TakesName(std::string_view function) {
  return std::ranges::any_of(FunctionFacts(function), [](const Signature& signature) {
    return !signature.arguments.empty() && signature.arguments.front().starts_with("reg");
  });
}

enum class Literals : std::uint8_t { MayBeNames, AreValues };

// Words of the text that name something, perhaps with a schema before them.
void AddNamed(const Scope& scope, std::string_view text, Literals literals, std::set<ObjectAddress>& found) {
  const Tokens tokens(text);
  const auto& all = tokens.tokens();
  const auto name_at = [&](std::size_t index) -> std::string {
    const std::string_view word = tokens.Text(all[index]);
    if (all[index].kind == TokenKind::Quoted && word.size() > 2)
      return std::string(word.substr(1, word.size() - 2));
    if (all[index].kind != TokenKind::Word) return "";
    return Lower(word);
  };
  // 'app.t'::regclass or nextval('app.s'), which the server reads with the body.
  const auto is_name_literal = [&](std::size_t index) {
    if (literals != Literals::MayBeNames || all[index].kind != TokenKind::String) return false;
    const bool is_cast = index + 2 < all.size() && tokens.Text(all[index + 1]) == "::";
    if (is_cast) return name_at(index + 2).starts_with("reg");
    return index >= 2 && tokens.Text(all[index - 1]) == "(" && TakesName(name_at(index - 2));
  };
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string_view word = tokens.Text(all[i]);
    if (is_name_literal(i) && word.size() > 2)
      AddNamed(scope, word.substr(1, word.size() - 2), Literals::AreValues, found);
    std::string name = name_at(i);
    if (name.empty() || (i > 0 && all[i - 1].kind == TokenKind::Dot)) continue;
    std::string schema;
    if (i + 2 < all.size() && all[i + 1].kind == TokenKind::Dot &&
        scope.catalog->Has({schema::ObjectKind::Schema, "", name, ""})) {
      schema = std::exchange(name, name_at(i + 2));
    }
    if (const auto relation = sql::ResolveRelation(schema, name, scope)) found.insert(*relation);
    if (const auto type = sql::ResolveType(schema, name, scope)) found.insert(*type);
    for (ObjectAddress& overload : sql::ResolveOverloads(schema, name, scope))
      found.insert(std::move(overload));
  }
}

// The body without its quotes. Doubled quotes and backslashes stay: they hide no name.
std::string_view BodyAt(std::string_view definition, const schema::TextRange& range) {
  const std::string_view quoted = definition.substr(range.begin, range.end - range.begin);
  const std::size_t open = quoted.find_first_of("'$");
  if (open == std::string_view::npos) return {};
  const std::size_t close = quoted[open] == '$' ? quoted.find('$', open + 1) : open;
  const std::size_t mark = close - open + 1;
  if (close == std::string_view::npos || quoted.size() < close + 1 + mark) return {};
  return quoted.substr(close + 1, quoted.size() - close - 1 - mark);
}

}  // namespace

void DropRoutineDefaults(RoutineAttributes& attributes) {
  const std::string language = attributes.contains("language") ? attributes["language"] : "sql";
  const std::string cost = language == "c" || language == "internal" ? "1" : "100";
  const std::array<std::pair<std::string, std::string>, 4> defaults{
      {{"volatility", "volatile"}, {"parallel", "unsafe"}, {"cost", cost}, {"rows", "1000"}}};
  for (const auto& [name, value] : defaults) {
    const auto found = attributes.find(name);
    if (found != attributes.end() && found->second == value) found->second.clear();
  }
  std::erase_if(attributes,
                [](const auto& attribute) { return attribute.second.empty() && attribute.first != "as"; });
}

ErrorOr<RoutineAttributes> ReadRoutineAttributes(NodeList options) {
  RoutineAttributes attributes;
  std::set<std::string> seen;
  for (const PgQuery__Node* node : options) {
    if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    const PgQuery__DefElem& option = *node->def_elem;
    if (std::string_view(option.defname) != "set" && !seen.insert(option.defname).second) {
      return ErrorAt(option.location, "conflicting or redundant options");
    }
    if (auto read = ReadAttribute(option, attributes); !read) return read.error();
  }
  return attributes;
}

std::string SpellRoutineAttributes(const RoutineAttributes& attributes) {
  std::string text;
  for (const auto& [name, value] : attributes) {
    if (name == "language") text += " LANGUAGE " + QuoteIdentifier(value);
    if (name == "window") text += " WINDOW";
    if (name == "strict") text += " STRICT";
    if (name == "security") text += " SECURITY DEFINER";
    if (name == "leakproof") text += " LEAKPROOF";
    if (name == "volatility") text += value == "immutable" ? " IMMUTABLE" : " STABLE";
    if (name == "parallel") text += value == "safe" ? " PARALLEL SAFE" : " PARALLEL RESTRICTED";
    if (name == "cost") text += " COST " + value;
    if (name == "rows") text += " ROWS " + value;
    if (name == "support") text += " SUPPORT " + value;
    if (name.starts_with("set ")) text += " SET " + name.substr(4) + " TO " + value;
  }
  return text;
}

void LinkRoutineBodies(schema::Catalog& catalog) {
  std::vector<ObjectAddress> routines;
  auto place = catalog.objects().lower_bound({schema::ObjectKind::Function, "", "", ""});
  for (; place != catalog.objects().end() && place->first.kind == schema::ObjectKind::Function; ++place) {
    const std::string& language = std::get<schema::Function>(place->second).language;
    if (language == "sql" || language == "plpgsql") routines.push_back(place->first);
  }
  Scope scope;
  scope.catalog = &catalog;
  for (const ObjectAddress& address : routines) {
    scope.search_path = {address.schema, "public"};
    schema::Expression& definition = catalog.GetMutable<schema::Function>(address)->definition;
    std::set<ObjectAddress> found;
    for (const schema::TextRange& range : schema::BodiesOfRoutine(definition.text)) {
      AddNamed(scope, BodyAt(definition.text, range), Literals::MayBeNames, found);
    }
    found.erase(address);
    for (const schema::Reference& known : definition.references) found.erase(known.target);
    for (const ObjectAddress& target : found) definition.references.push_back({target, 0, 0});
  }
}

}  // namespace schemac::sql
