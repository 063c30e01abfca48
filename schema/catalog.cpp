#include "schema/catalog.h"

#include <algorithm>
#include <utility>

#include "compiler/support/check.h"
#include "compiler/support/overloaded.h"
#include "compiler/support/quote.h"
#include "compiler/support/side_by_side.h"
#include "schema/keys.h"

namespace schemac::schema {

namespace {

// makeMultirangeTypeName() in pg_type.c: the first "range" becomes "multirange", else "_multirange" is
// appended.
std::string MultirangeName(const Range& range) {
  auto told = range.options.find("multirange_type_name");
  if (told != range.options.end() && !told->second.empty()) return told->second;
  std::string name = range.name.name;
  const std::size_t place = name.find("range");
  if (place != std::string::npos) {
    name.insert(place, "multi");
    return std::string(TruncateIdentifier(name));
  }
  constexpr std::string_view kSuffix = "_multirange";
  while (name.size() + kSuffix.size() > kLongestIdentifier) {
    // A character at a time: no UTF-8 sequence is split.
    while (name.size() > 1 && (static_cast<unsigned char>(name.back()) & 0xC0U) == 0x80U) name.pop_back();
    name.pop_back();
  }
  return name + std::string(kSuffix);
}

// Calls `relation(name, owner)` for each name that the object of that address takes in pg_class, `type` for
// those in pg_type.
template <typename Relation, typename Type>
void VisitNames(const ObjectAddress& address, const Object& object, const Relation& relation,
                const Type& type) {
  const auto own = [&](const QualifiedName& name) { relation(name, address); };
  const auto as_type = [&](const QualifiedName& name) { type(name, address); };
  const auto both = [&](const QualifiedName& name) { own(name), as_type(name); };
  std::visit(Overloaded{
                 [&](const Enum& it) { as_type(it.name); },
                 [&](const Composite& it) { both(it.name); },
                 [&](const Range& it) {
                   as_type(it.name);
                   as_type({it.name.schema, MultirangeName(it)});
                 },
                 [&](const Domain& it) { as_type(it.name); },
                 [&](const Sequence& it) { own(it.name); },
                 [&](const Table& it) {
                   both(it.name);
                   for (const Column& column : it.columns) {
                     if (!column.identity || column.identity->sequence_name.empty()) continue;
                     relation(QualifiedName{it.name.schema, column.identity->sequence_name},
                              ObjectAddress{ObjectKind::Column, it.name.schema, it.name.name, column.name});
                   }
                 },
                 [&](const View& it) { both(it.name); },
                 [&](const Constraint& it) {
                   if (HasIndex(it.kind)) own({it.table.schema, it.name});
                 },
                 [&](const Index& it) {
                   own({it.table.schema, it.name});
                 },
                 [](const Schema&) {},
                 [](const Extension&) {},
                 [](const Collation&) {},
                 [](const Function&) {},
                 [](const Aggregate&) {},
                 [](const Trigger&) {},
                 [](const Policy&) {},
                 [](const Rule&) {},
                 [](const Statistics&) {},
                 [](const EventTrigger&) {},
                 [](const DefaultPrivileges&) {},
                 [](const SeedRow&) {},
                 [](const Raw&) {},
             },
             object);
}

using NameSpace = SharedMap<QualifiedName, ObjectAddress>;

void Forget(NameSpace& space, const QualifiedName& name, const ObjectAddress& owner) {
  const auto found = space.find(name);
  if (found != space.end() && found->second == owner) space.erase(name);
}

std::optional<ObjectAddress> Lookup(const NameSpace& space, const QualifiedName& name) {
  auto found = space.find(name);
  if (found == space.end()) return std::nullopt;
  return found->second;
}

// Fewer than these are joined sooner than a second thread has begun.
constexpr std::size_t kManyObjects = 1000;

bool IsNamed(const ObjectAddress& address, ObjectKind kind, const QualifiedName& name) {
  return address.kind == kind && address.name == name.name && address.schema == name.schema;
}

}  // namespace

Catalog Catalog::Empty() {
  Catalog catalog;
  Schema schema;
  schema.name = "public";
  // As initdb's script makes it (initdb.c, setup_privileges and pg_description of the template).
  schema.comment = "standard public schema";
  schema.privileges = Privileges{{"", "USAGE", false}};
  catalog.Put(std::move(schema));
  return catalog;
}

bool Catalog::Has(const ObjectAddress& address) const {
  if (address.kind != ObjectKind::Column) return objects_.contains(address);
  const QualifiedName owner = address.qualified();
  if (const Table* table = FindTable(owner)) return table->FindColumn(address.member) != nullptr;
  const View* view = FindView(owner);
  return view != nullptr && std::ranges::find(view->columns, address.member) != view->columns.end();
}

const Object* Catalog::Find(const ObjectAddress& address) const {
  auto found = objects_.find(address);
  return found == objects_.end() ? nullptr : &found->second;
}

Object* Catalog::FindMutable(const ObjectAddress& address) {
  auto* found = objects_.FindMutable(address);
  if (found == nullptr) return nullptr;
  mentions_.Leave(found->first, found->second);
  mentions_.Await(found->first);
  return &found->second;
}

void Catalog::Put(Object object) {
  const ObjectAddress address = AddressOf(object);
  const std::size_t before = objects_.size();
  auto& [known, place] = objects_.Enter(address);
  if (objects_.size() == before) {
    Leave(known, place);
    mentions_.Leave(known, place);
  }
  place = std::move(object);
  Enter(known, place);
  mentions_.Await(known);
}

bool Catalog::Remove(const ObjectAddress& address) {
  auto found = objects_.find(address);
  if (found == objects_.end()) return false;
  Leave(found->first, found->second);
  mentions_.Leave(found->first, found->second);
  objects_.erase(address);
  return true;
}

Object Catalog::Take(const ObjectAddress& address) {
  auto* found = objects_.FindMutable(address);
  Check(found != nullptr);
  Leave(found->first, found->second);
  mentions_.Leave(found->first, found->second);
  Object taken = std::move(found->second);
  objects_.erase(address);
  return taken;
}

bool Catalog::TakeAdditions(const Catalog& base, const Catalog& other) {
  const auto take = [&](auto member) { return (this->*member).TakeAdditions(base.*member, other.*member); };
  mentions_ = {};
  numbered_names_ += other.numbered_names_ - base.numbered_names_;
  const auto [objects, names] = SideBySide([&] { return take(&Catalog::objects_); },
                                           [&] {
                                             return take(&Catalog::relations_) && take(&Catalog::types_) &&
                                                    take(&Catalog::constraint_names_) &&
                                                    take(&Catalog::children_);
                                           },
                                           objects_.size() >= kManyObjects);
  return objects && names;
}

void Catalog::Enter(const ObjectAddress& address, const Object& object) {
  VisitNames(
      address, object,
      [&](const QualifiedName& name, const ObjectAddress& owner) { relations_.Enter(name).second = owner; },
      [&](const QualifiedName& name, const ObjectAddress& owner) { types_.Enter(name).second = owner; });
  if (const auto* constraint = std::get_if<Constraint>(&object)) {
    ++constraint_names_.Enter({constraint->table.schema, constraint->name}).second;
  }
  if (const auto* table = std::get_if<Table>(&object)) {
    for (const QualifiedName& parent : ParentsOf(*table)) children_.Enter(parent).second.insert(table->name);
  }
}

void Catalog::Leave(const ObjectAddress& address, const Object& object) {
  VisitNames(
      address, object,
      [&](const QualifiedName& name, const ObjectAddress& owner) { Forget(relations_, name, owner); },
      [&](const QualifiedName& name, const ObjectAddress& owner) { Forget(types_, name, owner); });
  if (const auto* constraint = std::get_if<Constraint>(&object)) {
    auto* found = constraint_names_.FindMutable({constraint->table.schema, constraint->name});
    if (found != nullptr && --found->second == 0)
      constraint_names_.erase({constraint->table.schema, constraint->name});
  }
  if (const auto* table = std::get_if<Table>(&object)) {
    for (const QualifiedName& parent : ParentsOf(*table)) {
      if (auto* known = children_.FindMutable(parent)) known->second.erase(table->name);
    }
  }
}

std::optional<ObjectAddress> Catalog::FindRelation(const QualifiedName& name) const {
  return Lookup(relations_, name);
}

std::optional<ObjectAddress> Catalog::FindType(const QualifiedName& name) const {
  return Lookup(types_, name);
}

bool Catalog::HasConstraintNamed(const QualifiedName& name) const {
  if (constraint_names_.contains(name)) return true;
  auto domain = objects_.lower_bound(AddressView{ObjectKind::Domain, name.schema, {}, {}});
  for (; domain != objects_.end() && domain->first.kind == ObjectKind::Domain &&
         domain->first.schema == name.schema;
       ++domain) {
    const auto& constraints = std::get<Domain>(domain->second).constraints;
    if (std::ranges::find(constraints, name.name, &DomainConstraint::name) != constraints.end()) return true;
  }
  return false;
}

std::vector<ObjectAddress> Catalog::FindFunctions(const QualifiedName& name) const {
  std::vector<ObjectAddress> found;
  for (ObjectKind kind : {ObjectKind::Function, ObjectKind::Aggregate}) {
    auto place = objects_.lower_bound(AddressView{kind, name.schema, name.name, {}});
    for (; place != objects_.end() && IsNamed(place->first, kind, name); ++place) {
      found.push_back(place->first);
    }
  }
  return found;
}

const Table* Catalog::FindTable(const QualifiedName& name) const {
  const auto found = objects_.find(AddressView{ObjectKind::Table, name.schema, name.name, {}});
  return found == objects_.end() ? nullptr : std::get_if<Table>(&found->second);
}

const View* Catalog::FindView(const QualifiedName& name) const {
  const auto found = objects_.find(AddressView{ObjectKind::View, name.schema, name.name, {}});
  return found == objects_.end() ? nullptr : std::get_if<View>(&found->second);
}

std::vector<const Object*> Catalog::PartsOf(const QualifiedName& table, ObjectKind kind) const {
  std::vector<const Object*> parts;
  auto place = objects_.lower_bound(AddressView{kind, table.schema, table.name, {}});
  for (; place != objects_.end() && IsNamed(place->first, kind, table); ++place) {
    parts.push_back(&place->second);
  }
  return parts;
}

std::vector<QualifiedName> Catalog::ChildrenOf(const QualifiedName& table) const {
  std::vector<QualifiedName> children;
  auto known = children_.find(table);
  if (known == children_.end()) return children;
  for (const QualifiedName& name : known->second) {
    const Table* child = FindTable(name);
    if (child != nullptr && std::ranges::count(ParentsOf(*child), table) > 0) children.push_back(name);
  }
  return children;
}

}  // namespace schemac::schema
