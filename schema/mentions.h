// Who mentions whom in a catalog: where to look for the dependents of an object without walking over all of
// them. A part of schema/catalog.h.
#pragma once

#include <memory>
#include <set>
#include <vector>

#include "schema/object.h"
#include "schema/shared_map.h"

namespace schemac::schema {

// From each name to the objects that contain it. Names stand for what has them, whatever its kind, and for
// its columns and parts. Whoever depends on an object mentions its name; not everyone who mentions it depends
// on it. Nothing is read before the first question; a copy knows what the original knew.
class Mentions {
 public:
  using Objects = SharedMap<ObjectAddress, Object>;

  // To be called before an object of the catalog is changed, replaced or removed, and after one was added or
  // replaced: what it mentions is then read at the next call of Of.
  void Leave(const ObjectAddress& address, const Object& object);
  void Await(const ObjectAddress& address);

  // The addresses of those that mention the name, in order. The objects that have it and their parts are
  // among them.
  std::vector<ObjectAddress> Of(const QualifiedName& name, const Objects& objects);

 private:
  class Index;

  void Enter(const ObjectAddress& address, const Object& object);

  std::shared_ptr<const Index> index_;  // Of the objects at one time.
  std::set<ObjectAddress> outdated_;    // Those that have been changed or removed since,
  std::set<ObjectAddress> entered_;     // those of now,
  SharedMap<QualifiedName, std::set<ObjectAddress>> by_name_;  // which are here,
  std::set<ObjectAddress> awaited_;                            // or to be read yet.
};

}  // namespace schemac::schema
