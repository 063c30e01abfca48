// Items of a model to objects of a catalog, in passes: what is mentioned before what mentions it. A model is
// one batch; in a model diff, neighbouring `add` items are one.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/analyze/table_unit.h"

namespace schemac::analyze {

struct PlacedItem {
  const ast::Item* item = nullptr;
  std::string schema = "public";  // Of the last `schema x;` before it.
  // Whether another item of the same batch may look into it before it is built; nothing when that is still to
  // be found out.
  std::optional<bool> is_mentioned = std::nullopt;
};

// While it lives, the catalog holds no default privileges: our files say of each object what it grants, so
// that these add nothing.
class WithoutDefaultPrivileges {
 public:
  explicit WithoutDefaultPrivileges(schema::Catalog& catalog);
  ~WithoutDefaultPrivileges();
  WithoutDefaultPrivileges(const WithoutDefaultPrivileges&) = delete;
  WithoutDefaultPrivileges& operator=(const WithoutDefaultPrivileges&) = delete;

 private:
  schema::Catalog& catalog_;
  std::vector<schema::Object> hidden_;
};

void BuildItems(Context& context, const std::vector<PlacedItem>& items);

// A foreign key and the table that is to get it.
struct WaitingKey {
  Namespace where;
  schema::QualifiedName table;
  const ast::Constraint* constraint = nullptr;
  const ast::Name* column = nullptr;  // That it stands at, if it does.
};

// A model in two steps. The first makes the items that mention nothing of the second's but by foreign keys,
// and returns those foreign keys: to tables of the names in `absent`. The second makes them, and the other
// items.
std::vector<WaitingKey> BuildFirst(Context& context, const std::vector<PlacedItem>& items,
                                   const std::set<std::string>& absent);
void BuildSecond(Context& context, const std::vector<PlacedItem>& items,
                 const std::vector<WaitingKey>& waiting);

}  // namespace schemac::analyze
