// Schemas, extensions, collations and the search path.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/sql/statement_address.h"
#include "compiler/sql/statement_column.h"
#include "compiler/sql/statements.h"
#include "compiler/support/characters.h"

namespace schemac::sql {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;

namespace {

std::string_view ConstantText(const PgQuery__Node* node) {
  if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_A_CONST ||
      node->a_const->val_case != PG_QUERY__A__CONST__VAL_SVAL) {
    return StringOf(node);
  }
  return node->a_const->sval->sval;
}

std::string Unquoted(std::string_view name) {
  if (name.size() < 2 || name.front() != '"' || name.back() != '"') return Lower(name);
  std::string result;
  for (std::size_t i = 1; i + 1 < name.size(); ++i) {
    result += name[i];
    if (name[i] == '"' && name[i + 1] == '"') ++i;
  }
  return result;
}

// pg_catalog is searched anyway; "$user" is no schema that we know.
void AddToPath(std::vector<std::string>& path, std::string name) {
  if (name != "pg_catalog" && name != "$user" && !name.empty()) path.push_back(std::move(name));
}

// A search_path in one string, as set_config() takes it: `public, "My Schema"`.
std::vector<std::string> PathFromText(std::string_view text) {
  std::vector<std::string> path;
  std::string part;
  bool quoted = false;
  const auto finish = [&] {
    const std::size_t begin = part.find_first_not_of(" \t\r\n");
    const std::size_t end = part.find_last_not_of(" \t\r\n");
    if (begin != std::string::npos)
      AddToPath(path, Unquoted(std::string_view(part).substr(begin, end + 1 - begin)));
    part.clear();
  };
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (c == ',' && !quoted) {
      finish();
    } else {
      part += c;
    }
  }
  finish();
  return path;
}

// What a copy of a collation is. One of the server's own is named: a copy takes over its encoding, which no
// other form of CREATE COLLATION can state (pg_collation.collencoding).
schema::Options CopiedOptions(const Session& session, const QualifiedName& from) {
  const auto* own =
      session.catalog->Get<schema::Collation>({ObjectKind::Collation, from.schema, from.name, ""});
  return own != nullptr ? own->options : schema::Options{{"from", "pg_catalog." + from.name}};
}

// The schema's own elements are created in it; the grammar gives them in order of writing.
Done CreateElements(Session& session, const PgQuery__CreateSchemaStmt& statement, const std::string& name) {
  std::vector<std::string> outer = session.search_path;
  session.search_path.insert(session.search_path.begin(), name);
  Done done = Ok();
  for (const PgQuery__Node* node : NodeList{statement.schema_elts, statement.n_schema_elts}) {
    done = RunStatement(session, *node);
    if (!done) break;
  }
  session.search_path = std::move(outer);
  return done;
}

// LOCALE means both of its parts for libc, which is the provider unless told.
void SettleLocale(schema::Options& options) {
  const auto value = [&](std::string_view key) {
    const auto found = options.find(key);
    return found == options.end() ? std::string() : found->second;
  };
  if (const std::string provider = value("provider"); !provider.empty() && provider != "libc") return;
  options.erase("provider");
  const std::string locale = value("lc_collate");
  if (locale.empty() || locale != value("lc_ctype")) return;
  options["locale"] = locale;
  options.erase("lc_collate");
  options.erase("lc_ctype");
}

}  // namespace

Done CreateSchema(Session& session, const PgQuery__CreateSchemaStmt& statement) {
  schema::Schema schema;
  schema.name = statement.schemaname;
  if (schema.name.empty() && statement.authrole != nullptr) schema.name = RoleName(*statement.authrole);
  const ObjectAddress address{ObjectKind::Schema, "", schema.name, ""};
  if (session.catalog->Has(address)) {
    // Dumps of servers before 15 make public anew, and IF NOT EXISTS says so.
    if (statement.if_not_exists) return Ok();
    return ErrorAt(-1, fmt::format("schema \"{}\" already exists", schema.name),
                   DiagnosticKind::DuplicateName);
  }
  if (schema.name.starts_with("pg_"))
    return ErrorAt(-1, fmt::format("unacceptable schema name \"{}\"", schema.name));
  const std::string name = schema.name;
  if (statement.authrole != nullptr) session.owners[address] = RoleName(*statement.authrole);
  if (auto created = schema::Create(*session.catalog, std::move(schema)); !created) return created;
  return CreateElements(session, statement, name);
}

