// COMMENT ON INDEX of an index that belongs to a constraint: the constraint has a comment of its own, so this
// one is kept as the statement that makes it.
#pragma once

#include <optional>

#include "compiler/sql/statement_session.h"

namespace schemac::sql {

// The constraint whose index the statement comments on; nullopt for other statements and indexes.
std::optional<schema::ObjectAddress> KeyOfComment(const Session& session, const PgQuery__Node& statement);

// The Raw object that the comment is, without its text: its name and how to take it away.
schema::Raw CommentOfKey(const schema::ObjectAddress& key);

// Makes, replaces or takes away the comment.
Done CommentOnKey(Session& session, const schema::ObjectAddress& key, const std::string& comment);

// An error when the last statement renamed a constraint with such a comment, whose text names the index.
Done CheckKeyComments(const Session& session);

}  // namespace schemac::sql
