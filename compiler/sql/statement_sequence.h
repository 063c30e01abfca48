// Sequence options as PostgreSQL resolves them (src/backend/commands/sequence.c, init_params).
#pragma once

#include <optional>
#include <string>

#include "compiler/sql/statement_session.h"

namespace schemac::sql {

struct SequenceClauses {
  std::optional<schema::QualifiedName> sequence_name;  // SEQUENCE NAME of pg_dump's identity columns.
  std::optional<NodeList> owned_by;                    // As written; one name ("none") takes the owner away.
};

// Applies the options to `options` and `type`. `is_new` starts from the defaults of the type.
ErrorOr<SequenceClauses> ApplySequenceOptions(const Session& session, NodeList written, bool is_new,
                                              schema::Type& type, schema::SequenceOptions& options);
// What ALTER COLUMN TYPE does to the sequence of an identity column: a bound that was the old type's moves
// with the type.
Done FollowColumnType(const schema::Type& from, const schema::Type& to, schema::SequenceOptions& options);

// The hidden sequence of an identity column is no object of the catalog: what is said of it is the column's.

// The column whose sequence has the name, if that is what the name means.
std::optional<schema::ObjectAddress> LookUpIdentity(const Session& session,
                                                    const schema::QualifiedName& written);
schema::Identity& IdentityAt(Session& session, const schema::ObjectAddress& column);
// The sequence is new in the schema: it grants what default privileges say, and nothing else.
void GrantDefaults(const Session& session, const std::string& schema, schema::Identity& identity);

}  // namespace schemac::sql