Done CreateExtension(Session& session, const PgQuery__CreateExtensionStmt& statement) {
  schema::Extension extension;
  extension.name = statement.extname;
  const ObjectAddress address{ObjectKind::Extension, "", extension.name, ""};
  if (session.catalog->Has(address)) {
    if (statement.if_not_exists) return Ok();
    return ErrorAt(-1, fmt::format("extension \"{}\" already exists", extension.name),
                   DiagnosticKind::DuplicateName);
  }
  // Every database has it from the start.
  if (extension.name == "plpgsql") return Ok();
  for (const PgQuery__Node* node : NodeList{statement.options, statement.n_options}) {
    if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    const std::string_view option = node->def_elem->defname;
    if (option == "schema") extension.schema = OptionText(*node->def_elem);
    if (option == "new_version") extension.version = OptionText(*node->def_elem);
  }
  if (!extension.schema.empty() && extension.schema != "pg_catalog" &&
      !session.catalog->Has({ObjectKind::Schema, "", extension.schema, ""})) {
    return ErrorAt(-1, fmt::format("schema \"{}\" does not exist", extension.schema),
                   DiagnosticKind::UnknownName);
  }
  // Without a schema it goes to the first of the path. Where that is public, or where the extension itself
  // insists on pg_catalog, saying so (as pg_dump does) is no difference.
  if (extension.schema.empty()) {
    if (const auto place = NameForNew(session, {"", extension.name})) extension.schema = place->schema;
  }
  if (extension.schema == "public" || extension.schema == "pg_catalog") extension.schema.clear();
  return schema::Create(*session.catalog, std::move(extension));
}

Done AlterExtension(Session& session, const PgQuery__AlterExtensionStmt& statement) {
  auto* extension =
      session.catalog->GetMutable<schema::Extension>({ObjectKind::Extension, "", statement.extname, ""});
  if (extension == nullptr) {
    return ErrorAt(-1, fmt::format("extension \"{}\" does not exist", statement.extname),
                   DiagnosticKind::UnknownName);
  }
  extension->version.clear();
  for (const PgQuery__Node* node : NodeList{statement.options, statement.n_options}) {
    if (node->node_case == PG_QUERY__NODE__NODE_DEF_ELEM &&
        std::string_view(node->def_elem->defname) == "new_version") {
      extension->version = OptionText(*node->def_elem);
    }
  }
  return Ok();
}

Done CreateCollation(Session& session, const PgQuery__DefineStmt& statement) {
  const auto name = NameForNew(session, SplitName({statement.defnames, statement.n_defnames}));
  if (!name) return name.error();
  schema::Collation collation;
  collation.name = *name;
  if (session.catalog->Has({ObjectKind::Collation, name->schema, name->name, ""}) && statement.if_not_exists)
    return Ok();
  for (const PgQuery__Node* node : NodeList{statement.definition, statement.n_definition}) {
    if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    const PgQuery__DefElem& option = *node->def_elem;
    const std::string key = option.defname;
    if (key == "version")
      continue;  // Of the operating system's library; pg_dump writes it for upgrades only.
    if (key == "from") {
      collation.options = CopiedOptions(session, ResolveCollation(session, ListItems(option.arg)));
    } else if (key == "deterministic") {
      auto flag = OptionFlag(option);
      if (!flag) return flag.error();
      if (!*flag) collation.options[key] = "false";
    } else {
      collation.options[key] = OptionText(option);
    }
  }
  SettleLocale(collation.options);
  collation.options.EraseEmpty();
  return schema::Create(*session.catalog, std::move(collation));
}

Done SetVariable(Session& session, const PgQuery__VariableSetStmt& statement) {
  const std::string_view name = statement.name;
  const NodeList values{statement.args, statement.n_args};
  const bool sets = statement.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE;
  if (name == "default_tablespace") {
    session.default_tablespace = sets && values.size() == 1 ? ConstantText(values.front()) : "";
    return Ok();
  }
  if (name == "role" || name == "session_authorization") {
    session.role = sets && values.size() == 1 ? ConstantText(values.front()) : "";
    if (session.role == "none") session.role.clear();
    return Ok();
  }
  const bool resets_all = statement.kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL;
  if (name != "search_path" && !resets_all) return Ok();
  if (!sets) {
    session.search_path = {"public"};
    return Ok();
  }
  session.search_path.clear();
  for (const PgQuery__Node* value : values) AddToPath(session.search_path, std::string(ConstantText(value)));
  return Ok();
}

Done RunSelect(Session& session, const PgQuery__SelectStmt& statement) {
  if (statement.into_clause != nullptr) {
    if (statement.into_clause->rel != nullptr && statement.into_clause->rel->relpersistence[0] == 't') {
      session.temporary.insert(statement.into_clause->rel->relname);
      return Ok();
    }
    return Unsupported(-1, "SELECT INTO a new table");
  }
  for (const PgQuery__Node* node : NodeList{statement.target_list, statement.n_target_list}) {
    if (node->node_case != PG_QUERY__NODE__NODE_RES_TARGET || node->res_target->val == nullptr) continue;
    const PgQuery__Node& value = *node->res_target->val;
    if (value.node_case != PG_QUERY__NODE__NODE_FUNC_CALL) continue;
    const PgQuery__FuncCall& call = *value.func_call;
    if (SplitName({call.funcname, call.n_funcname}).name != "set_config" || call.n_args < 2) continue;
    if (ConstantText(call.args[0]) != "search_path") continue;
    session.search_path = PathFromText(ConstantText(call.args[1]));
  }
  return Ok();
}

}  // namespace schemac::sql
