// Which server a schema asks for.
#pragma once

#include <string>
#include <vector>

#include "schema/catalog.h"

namespace schemac {

inline constexpr int kOldestPostgres = 14;
inline constexpr int kNewestPostgres = 18;

// Something that older servers than `version` refuse.
struct VersionNeed {
  schema::ObjectAddress object;
  std::string feature;  // "NULLS NOT DISTINCT".
  int version = kOldestPostgres;
};

// What the catalog holds that servers of `version` do not have, in the order of the catalog. (Release notes
// of PostgreSQL 15; the parser in use accepts nothing of later ones.)
std::vector<VersionNeed> NeedsBeyond(const schema::Catalog& catalog, int version);

// The oldest server that can hold both states.
int OldestServer(const schema::Catalog& before, const schema::Catalog& after);

}  // namespace schemac
