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

}  // namespace schemac::sql
