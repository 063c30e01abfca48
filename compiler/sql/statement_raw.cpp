// What the catalog has no model for and keeps as SQL: operators, casts, text search objects, foreign data,
// publications, languages, operator classes.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "compiler/sql/raw_functions.h"
#include "compiler/sql/raw_statements.h"
#include "compiler/sql/statement_address.h"
#include "compiler/sql/statement_foreign_table.h"
#include "compiler/sql/statement_key_comment.h"
#include "compiler/sql/statements.h"
#include "compiler/support/characters.h"
#include "compiler/support/quote.h"

namespace schemac::sql {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::Raw;

namespace {

using Kind = PgQuery__ObjectType;

// What a statement makes: its kind, its name as the catalog has it, and how to take it away.
struct RawIdentity {
  Kind kind = PG_QUERY__OBJECT_TYPE__OBJECT_TYPE_UNDEFINED;
  std::string name;
  std::string drop;
};

// The words of DROP for a kind.
std::string DropWords(Kind kind) {
  if (kind == PG_QUERY__OBJECT_TYPE__OBJECT_FDW) return "FOREIGN DATA WRAPPER";
  return Upper(KindWordOf(kind));
}

RawIdentity Plain(Kind kind, const std::string& name) {
  return {kind, KindWordOf(kind) + " " + name, "DROP " + DropWords(kind) + " " + QuoteIdentifier(name)};
}

// An object in a schema. Its text is kept as written, so the schema must be written unless it is public.
ErrorOr<RawIdentity> InSchema(const Session& session, Kind kind, const schema::QualifiedName& written,
                              const std::string& suffix, const std::string& drop_suffix) {
  const auto name = NameForNew(session, written);
  if (!name) return name.error();
  if (written.schema.empty() && name->schema != "public") {
    return ErrorAt(
        -1,
        fmt::format("write the schema of the {} too: \"{}.{}\"", KindWordOf(kind), name->schema, name->name),
        DiagnosticKind::Unsupported);
  }
  const std::string spelled = kind == PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR
                                  ? QuoteIdentifier(name->schema) + "." + name->name
                                  : QuoteQualified(name->schema, name->name);
  return RawIdentity{kind, fmt::format("{} {}{}", KindWordOf(kind), Written(*name), suffix),
                     fmt::format("DROP {} {}{}", DropWords(kind), spelled, drop_suffix)};
}

ErrorOr<RawIdentity> OfOperator(const Session& session, const PgQuery__DefineStmt& statement) {
  std::string left = "none";
  std::string right = "none";
  for (const PgQuery__Node* node : NodeList{statement.definition, statement.n_definition}) {
    if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM || node->def_elem->arg == nullptr) continue;
    const PgQuery__DefElem& option = *node->def_elem;
    const std::string_view name = option.defname;
    if ((name != "leftarg" && name != "rightarg") || option.arg->node_case != PG_QUERY__NODE__NODE_TYPE_NAME)
      continue;
    auto type = MakeType(*option.arg->type_name, ScopeOf(session));
    if (!type) return type.error();
    (name == "leftarg" ? left : right) = IdentityType(*type);
  }
  if (right == "none") {
    return ErrorAt(-1, left == "none" ? "operator argument types must be specified"
                                      : "operator right argument type must be specified");
  }
  const std::string suffix = fmt::format(" ({}, {})", left, right);
  return InSchema(session, statement.kind, SplitName({statement.defnames, statement.n_defnames}), suffix,
                  suffix);
}

ErrorOr<RawIdentity> OfDefine(const Session& session, const PgQuery__DefineStmt& statement) {
  if (statement.kind == PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR) return OfOperator(session, statement);
  // A base type takes its input and output functions along.
  const std::string cascade = statement.kind == PG_QUERY__OBJECT_TYPE__OBJECT_TYPE ? " CASCADE" : "";
  return InSchema(session, statement.kind, SplitName({statement.defnames, statement.n_defnames}), "",
                  cascade);
}

ErrorOr<RawIdentity> OfClass(const Session& session, Kind kind, NodeList names, const char* method) {
  const std::string using_method = fmt::format(" using {}", method);
  return InSchema(session, kind, SplitName(names), using_method,
                  fmt::format(" USING {}", QuoteIdentifier(method)));
}

ErrorOr<RawIdentity> OfCast(const Session& session, const PgQuery__CreateCastStmt& statement) {
  const auto from = MakeType(*statement.sourcetype, ScopeOf(session));
  if (!from) return from.error();
  const auto to = MakeType(*statement.targettype, ScopeOf(session));
  if (!to) return to.error();
  return RawIdentity{PG_QUERY__OBJECT_TYPE__OBJECT_CAST,
                     fmt::format("cast ({} as {})", IdentityType(*from), IdentityType(*to)),
                     fmt::format("DROP CAST ({} AS {})", IdentityType(*from), IdentityType(*to))};
}

ErrorOr<RawIdentity> OfTransform(const Session& session, const PgQuery__CreateTransformStmt& statement) {
  const auto type = MakeType(*statement.type_name, ScopeOf(session));
  if (!type) return type.error();
  return RawIdentity{
      PG_QUERY__OBJECT_TYPE__OBJECT_TRANSFORM,
      fmt::format("transform for {} language {}", IdentityType(*type), statement.lang),
      fmt::format("DROP TRANSFORM FOR {} LANGUAGE {}", IdentityType(*type), QuoteIdentifier(statement.lang))};
}

std::string UserMappingName(const char* server, const PgQuery__RoleSpec& role) {
  const std::string user = RoleName(role);
  return fmt::format("user mapping {} for {}", server, user.empty() ? "public" : user);
}

RawIdentity OfUserMapping(const PgQuery__CreateUserMappingStmt& statement) {
  const std::string user = RoleName(*statement.user);
  return {PG_QUERY__OBJECT_TYPE__OBJECT_USER_MAPPING, UserMappingName(statement.servername, *statement.user),
          fmt::format("DROP USER MAPPING FOR {} SERVER {}", user.empty() ? "PUBLIC" : QuoteIdentifier(user),
                      QuoteIdentifier(statement.servername))};
}

ErrorOr<RawIdentity> IdentityOf(const Session& session, const PgQuery__Node& node) {
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_DEFINE_STMT:
      return OfDefine(session, *node.define_stmt);
    case PG_QUERY__NODE__NODE_CREATE_CAST_STMT:
      return OfCast(session, *node.create_cast_stmt);
    case PG_QUERY__NODE__NODE_CREATE_TRANSFORM_STMT:
      return OfTransform(session, *node.create_transform_stmt);
    case PG_QUERY__NODE__NODE_CREATE_OP_CLASS_STMT: {
      const auto& statement = *node.create_op_class_stmt;
      return OfClass(session, PG_QUERY__OBJECT_TYPE__OBJECT_OPCLASS,
                     {statement.opclassname, statement.n_opclassname}, statement.amname);
    }
    case PG_QUERY__NODE__NODE_CREATE_OP_FAMILY_STMT: {
      const auto& statement = *node.create_op_family_stmt;
      return OfClass(session, PG_QUERY__OBJECT_TYPE__OBJECT_OPFAMILY,
                     {statement.opfamilyname, statement.n_opfamilyname}, statement.amname);
    }
    case PG_QUERY__NODE__NODE_CREATE_CONVERSION_STMT: {
      const auto& statement = *node.create_conversion_stmt;
      return InSchema(session, PG_QUERY__OBJECT_TYPE__OBJECT_CONVERSION,
                      SplitName({statement.conversion_name, statement.n_conversion_name}), "", "");
    }
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_TABLE_STMT:
      return InSchema(session, PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE,
                      SplitName(*node.create_foreign_table_stmt->base_stmt->relation), "", "");
    case PG_QUERY__NODE__NODE_CREATE_PLANG_STMT:
      return Plain(PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE, node.create_plang_stmt->plname);
    case PG_QUERY__NODE__NODE_CREATE_FDW_STMT:
      return Plain(PG_QUERY__OBJECT_TYPE__OBJECT_FDW, node.create_fdw_stmt->fdwname);
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_SERVER_STMT:
      return Plain(PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER, node.create_foreign_server_stmt->servername);
    case PG_QUERY__NODE__NODE_CREATE_PUBLICATION_STMT:
      return Plain(PG_QUERY__OBJECT_TYPE__OBJECT_PUBLICATION, node.create_publication_stmt->pubname);
    case PG_QUERY__NODE__NODE_CREATE_AM_STMT:
      return Plain(PG_QUERY__OBJECT_TYPE__OBJECT_ACCESS_METHOD, node.create_am_stmt->amname);
    case PG_QUERY__NODE__NODE_CREATE_USER_MAPPING_STMT:
      return OfUserMapping(*node.create_user_mapping_stmt);
    default:
      return Unsupported(-1, "this statement");
  }
}

