#include "compiler/sql/statement_session.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "compiler/support/quote.h"

namespace schemac::sql {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;

Error ErrorAt(int location, std::string message, DiagnosticKind kind) {
  Error error;
  error.message = std::move(message);
  error.kind = kind;
  // Nodes without a place carry -1, or 0 where protobuf left the field out: 0 is the statement itself either
  // way.
  if (location >= 0) error.offset = static_cast<std::size_t>(location);
  return error;
}

Error Unsupported(int location, std::string what) {
  return ErrorAt(location, std::move(what) + " is not supported", DiagnosticKind::Unsupported);
}

std::string_view StringOf(const PgQuery__Node* node) {
  if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_STRING || node->string->sval == nullptr)
    return {};
  return node->string->sval;
}

std::vector<std::string> StringsOf(NodeList nodes) {
  std::vector<std::string> strings;
  strings.reserve(nodes.size());
  for (const PgQuery__Node* node : nodes) strings.emplace_back(StringOf(node));
  return strings;
}

QualifiedName SplitName(NodeList names) {
  if (names.empty()) return {};
  QualifiedName name{"", std::string(StringOf(names.back()))};
  if (names.size() > 1) name.schema = StringOf(names[names.size() - 2]);
  return name;
}

QualifiedName SplitName(const PgQuery__RangeVar& relation) { return {relation.schemaname, relation.relname}; }

Scope ScopeOf(const Session& session, const schema::Table* table) {
  return {session.catalog, session.search_path, table, std::nullopt, std::nullopt};
}

ErrorOr<QualifiedName> NameForNew(const Session& session, const QualifiedName& written, int location) {
  if (!written.schema.empty()) {
    if (!session.catalog->Has({ObjectKind::Schema, "", written.schema, ""})) {
      return ErrorAt(location, fmt::format("schema \"{}\" does not exist", written.schema),
                     DiagnosticKind::UnknownName);
    }
    return written;
  }
  for (const std::string& candidate : session.search_path) {
    if (session.catalog->Has({ObjectKind::Schema, "", candidate, ""}))
      return QualifiedName{candidate, written.name};
  }
  return ErrorAt(location, fmt::format("no schema has been selected to create \"{}\" in", written.name),
                 DiagnosticKind::UnknownName);
}

std::string Written(const QualifiedName& name) {
  return name.schema.empty() ? name.name : name.schema + "." + name.name;
}

std::optional<ObjectAddress> LookUpRelation(const Session& session, const QualifiedName& written) {
  if (!written.schema.empty()) return session.catalog->FindRelation(written);
  for (const std::string& candidate : session.search_path) {
    if (auto found = session.catalog->FindRelation({candidate, written.name})) return found;
  }
  return std::nullopt;
}

ErrorOr<ObjectAddress> ResolveRelation(const Session& session, const QualifiedName& written, int location) {
  if (auto found = LookUpRelation(session, written)) return *found;
  return ErrorAt(location, fmt::format("relation \"{}\" does not exist", Written(written)),
                 DiagnosticKind::UnknownName);
}

std::optional<ObjectAddress> LookUpType(const Session& session, const QualifiedName& written) {
  if (!written.schema.empty()) return session.catalog->FindType(written);
  for (const std::string& candidate : session.search_path) {
    if (auto found = session.catalog->FindType({candidate, written.name})) return found;
  }
  return std::nullopt;
}

ErrorOr<ObjectAddress> ResolveType(const Session& session, const QualifiedName& written) {
  if (auto found = LookUpType(session, written)) return *found;
  return ErrorAt(-1, fmt::format("type \"{}\" does not exist", Written(written)),
                 DiagnosticKind::UnknownType);
}

const schema::Table* LookUpTable(const Session& session, const QualifiedName& written) {
  if (!written.schema.empty()) return session.catalog->FindTable(written);
  for (const std::string& candidate : session.search_path) {
    const QualifiedName name{candidate, written.name};
    if (const auto* table = session.catalog->FindTable(name)) return table;
    if (session.catalog->FindRelation(name)) return nullptr;
  }
  return nullptr;
}

ErrorOr<const schema::Table*> ResolveTable(const Session& session, const PgQuery__RangeVar& relation) {
  if (const auto* table = LookUpTable(session, SplitName(relation))) return table;
  auto address = ResolveRelation(session, SplitName(relation), relation.location);
  if (!address) return address.error();
  return ErrorAt(relation.location, fmt::format("\"{}\" is not a table", Written(SplitName(relation))));
}

schema::Table TableOrView(const Session& session, const ObjectAddress& address) {
  if (const auto* table = session.catalog->Get<schema::Table>(address)) return *table;
  schema::Table table;
  table.name = address.qualified();
  if (const auto* view = session.catalog->Get<schema::View>(address)) {
    for (const std::string& name : view->columns) table.columns.emplace_back().name = name;
  }
  return table;
}

