// Indexes by what stands on them: keys, replica identity, clustering.
#pragma once

#include <string>

#include "schema/object.h"

namespace schemac::schema {

// As an index of its own would be written: CREATE UNIQUE INDEX under the name of the key. Without a comment.
Index IndexBehind(const Constraint& key);

// Whether ADD CONSTRAINT … USING INDEX makes the key of the index as it stands, whatever their names: a plain
// unique btree over the columns of the key, in their order, with nothing of its own (ATExecAddIndexConstraint
// and transformIndexConstraint in PostgreSQL's source).
bool IsIndexFor(const Index& index, const Constraint& key);

// Whether the table's replica identity or clustering names the index.
bool IsChosen(const Table& table, const std::string& index);

}  // namespace schemac::schema
