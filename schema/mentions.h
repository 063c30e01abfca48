// Who mentions whom in a catalog: where to look for the dependents of an object without walking over all of
// them. A part of schema/catalog.h.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "schema/object.h"

namespace schemac::schema {

// From each name to the objects that contain it. Names stand for what has them, whatever its kind, and for
// its columns and parts. Whoever depends on an object mentions its name; not everyone who mentions it depends
// on it. A copy is empty and not built: copies of catalogs are made to be compared as often as to be changed.
class Mentions {
 public:
  using Objects = std::map<ObjectAddress, Object>;

  Mentions() = default;
  Mentions(const Mentions&) {}
  Mentions& operator=(const Mentions&) { return *this = Mentions(); }
  Mentions(Mentions&&) = default;
  Mentions& operator=(Mentions&&) = default;
  ~Mentions() = default;

  // To be called before an object of the catalog is changed, replaced or removed, and after one was added or
  // replaced: what it mentions is then read at the next call of Of. The addresses must live in the catalog.
  void Leave(const ObjectAddress& address, const Object& object);
  void Await(const ObjectAddress& address);

  // The addresses of those that mention the name, in order. The objects that have it and their parts are
  // among them.
  std::vector<ObjectAddress> Of(const QualifiedName& name, const Objects& objects);

 private:
  struct ByValue {
    bool operator()(const ObjectAddress* left, const ObjectAddress* right) const { return *left < *right; }
  };
  using Addresses = std::set<const ObjectAddress*, ByValue>;

  void Enter(const ObjectAddress& address, const Object& object);

  bool built_ = false;
  std::map<QualifiedName, Addresses> by_name_;
  Addresses awaited_;  // Not in `by_name_`: to be read again.
};

}  // namespace schemac::schema