std::optional<ObjectAddress> LookUpInPath(const Session& session, ObjectKind kind,
                                          const QualifiedName& written) {
  if (!written.schema.empty()) {
    ObjectAddress address{kind, written.schema, written.name, ""};
    return session.catalog->Has(address) ? std::optional(address) : std::nullopt;
  }
  for (const std::string& candidate : session.search_path) {
    ObjectAddress address{kind, candidate, written.name, ""};
    if (session.catalog->Has(address)) return address;
  }
  return std::nullopt;
}

ObjectAddress TableAddress(const QualifiedName& name) {
  return {ObjectKind::Table, name.schema, name.name, ""};
}

std::string OptionText(const PgQuery__DefElem& option) {
  const PgQuery__Node* value = option.arg;
  if (value == nullptr) return "";
  switch (value->node_case) {
    case PG_QUERY__NODE__NODE_STRING:
      return value->string->sval;
    case PG_QUERY__NODE__NODE_INTEGER:
      return std::to_string(value->integer->ival);
    case PG_QUERY__NODE__NODE_FLOAT:
      return value->float_->fval;
    case PG_QUERY__NODE__NODE_BOOLEAN:
      return value->boolean->boolval ? "true" : "false";
    case PG_QUERY__NODE__NODE_A_STAR:
      return "*";
    case PG_QUERY__NODE__NODE_TYPE_NAME: {
      const PgQuery__TypeName& type = *value->type_name;
      const QualifiedName name = SplitName(NodeList{type.names, type.n_names});
      return name.schema.empty() || name.schema == "pg_catalog" ? name.name : Written(name);
    }
    case PG_QUERY__NODE__NODE_LIST: {
      std::string text;
      for (const PgQuery__Node* item : ListItems(value))
        text += (text.empty() ? "" : ".") + std::string(StringOf(item));
      return text;
    }
    default:
      return "";
  }
}

ErrorOr<bool> OptionFlag(const PgQuery__DefElem& option) {
  if (option.arg == nullptr) return true;
  const std::string text = OptionText(option);
  if (text == "true" || text == "on" || text == "1" || text == "yes" || text == "t" || text == "y")
    return true;
  if (text == "false" || text == "off" || text == "0" || text == "no" || text == "f" || text == "n")
    return false;
  return ErrorAt(option.location, fmt::format("{} requires a Boolean value", option.defname));
}

ErrorOr<std::int64_t> OptionInteger(const PgQuery__DefElem& option) {
  const std::string text = OptionText(option);
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || problem != std::errc() || end != text.data() + text.size()) {
    return ErrorAt(option.location, fmt::format("{} requires an integer", option.defname));
  }
  return number;
}

ErrorOr<schema::Options> OptionsOf(NodeList options) {
  schema::Options result;
  for (const PgQuery__Node* node : options) {
    if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    const PgQuery__DefElem& option = *node->def_elem;
    const std::string name = option.defname;
    if (name == "oids") {
      auto flag = OptionFlag(option);
      if (!flag) return flag.error();
      if (*flag)
        return ErrorAt(option.location, "tables declared WITH OIDS are not supported",
                       DiagnosticKind::Unsupported);
      continue;
    }
    const std::string key =
        option.defnamespace[0] == '\0' ? name : std::string(option.defnamespace) + "." + name;
    // A parameter without a value means true, and is stored so (reloptions.c, transformRelOptions).
    const std::string value = option.arg == nullptr ? "true" : OptionText(option);
    if (!result.Add(key, value)) {
      return ErrorAt(option.location, fmt::format("parameter \"{}\" specified more than once", key));
    }
  }
  return result;
}

void SortDefinition(const PgQuery__DefineStmt& statement) {
  const std::span<PgQuery__Node*> attributes(statement.definition, statement.n_definition);
  for (PgQuery__Node* node : attributes) {
    if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    // The older word of CREATE OPERATOR for the same.
    constexpr std::string_view kFunction = "function";
    char* name = node->def_elem->defname;
    if (std::string_view(name) == "procedure") name[kFunction.copy(name, kFunction.size())] = '\0';
  }
  std::ranges::stable_sort(attributes, {}, [](const PgQuery__Node* node) {
    return node->node_case == PG_QUERY__NODE__NODE_DEF_ELEM ? std::string_view(node->def_elem->defname)
                                                            : std::string_view();
  });
}

std::string RoleName(const PgQuery__RoleSpec& role) {
  switch (role.roletype) {
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CURRENT_ROLE:
      return "current_role";
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CURRENT_USER:
      return "current_user";
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_SESSION_USER:
      return "session_user";
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC:
      return "";
    default:
      return role.rolename;
  }
}

std::string RoleName(const PgQuery__Node* role) {
  return role != nullptr && role->node_case == PG_QUERY__NODE__NODE_ROLE_SPEC ? RoleName(*role->role_spec)
                                                                              : "";
}

bool HasForeignExtension(const Session& session) {
  const auto& objects = session.catalog->objects();
  const auto it = objects.lower_bound({ObjectKind::Extension, "", "", ""});
  return it != objects.end() && it->first.kind == ObjectKind::Extension;
}

}  // namespace schemac::sql
