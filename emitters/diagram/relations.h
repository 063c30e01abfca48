// What diagrams show of a catalog.
#pragma once

#include <string>
#include <vector>

#include "schema/catalog.h"

namespace schemac::emitters {

struct DrawnColumn {
  std::string name;
  std::string type;
  bool required = false;
  bool primary = false;
  bool foreign = false;
  bool unique = false;  // By itself.
};
struct DrawnTable {
  std::string name;  // As SQL, qualified unless in public.
  std::vector<DrawnColumn> columns;
};
struct DrawnKey {
  std::string from;
  std::string to;
  std::string columns;    // "a, b", unquoted.
  bool required = false;  // Every row refers to one.
  bool single = false;    // No two rows refer to the same one.
};
struct Drawing {
  std::vector<DrawnTable> tables;  // Without partitions: they are their parent.
  std::vector<DrawnKey> keys;
};

Drawing Draw(const schema::Catalog& catalog);

}  // namespace schemac::emitters
