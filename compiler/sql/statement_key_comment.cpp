#include "compiler/sql/statement_key_comment.h"

#include <fmt/format.h>

#include "compiler/sql/statement_address.h"
#include "compiler/support/quote.h"
#include "schema/key_comment.h"

namespace schemac::sql {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::Raw;

std::optional<ObjectAddress> KeyOfComment(const Session& session, const PgQuery__Node& statement) {
  if (statement.node_case != PG_QUERY__NODE__NODE_COMMENT_STMT) return std::nullopt;
  const PgQuery__CommentStmt& comment = *statement.comment_stmt;
  if (comment.objtype != PG_QUERY__OBJECT_TYPE__OBJECT_INDEX || comment.object == nullptr)
    return std::nullopt;
  const auto found = LookUpObject(session, comment.objtype, *comment.object);
  if (!found || !found->has_value() || (*found)->kind != ObjectKind::Constraint) return std::nullopt;
  return **found;
}

Raw CommentOfKey(const ObjectAddress& key) {
  Raw raw;
  raw.kind = schema::kKeyComment;
  raw.name = fmt::format("{} on index {}", raw.kind, Written({key.schema, key.member}));
  raw.drop.text = fmt::format("COMMENT ON INDEX {} IS NULL", QuoteQualified(key.schema, key.member));
  raw.drop.canonical = raw.drop.text;
  raw.depends_on = {key};
  return raw;
}

Done CommentOnKey(Session& session, const ObjectAddress& key, const std::string& comment) {
  Raw raw = CommentOfKey(key);
  session.catalog->Remove(schema::AddressOf(raw));
  if (comment.empty()) return Ok();
  raw.create.text =
      fmt::format("COMMENT ON INDEX {} IS {}", QuoteQualified(key.schema, key.member), QuoteLiteral(comment));
  raw.create.canonical = raw.create.text;
  return schema::Create(*session.catalog, std::move(raw));
}

Done CheckKeyComments(const Session& session) {
  const auto& objects = session.catalog->objects();
  for (auto it = objects.lower_bound({ObjectKind::Raw, "", "", ""});
       it != objects.end() && it->first.kind == ObjectKind::Raw; ++it) {
    const Raw& raw = std::get<Raw>(it->second);
    if (raw.kind != schema::kKeyComment || CommentOfKey(raw.depends_on.front()).name == raw.name) continue;
    return Unsupported(-1, fmt::format("a new name while there is a {}", raw.name));
  }
  return Ok();
}

}  // namespace schemac::sql
