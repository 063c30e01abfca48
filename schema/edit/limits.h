// Hard limits of a PostgreSQL server, and its messages when they are passed: MaxHeapAttributeNumber
// (htup_details.h), INDEX_MAX_KEYS and FUNC_MAX_ARGS (pg_config_manual.h).
#pragma once

#include <cstddef>

#include "schema/edit/edit.h"

namespace schemac::schema {

inline constexpr std::size_t kMostColumns = 1600;   // Of a table, a view or a composite type.
inline constexpr std::size_t kMostKeyColumns = 32;  // Of an index, a key, a foreign key or a partition key.
inline constexpr std::size_t kMostArguments = 100;  // Of a routine and of a call.

// Whether the object stays within the limits on its parts: columns, elements of an index.
Done CheckLimits(const Object& object);
// Whether there may be so many columns.
Done CheckColumnCount(std::size_t columns);

}  // namespace schemac::schema
