// What the interpreter's statements share: the catalog they change, where names are looked up, and the way
// from libpg_query's nodes to names. Private to compiler/sql/interpret.cpp and the statement_*.cpp files.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <pg_query/pg_query.pb-c.h>

#include "compiler/sql/interpret.h"
#include "compiler/sql/nodes.h"
#include "compiler/support/error_or.h"
#include "schema/catalog.h"
#include "schema/edit/edit.h"

namespace schemac::sql {

using schema::Done;
using NodeList = std::span<PgQuery__Node* const>;

inline Done Ok() { return std::monostate{}; }

// A script on its way: lives from its first statement to its last.
struct Session {
  schema::Catalog* catalog = nullptr;
  std::vector<std::string> search_path;
  // The units of the text that the locations of the nodes in hand count in: one statement. Set while one
  // runs.
  const Tokens* tokens = nullptr;
  std::string owner;  // The role that runs the script, and owns what it makes.
  // Roles that OWNER TO named, to leave an owner's own privileges out of the catalog.
  std::map<schema::ObjectAddress, std::string> owners;
  // What REVOKE took from owners themselves: no catalog of ours can hold that, so a GRANT has to give it back
  // (as dumps before PostgreSQL 9.6 do). With the column, or "", and where in the script it was taken.
  struct Taken {
    std::set<std::string> privileges;
    std::size_t place = 0;
  };
  std::map<std::pair<schema::ObjectAddress, std::string>, Taken> taken;
  // A grant that was no change, to one who is only taken to own the object: what has no OWNER TO is owned by
  // the role that runs the script.
  struct OwnersGrant {
    std::string role;
    std::size_t place = 0;
  };
  std::optional<OwnersGrant> granted_to_owner;
  std::size_t place = 0;  // Of the statement that runs, in the script.
  // Temporary tables and the like: known, so that statements on them are passed over.
  std::set<std::string> temporary;
  std::string default_tablespace;
  std::string role;         // SET ROLE, SET SESSION AUTHORIZATION; "" is the role that runs the script.
  bool reads_rows = false;  // Whether INSERT, UPDATE and DELETE are of seed rows.
  PassedOver* passed_over = nullptr;
  int nesting = 0;  // Of scripts inside statements: DO blocks, CREATE SCHEMA with elements.
};

// Runs one statement; `session.tokens` must be those of its text. In statement_dispatch.cpp.
Done RunStatement(Session& session, const PgQuery__Node& statement);
// Runs a whole text, stopping at the first error, whose offset is into `text`. In interpret.cpp.
Done RunText(Session& session, std::string_view text);

// An error at a node's location (-1 when it has none).
Error ErrorAt(int location, std::string message, DiagnosticKind kind = DiagnosticKind::InvalidDefinition);
Error Unsupported(int location, std::string what);

// The value of a String node; "" for others.
std::string_view StringOf(const PgQuery__Node* node);
// The strings of a name list, each a String node.
std::vector<std::string> StringsOf(NodeList nodes);
// A name list ("name" or "schema.name" or "database.schema.name") taken apart; schema is "" when not written.
schema::QualifiedName SplitName(NodeList names);
schema::QualifiedName SplitName(const PgQuery__RangeVar& relation);
inline NodeList ListItems(const PgQuery__Node* node) {
  if (node == nullptr || node->node_case != PG_QUERY__NODE__NODE_LIST) return {};
  return {node->list->items, node->list->n_items};
}

Scope ScopeOf(const Session& session, const schema::Table* table = nullptr);
// Where a new object of this name goes: the schema written, which must exist, or the first of the search path
// that does.
ErrorOr<schema::QualifiedName> NameForNew(const Session& session, const schema::QualifiedName& written,
                                          int location = -1);

// What the name means: of all kinds of relations, of types, of schemas.
ErrorOr<schema::ObjectAddress> ResolveRelation(const Session& session, const schema::QualifiedName& written,
                                               int location = -1);
std::optional<schema::ObjectAddress> LookUpRelation(const Session& session,
                                                    const schema::QualifiedName& written);
std::optional<schema::ObjectAddress> LookUpType(const Session& session, const schema::QualifiedName& written);
ErrorOr<schema::ObjectAddress> ResolveType(const Session& session, const schema::QualifiedName& written);
// The table of that name; nullptr where the name means something else, or nothing.
const schema::Table* LookUpTable(const Session& session, const schema::QualifiedName& written);
// A table, views excluded, to be read.
ErrorOr<const schema::Table*> ResolveTable(const Session& session, const PgQuery__RangeVar& relation);
// The table at the address; for a view, a table of its columns, whose types are not known.
schema::Table TableOrView(const Session& session, const schema::ObjectAddress& address);
// An object that stands in a schema but in no name space of its own (collations, statistics).
std::optional<schema::ObjectAddress> LookUpInPath(const Session& session, schema::ObjectKind kind,
                                                  const schema::QualifiedName& written);

// `table "a.b"`-like text of a name as written, for messages.
std::string Written(const schema::QualifiedName& name);

schema::ObjectAddress TableAddress(const schema::QualifiedName& name);

// Values of options: DefElem arguments as PostgreSQL's defGetString() gives them.
std::string OptionText(const PgQuery__DefElem& option);
ErrorOr<bool> OptionFlag(const PgQuery__DefElem& option);
ErrorOr<std::int64_t> OptionInteger(const PgQuery__DefElem& option);
// A WITH (…) list. `oids = false` of old dumps is left out.
ErrorOr<schema::Options> OptionsOf(NodeList options);
// Sorts the attributes of CREATE AGGREGATE, OPERATOR, …: their order says nothing. The text stays as written.
void SortDefinition(const PgQuery__DefineStmt& statement);
// The role as a grantee: "" for PUBLIC, "current_user" and its like as written in lower case.
std::string RoleName(const PgQuery__RoleSpec& role);
std::string RoleName(const PgQuery__Node* role);

// `schema` of an extension that the catalog holds and that may bring objects we cannot see; any is enough for
// doubt.
bool HasForeignExtension(const Session& session);

}  // namespace schemac::sql
