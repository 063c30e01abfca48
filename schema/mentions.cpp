#include "schema/mentions.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "compiler/support/side_by_side.h"
#include "schema/dependencies.h"

namespace schemac::schema {

namespace {

// An attached index names its parent by quoted text.
QualifiedName ParentIn(const Object& object) {
  const auto* index = std::get_if<Index>(&object);
  return {"", index == nullptr ? "" : index->parent};
}

// Calls `visit` with the schema and the name of each that the object has or mentions; the same one may come
// again.
template <typename Visit>
void ForEachName(const ObjectAddress& address, const Object& object, const Visit& visit) {
  visit(address.schema, address.name);
  std::string_view schema = address.schema;
  std::string_view name = address.name;
  ForEachDependencyView(object, [&](const AddressView& target, DependencyKind) {
    // Most targets are columns of one table, one after another.
    if (name == target.name && schema == target.schema) return;
    schema = target.schema;
    name = target.name;
    visit(schema, name);
  });
  if (const QualifiedName parent = ParentIn(object); !parent.name.empty()) visit(parent.schema, parent.name);
}

std::vector<QualifiedName> NamesIn(const ObjectAddress& address, const Object& object) {
  std::vector<QualifiedName> names;
  ForEachName(address, object, [&](std::string_view schema, std::string_view name) {
    names.push_back({std::string(schema), std::string(name)});
  });
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

// Fewer than these are read sooner than a second thread has begun.
constexpr std::size_t kManyObjects = 1000;

}  // namespace

// The names of all objects by their hash. What has the same hash as a name is taken to be it: one more object
// to look at.
class Mentions::Index {
 public:
  explicit Index(const Objects& objects) : objects_(objects) {
    placed_.reserve(objects_.size());
    for (const auto& placed : objects_) placed_.push_back(&placed);
    const std::size_t middle = placed_.size() / 2;
    const auto read = [this](std::size_t begin, std::size_t end) {
      return [this, begin, end] { return Read(begin, end); };
    };
    const auto [lower, upper] =
        SideBySide(read(0, middle), read(middle, placed_.size()), placed_.size() >= kManyObjects);
    entries_.reserve(lower.size() + upper.size());
    std::ranges::merge(lower, upper, std::back_inserter(entries_));
  }

  // Calls `visit` with the addresses of those that mention the name, in order.
  template <typename Visit>
  void ForEach(const QualifiedName& name, const Visit& visit) const {
    const std::size_t hash = HashOf(name.schema, name.name);
    auto entry = std::ranges::lower_bound(entries_, Entry{hash, 0});
    for (std::optional<std::uint32_t> last; entry != entries_.end() && entry->hash == hash; ++entry) {
      if (last != entry->number) visit(placed_[entry->number]->first);
      last = entry->number;
    }
  }

 private:
  struct Entry {
    std::size_t hash = 0;
    std::uint32_t number = 0;  // Of the object.
    auto operator<=>(const Entry&) const = default;
  };

  // Those of the objects of these numbers, in order.
  [[nodiscard]] std::vector<Entry> Read(std::size_t begin, std::size_t end) const {
    std::vector<Entry> entries;
    for (std::size_t number = begin; number < end; ++number) {
      const auto& [address, object] = *placed_[number];
      ForEachName(address, object, [&](std::string_view schema, std::string_view name) {
        entries.push_back({HashOf(schema, name), static_cast<std::uint32_t>(number)});
      });
    }
    std::ranges::sort(entries);
    return entries;
  }

  static std::size_t HashOf(std::string_view schema, std::string_view name) {
    constexpr std::size_t kFactor = 0x9E3779B97F4A7C15U;  // Any large odd number.
    const std::hash<std::string_view> hash;
    return hash(schema) * kFactor + hash(name);
  }

  Objects objects_;  // A copy: they stay.
  std::vector<const Objects::value_type*> placed_;
  std::vector<Entry> entries_;
};

void Mentions::Enter(const ObjectAddress& address, const Object& object) {
  entered_.insert(address);
  for (const QualifiedName& name : NamesIn(address, object)) by_name_.Enter(name).second.insert(address);
}

void Mentions::Leave(const ObjectAddress& address, const Object& object) {
  if (index_ == nullptr || awaited_.erase(address) > 0) return;
  if (entered_.erase(address) == 0) {
    outdated_.insert(address);
    return;
  }
  for (const QualifiedName& name : NamesIn(address, object)) {
    auto* found = by_name_.FindMutable(name);
    if (found == nullptr) continue;
    found->second.erase(address);
    if (found->second.empty()) by_name_.erase(name);
  }
}

void Mentions::Await(const ObjectAddress& address) {
  if (index_ != nullptr) awaited_.insert(address);
}

std::vector<ObjectAddress> Mentions::Of(const QualifiedName& name, const Objects& objects) {
  std::vector<ObjectAddress> found;
  if (index_ == nullptr) index_ = std::make_shared<const Index>(objects);
  for (const ObjectAddress& address : awaited_) Enter(address, objects.at(address));
  awaited_.clear();
  index_->ForEach(name, [&](const ObjectAddress& address) {
    if (!outdated_.contains(address)) found.push_back(address);
  });
  const auto entered = by_name_.find(name);
  if (entered == by_name_.end()) return found;
  std::vector<ObjectAddress> all;
  std::ranges::set_union(found, entered->second, std::back_inserter(all));
  return all;
}

}  // namespace schemac::schema