// The name that other statements use for a Raw object: without its kind, schema and arguments.
std::string BareName(std::string_view name, std::string_view kind) {
  if (name.starts_with(kind)) name.remove_prefix(std::min(kind.size() + 1, name.size()));
  name = name.substr(0, name.find(' '));
  const std::size_t dot = name.find('.');
  return std::string(dot == std::string_view::npos || dot + 1 >= name.size() ? name : name.substr(dot + 1));
}

// What the statement names: its functions, and other raw objects (a server its wrapper, a text search
// configuration its dictionaries). The name that it shares with others of its kind, as overloaded operators
// do, is its own.
std::vector<ObjectAddress> RawDependencies(const Session& session, const PgQuery__Node& statement,
                                           const Raw& self) {
  const std::string own_name = BareName(self.name, self.kind);
  std::set<std::string> words;
  for (const Token& token : session.tokens->tokens()) {
    std::string_view word = session.tokens->Text(token);
    if (token.kind == TokenKind::Quoted && word.size() > 2) word = word.substr(1, word.size() - 2);
    words.emplace(word);
  }
  std::vector<ObjectAddress> found = FunctionsOfRaw(session, statement);
  for (ObjectAddress& column : ColumnsOfPublication(session, statement)) found.push_back(std::move(column));
  const bool is_operator = self.kind == KindWordOf(PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR);
  const auto& objects = session.catalog->objects();
  for (auto it = objects.lower_bound({ObjectKind::Raw, "", "", ""});
       it != objects.end() && it->first.kind == ObjectKind::Raw; ++it) {
    const Raw& raw = std::get<Raw>(it->second);
    // The commutator and the negator of an operator may come later: the server makes shells of them
    // (pg_operator.c, OperatorShellMake).
    if (is_operator && raw.kind == self.kind) continue;
    const std::string name = BareName(raw.name, raw.kind);
    const bool namesake = raw.kind == self.kind && name == own_name;
    if (!namesake && words.contains(name)) found.push_back(it->first);
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

ErrorOr<schema::Expression> WholeStatement(const Session& session, const PgQuery__Node& node) {
  const auto& tokens = session.tokens->tokens();
  return MakeDefinition(node, *session.tokens, tokens.front().begin, tokens.back().end, ScopeOf(session));
}

void AppendStatement(schema::Expression& expression, const schema::Expression& statement) {
  const auto shift = static_cast<std::uint32_t>(expression.text.size() + 2);
  const auto counted = std::ranges::count(statement.canonical, '\x01');
  const auto own = std::ranges::count(expression.canonical, '\x01');
  expression.text += ";\n" + statement.text;
  expression.canonical += ";" + statement.canonical;
  std::ptrdiff_t index = 0;
  for (schema::Reference reference : statement.references) {
    if (reference.IsSpelled()) {
      reference.begin += shift;
      reference.end += shift;
    }
    const bool counts = index < counted;
    const auto position = counts ? expression.references.begin() + own + index : expression.references.end();
    expression.references.insert(position, reference);
    ++index;
  }
}

// The Raw name of the family that an ALTER statement names; "" when it names none.
std::string FamilyName(const Session& session, const PgQuery__AlterOpFamilyStmt& statement) {
  PgQuery__String method = PG_QUERY__STRING__INIT;
  method.sval = statement.amname;
  PgQuery__Node method_node = PG_QUERY__NODE__INIT;
  method_node.node_case = PG_QUERY__NODE__NODE_STRING;
  method_node.string = &method;
  // As COMMENT ON and DROP have it: the method, then the name.
  std::vector<PgQuery__Node*> parts{&method_node};
  parts.insert(parts.end(), statement.opfamilyname, statement.opfamilyname + statement.n_opfamilyname);
  const NameNode name(parts.data(), parts.size());
  const auto raw = RawName(session, PG_QUERY__OBJECT_TYPE__OBJECT_OPFAMILY, name.node());
  return raw ? *raw : std::string();
}

// The Raw object that an ALTER statement changes.
std::string AlteredName(const Session& session, const PgQuery__Node& node) {
  const auto in_path = [&](Kind kind, PgQuery__Node** names, std::size_t count) {
    const NameNode name(names, count);
    const auto raw = RawName(session, kind, name.node());
    return raw ? *raw : std::string();
  };
  switch (node.node_case) {
    case PG_QUERY__NODE__NODE_ALTER_FDW_STMT:
      return fmt::format("foreign-data wrapper {}", node.alter_fdw_stmt->fdwname);
    case PG_QUERY__NODE__NODE_ALTER_FOREIGN_SERVER_STMT:
      return fmt::format("server {}", node.alter_foreign_server_stmt->servername);
    case PG_QUERY__NODE__NODE_ALTER_PUBLICATION_STMT:
      return fmt::format("publication {}", node.alter_publication_stmt->pubname);
    case PG_QUERY__NODE__NODE_ALTER_USER_MAPPING_STMT:
      return UserMappingName(node.alter_user_mapping_stmt->servername, *node.alter_user_mapping_stmt->user);
    case PG_QUERY__NODE__NODE_ALTER_TSCONFIGURATION_STMT:
      return in_path(PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION, node.alter_tsconfiguration_stmt->cfgname,
                     node.alter_tsconfiguration_stmt->n_cfgname);
    case PG_QUERY__NODE__NODE_ALTER_TSDICTIONARY_STMT:
      return in_path(PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY, node.alter_tsdictionary_stmt->dictname,
                     node.alter_tsdictionary_stmt->n_dictname);
    case PG_QUERY__NODE__NODE_ALTER_OP_FAMILY_STMT:
      return FamilyName(session, *node.alter_op_family_stmt);
    default:
      return ForeignTableOf(session, node);
  }
}

}  // namespace

bool IsRawStatement(const PgQuery__Node& statement) {
  switch (statement.node_case) {
    case PG_QUERY__NODE__NODE_CREATE_CAST_STMT:
    case PG_QUERY__NODE__NODE_CREATE_TRANSFORM_STMT:
    case PG_QUERY__NODE__NODE_CREATE_OP_CLASS_STMT:
    case PG_QUERY__NODE__NODE_CREATE_OP_FAMILY_STMT:
    case PG_QUERY__NODE__NODE_CREATE_CONVERSION_STMT:
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_TABLE_STMT:
    case PG_QUERY__NODE__NODE_CREATE_PLANG_STMT:
    case PG_QUERY__NODE__NODE_CREATE_FDW_STMT:
    case PG_QUERY__NODE__NODE_CREATE_FOREIGN_SERVER_STMT:
    case PG_QUERY__NODE__NODE_CREATE_PUBLICATION_STMT:
    case PG_QUERY__NODE__NODE_CREATE_AM_STMT:
    case PG_QUERY__NODE__NODE_CREATE_USER_MAPPING_STMT:
    case PG_QUERY__NODE__NODE_DEFINE_STMT:
      return true;
    default:
      return false;
  }
}

bool IsRawAlteration(const PgQuery__Node& statement) {
  switch (statement.node_case) {
    case PG_QUERY__NODE__NODE_ALTER_FDW_STMT:
    case PG_QUERY__NODE__NODE_ALTER_FOREIGN_SERVER_STMT:
    case PG_QUERY__NODE__NODE_ALTER_PUBLICATION_STMT:
    case PG_QUERY__NODE__NODE_ALTER_USER_MAPPING_STMT:
    case PG_QUERY__NODE__NODE_ALTER_TSCONFIGURATION_STMT:
    case PG_QUERY__NODE__NODE_ALTER_TSDICTIONARY_STMT:
    case PG_QUERY__NODE__NODE_ALTER_OP_FAMILY_STMT:
      return true;
    default:
      return false;
  }
}

Done CreateRaw(Session& session, const PgQuery__Node& node) {
  // Every database has it.
  if (node.node_case == PG_QUERY__NODE__NODE_CREATE_PLANG_STMT &&
      std::string_view(node.create_plang_stmt->plname) == "plpgsql") {
    return Ok();
  }
  auto identity = IdentityOf(session, node);
  if (!identity) return identity.error();
  Raw raw;
  raw.name = identity->name;
  raw.kind = KindWordOf(identity->kind);
  if (node.node_case == PG_QUERY__NODE__NODE_DEFINE_STMT) SortDefinition(*node.define_stmt);
  auto create = WholeStatement(session, node);
  if (!create) return create.error();
  raw.create = std::move(*create);
  raw.drop.text = raw.drop.canonical = identity->drop;
  raw.depends_on = RawDependencies(session, node, raw);
  if (session.catalog->Has(schema::AddressOf(raw))) {
    return ErrorAt(-1, fmt::format("{} already exists", raw.name), DiagnosticKind::DuplicateName);
  }
  return schema::Create(*session.catalog, std::move(raw));
}

bool MakesRaw(const Session& session, const PgQuery__Node& statement, std::string_view name,
              std::string_view drop) {
  if (const auto key = KeyOfComment(session, statement)) {
    const Raw raw = CommentOfKey(*key);
    return raw.name == name && TokensOf(raw.drop.text) == TokensOf(drop);
  }
  if (!IsRawStatement(statement)) return false;
  const auto identity = IdentityOf(session, statement);
  return identity && identity->name == name && TokensOf(identity->drop) == TokensOf(drop);
}

bool AltersRaw(const Session& session, const PgQuery__Node& statement, std::string_view name) {
  const bool alters = IsRawAlteration(statement) || ChangesForeignTable(session, statement);
  return alters && AlteredName(session, statement) == name;
}

Done DropUserMapping(Session& session, const PgQuery__DropUserMappingStmt& statement) {
  const ObjectAddress address{ObjectKind::Raw, "", UserMappingName(statement.servername, *statement.user),
                              ""};
  if (statement.missing_ok && !session.catalog->Has(address)) return Ok();
  return schema::Drop(*session.catalog, address, false);
}

Done AlterRaw(Session& session, const PgQuery__Node& node) {
  const std::string name = AlteredName(session, node);
  auto* raw = session.catalog->GetMutable<Raw>({ObjectKind::Raw, "", name, ""});
  if (raw == nullptr) return ErrorAt(-1, fmt::format("{} does not exist", name), DiagnosticKind::UnknownName);
  auto statement = WholeStatement(session, node);
  if (!statement) return statement.error();
  // Definitions do not have the own name of what they define.
  if (node.node_case == PG_QUERY__NODE__NODE_CREATE_TRIG_STMT)
    statement->canonical += " " + QuoteIdentifier(node.create_trig_stmt->trigname);
  AppendStatement(raw->create, *statement);
  for (ObjectAddress& address : RawDependencies(session, node, *raw)) {
    if (std::ranges::find(raw->depends_on, address) == raw->depends_on.end())
      raw->depends_on.push_back(std::move(address));
  }
  std::ranges::sort(raw->depends_on);
  return Ok();
}

}  // namespace schemac::sql
