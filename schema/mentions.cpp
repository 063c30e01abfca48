#include "schema/mentions.h"

#include <algorithm>
#include <utility>

#include "schema/dependencies.h"

namespace schemac::schema {

namespace {

std::vector<QualifiedName> NamesIn(const ObjectAddress& address, const Object& object) {
  std::vector<QualifiedName> names{address.qualified()};
  ForEachDependency(object, [&](const ObjectAddress& target, DependencyKind) {
    // Most targets are columns of one table, one after another.
    if (names.back().name != target.name || names.back().schema != target.schema)
      names.push_back(target.qualified());
  });
  // An attached index names its parent by quoted text.
  const auto* index = std::get_if<Index>(&object);
  if (index != nullptr && !index->parent.empty()) names.push_back({"", index->parent});
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace

void Mentions::Enter(const ObjectAddress& address, const Object& object) {
  for (const QualifiedName& name : NamesIn(address, object)) by_name_.Enter(name).second.insert(address);
}

void Mentions::Leave(const ObjectAddress& address, const Object& object) {
  if (!built_ || awaited_.erase(address) > 0) return;
  for (const QualifiedName& name : NamesIn(address, object)) {
    auto* found = by_name_.FindMutable(name);
    if (found == nullptr) continue;
    found->second.erase(address);
    if (found->second.empty()) by_name_.erase(name);
  }
}

void Mentions::Await(const ObjectAddress& address) {
  if (built_) awaited_.insert(address);
}

std::vector<ObjectAddress> Mentions::Of(const QualifiedName& name, const Objects& objects) {
  if (!built_) {
    for (const auto& [address, object] : objects) Enter(address, object);
    built_ = true;
  }
  for (const ObjectAddress& address : awaited_) Enter(address, objects.at(address));
  awaited_.clear();
  const auto found = by_name_.find(name);
  if (found == by_name_.end()) return {};
  return {found->second.begin(), found->second.end()};
}

}  // namespace schemac::schema
