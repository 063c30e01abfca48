// What an object needs in order to exist (compare pg_depend, manual 53.18).
#pragma once

#include <functional>
#include <map>
#include <set>
#include <vector>

#include "schema/catalog.h"

namespace schemac::schema {

enum class DependencyKind : std::uint8_t {
  Normal,  // The server refuses to create the one without the other, and to drop the other without CASCADE.
  Soft,    // Only creation needs it, or only ordering gains by it: the bodies of routines. Ignored when it
           // closes a cycle.
};

// Calls `visit` for each object that `object` refers to, duplicates possible. Columns are named as columns (a
// view that reads t.a depends on column a and on table t); a table part depends on its table; an object in a
// schema other than "public" on that schema. A table does not depend on the parts that depend on it.
// Constraint → referenced table, the columns and the unique constraint or index behind a foreign key is not
// resolved here (see FindReferencedKey).
void ForEachDependency(const Object& object,
                       const std::function<void(const ObjectAddress&, DependencyKind)>& visit);
// The same without copies: the names are those in the object.
void ForEachDependencyView(const Object& object,
                           const std::function<void(const AddressView&, DependencyKind)>& visit);
// The same for one column of a table: its type, default, generation expression, collation.
void ForEachDependency(const QualifiedName& table, const Column& column,
                       const std::function<void(const ObjectAddress&, DependencyKind)>& visit);
// Every expression that the object holds, columns of tables included; for renaming and for searching.
void ForEachExpression(Object& object, const std::function<void(Expression&)>& visit);
void ForEachExpression(const Object& object, const std::function<void(const Expression&)>& visit);
// Every type that the object names, columns of tables included.
void ForEachType(Object& object, const std::function<void(Type&)>& visit);

// All that makes the columns unique together, for a foreign key or ON CONFLICT, the likeliest first: the
// primary key, unique constraints that cannot be deferred, unique indexes over just them, without a predicate
// (manual, INSERT).
std::vector<ObjectAddress> FindUniqueKeys(const Catalog& catalog, const QualifiedName& table,
                                          const std::vector<std::string>& columns);
// The one that a foreign key rests on. Where there are several, the server took the one that was made first
// (transformFkeyCheckAttrs), which a catalog does not tell.
std::optional<ObjectAddress> FindReferencedKey(const Catalog& catalog, const Constraint& foreign_key);

// The reverse: for each address of the catalog (columns included), who depends on it directly. A key behind
// foreign keys has them among its dependents. What mentions a name is looked at when that is first asked for;
// the catalog must live as long, and stay as it is.
class Dependents {
 public:
  explicit Dependents(const Catalog& catalog) : catalog_(catalog) {}
  // No two threads may ask about the same catalog (Catalog::Mentioning).
  [[nodiscard]] const std::map<ObjectAddress, DependencyKind>& Of(const ObjectAddress& address) const;

 private:
  using ByTarget = std::map<ObjectAddress, std::map<ObjectAddress, DependencyKind>>;

  [[nodiscard]] ByTarget OfAllNamed(const QualifiedName& name) const;

  const Catalog& catalog_;
  mutable std::map<QualifiedName, ByTarget> known_;
};

}  // namespace schemac::schema
