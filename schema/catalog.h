// A database's schema as a value: the objects by address, with the name spaces that PostgreSQL keeps. A copy
// costs little and shares what is not changed (shared_map.h).
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "schema/mentions.h"
#include "schema/object.h"
#include "schema/shared_map.h"

namespace schemac::schema {

class Catalog {
 public:
  using Objects = SharedMap<ObjectAddress, Object>;

  // A catalog as initdb leaves a database: the schema `public` and nothing else.
  static Catalog Empty();

  [[nodiscard]] const Objects& objects() const { return objects_; }
  [[nodiscard]] bool Has(const ObjectAddress& address) const;  // Columns too.
  [[nodiscard]] const Object* Find(const ObjectAddress& address) const;
  // The object of that address if it is a T; T is one of the alternatives of Object.
  template <typename T>
  [[nodiscard]] const T* Get(const ObjectAddress& address) const {
    const Object* object = Find(address);
    return object == nullptr ? nullptr : std::get_if<T>(object);
  }
  // To change an object in place, before anything else is asked of the catalog. The address must stay the
  // same: to rename, use schema/edit/rename.h. What was found before may show the object as it was.
  template <typename T>
  [[nodiscard]] T* GetMutable(const ObjectAddress& address) {
    return std::get_if<T>(FindMutable(address));
  }
  [[nodiscard]] Object* FindMutable(const ObjectAddress& address);

  // Adds or replaces. Keeps the name spaces in step.
  void Put(Object object);
  // Removes just this object, not what depends on it. False if there is none.
  bool Remove(const ObjectAddress& address);
  // The same, for the object; there must be one.
  Object Take(const ObjectAddress& address);

  // Relations share a name space in each schema: tables, views, sequences, composite types, indexes and the
  // indexes of primary key, unique and exclusion constraints (pg_class). The address of what owns the name.
  [[nodiscard]] std::optional<ObjectAddress> FindRelation(const QualifiedName& name) const;
  // Types likewise: enums, composites, ranges, domains, and the row types of tables and views (pg_type).
  [[nodiscard]] std::optional<ObjectAddress> FindType(const QualifiedName& name) const;
  // Whether a constraint of any table or domain of the schema has the name (pg_constraint; matters for
  // generated names only).
  [[nodiscard]] bool HasConstraintNamed(const QualifiedName& name) const;
  // How many names were made up with a number, because the one without was taken (schema/edit/names.h): those
  // depend on the order in which things are made.
  [[nodiscard]] std::size_t numbered_names() const { return numbered_names_; }
  void CountNumberedName() const { ++numbered_names_; }
  // Functions, procedures and aggregates of that name, any arguments.
  [[nodiscard]] std::vector<ObjectAddress> FindFunctions(const QualifiedName& name) const;

  [[nodiscard]] const Table* FindTable(const QualifiedName& name) const;
  [[nodiscard]] const View* FindView(const QualifiedName& name) const;

  // The parts of one table or view (constraints, indexes, triggers, policies, rules, seed rows) of one kind,
  // by name.
  [[nodiscard]] std::vector<const Object*> PartsOf(const QualifiedName& table, ObjectKind kind) const;

  // The addresses of all that may depend on what has this name, on its columns or its parts, with itself and
  // its parts, in order: those whose definitions contain the name. An index is built at the first call and
  // kept in step from then on, in copies too: no two threads may ask the same catalog, or copy it meanwhile.
  [[nodiscard]] std::vector<ObjectAddress> Mentioning(const QualifiedName& name) const {
    return mentions_.Of(name, objects_);
  }
  // The tables that inherit from the table, and its partitions, by name. A table must be Put for a new parent
  // to be noticed.
  [[nodiscard]] std::vector<QualifiedName> ChildrenOf(const QualifiedName& table) const;

  // Shares what was made in `other`, a copy of `base`, while this one, a copy of it too, was changed
  // elsewhere. False when both have changed or made something of the same address or name, or `other` lacks
  // what `base` has: what is in this one then means nothing.
  [[nodiscard]] bool TakeAdditions(const Catalog& base, const Catalog& other);

  bool operator==(const Catalog& other) const { return objects_ == other.objects_; }

 private:
  // What the object of that address has in the name spaces.
  void Enter(const ObjectAddress& address, const Object& object);
  void Leave(const ObjectAddress& address, const Object& object);

  Objects objects_;
  SharedMap<QualifiedName, ObjectAddress> relations_;
  SharedMap<QualifiedName, ObjectAddress> types_;
  SharedMap<QualifiedName, int> constraint_names_;  // Of tables: how many have the name.
  SharedMap<QualifiedName, std::set<QualifiedName>> children_;
  mutable std::size_t numbered_names_ = 0;
  mutable Mentions mentions_;
};

}  // namespace schemac::schema
