// Keys of a table and the indexes behind them.
#pragma once

#include <string>

#include "schema/object.h"

namespace schemac::schema {

// A primary key or a unique constraint.
bool IsKey(ConstraintKind kind);

// A key or an exclusion: what PostgreSQL keeps by an index of the constraint's name.
bool HasIndex(ConstraintKind kind);

// Whether CREATE TABLE makes one index of both, so that the second, a unique constraint, vanishes
// (parse_utilcmd.c, transformIndexConstraints). ALTER TABLE keeps them apart.
bool MakeOneKey(const Constraint& first, const Constraint& second);

// As an index of its own would be written: CREATE UNIQUE INDEX under the name of the key. Without a comment.
Index IndexBehind(const Constraint& key);

// Whether ADD CONSTRAINT … USING INDEX makes the key of the index as it stands, whatever their names: a plain
// unique btree over the columns of the key, in their order, with nothing of its own (ATExecAddIndexConstraint
// and transformIndexConstraint in PostgreSQL's source).
bool IsIndexFor(const Index& index, const Constraint& key);

// Whether the table's replica identity or clustering names the index.
bool IsChosen(const Table& table, const std::string& index);

}  // namespace schemac::schema
