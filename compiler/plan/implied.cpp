// What PostgreSQL drops and makes by itself: parts of a dropped table, keys and indexes on a dropped column,
// sequences of what owns them, and the copies of a parent's indexes and constraints on its children.
#include <algorithm>

#include "compiler/plan/graph.h"
#include "compiler/plan/partitioned_indexes.h"
#include "compiler/plan/work.h"
#include "schema/dependencies.h"
#include "schema/edit/names.h"
#include "schema/partitions.h"

namespace schemac::plan {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;

// The objects that are dropped, apart from parts of relations, as nodes of a graph of what needs what.
class DroppedGraph {
 public:
  explicit DroppedGraph(const Work& work) {
    for (const auto& [address, fate] : work.objects) {
      if (work.Goes(address) && fate.before != nullptr && !IsTablePart(address.kind))
        numbers_.emplace(address, numbers_.size());
    }
    graph_.emplace(numbers_.size());
    for (const auto& [address, number] : numbers_) AddEdges(number, *work.objects.at(address).before, {});
    for (const auto& [address, fate] : work.objects) {
      if (!work.Goes(address) || fate.before == nullptr || !IsTablePart(address.kind)) continue;
      const auto owner = NumberOf(address);
      if (!owner) continue;
      AddEdges(*owner, *fate.before, address);
      if (const auto* constraint = std::get_if<schema::Constraint>(fate.before))
        AddPartitions(work, *owner, *constraint);
    }
  }

  // Parts of relations, but for which nothing would need itself in a ring.
  [[nodiscard]] std::set<ObjectAddress> PartsInRings() const {
    const std::vector<std::size_t> ring = graph_->Components();
    std::set<ObjectAddress> result;
    for (const auto& [part, ends] : edges_) {
      if (ring[ends.first] == ring[ends.second]) result.insert(part);
    }
    return result;
  }

 private:
  // Of the object, or of the relation that it is a part of.
  [[nodiscard]] std::optional<std::size_t> NumberOf(const ObjectAddress& address) const {
    if (address.kind != ObjectKind::Column && !IsTablePart(address.kind)) {
      const auto found = numbers_.find(address);
      return found == numbers_.end() ? std::optional<std::size_t>() : found->second;
    }
    for (const ObjectKind kind : {ObjectKind::Table, ObjectKind::View}) {
      const auto found = numbers_.find({kind, address.schema, address.name, ""});
      if (found != numbers_.end()) return found->second;
    }
    return std::nullopt;
  }

  void AddEdges(std::size_t number, const schema::Object& object, const std::optional<ObjectAddress>& part) {
    schema::ForEachDependency(object, [&](const ObjectAddress& on, schema::DependencyKind kind) {
      const auto needed = NumberOf(on);
      if (kind == schema::DependencyKind::Soft || !needed || *needed == number) return;
      Add(number, *needed, part);
    });
  }

  // A foreign key holds the partitions of the table that it refers to.
  void AddPartitions(const Work& work, std::size_t number, const schema::Constraint& key) {
    std::vector<Need> held;
    ReleasePartitions(work, key, held);
    for (const Need& partition : held) {
      const auto needed = NumberOf(partition.address);
      if (needed && *needed != number) Add(number, *needed, AddressOf(schema::Object(key)));
    }
  }

  void Add(std::size_t number, std::size_t needed, const std::optional<ObjectAddress>& part) {
    graph_->Add(number, needed);
    if (part) edges_.push_back({*part, {number, needed}});
  }

  std::map<ObjectAddress, std::size_t> numbers_;
  std::optional<Graph> graph_;
  std::vector<std::pair<ObjectAddress, std::pair<std::size_t, std::size_t>>> edges_;
};

bool GoesColumn(const Work& work, const QualifiedName& table, const std::string& column,
                ObjectAddress& found) {
  const ObjectAddress address = ColumnAddress(table, column);
  if (column.empty() || !work.Goes(address)) return false;
  found = address;
  return true;
}

// A dropped column takes along keys and indexes on it. Checks are dropped by name: they may read other
// columns as well.
std::optional<ObjectAddress> DroppedColumnOf(const Work& work, const schema::Object& object) {
  ObjectAddress found;
  const auto any = [&](const QualifiedName& table, const std::vector<std::string>& columns) {
    return std::any_of(columns.begin(), columns.end(),
                       [&](const std::string& column) { return GoesColumn(work, table, column, found); });
  };
  const auto any_element = [&](const QualifiedName& table,
                               const std::vector<schema::IndexElement>& elements) {
    return std::any_of(elements.begin(), elements.end(), [&](const schema::IndexElement& element) {
      return GoesColumn(work, table, element.column, found);
    });
  };
  if (const auto* index = std::get_if<schema::Index>(&object)) {
    if (any_element(index->table, index->elements) || any(index->table, index->include)) return found;
  }
  if (const auto* constraint = std::get_if<schema::Constraint>(&object)) {
    if (any(constraint->table, constraint->columns) || any(constraint->table, constraint->include))
      return found;
    if (any_element(constraint->table, constraint->elements)) return found;
  }
  return std::nullopt;
}

std::optional<ObjectAddress> GoingParentPart(const Work& work, const schema::Object& before) {
  auto parent = ParentPart(work.source, before);
  return parent && work.Goes(*parent) ? parent : std::nullopt;
}

std::optional<ObjectAddress> GoneWith(const Work& work, const ObjectAddress& address,
                                      const schema::Object& before) {
  if (IsTablePart(address.kind)) {
    for (const ObjectKind kind : {ObjectKind::Table, ObjectKind::View}) {
      const ObjectAddress owner{kind, address.schema, address.name, ""};
      if (work.Goes(owner)) return owner;
    }
  }
  if (const auto* sequence = std::get_if<schema::Sequence>(&before);
      sequence != nullptr && sequence->owned_by) {
    if (work.Goes(TableOf(*sequence->owned_by))) return TableOf(*sequence->owned_by);
    if (work.Goes(*sequence->owned_by)) return *sequence->owned_by;
  }
  if (auto column = DroppedColumnOf(work, before)) return column;
  return GoingParentPart(work, before);
}

// A copy that the server makes has the name that it would choose; another name is made by hand, before the
// parent's, which takes it over (manual, CREATE INDEX: "matching indexes are attached").
bool HasChosenName(const schema::Index& index) {
  std::string columns;
  for (const schema::IndexElement& element : index.elements) {
    if (element.column.empty()) return false;
    columns += (columns.empty() ? "" : "_") + element.column;
  }
  return schema::MakeObjectName(index.table.name, columns, "idx") == index.name;
}

std::optional<ObjectAddress> MadeWith(const Work& work, const ObjectAddress& address,
                                      const schema::Object& after) {
  const auto parent = ParentPart(work.target, after);
  if (!parent) return std::nullopt;
  const auto* index = std::get_if<schema::Index>(&after);
  const auto* above = work.target.Get<schema::Index>(*parent);
  const bool comes_with_table = !work.IsNew(*parent) && work.IsNew(TableOf(address));
  if (above != nullptr && StaysOnly(work, *above) && !comes_with_table) return std::nullopt;
  if (work.IsNew(*parent)) {
    if (index != nullptr && !HasChosenName(*index)) return std::nullopt;
    return parent;
  }
  return TableOf(address);
}

}  // namespace

void FindImplied(Work& work) {
  // They go by themselves, before what they are parts of: keys of tables that refer to one another, rules on
  // a parent that write to its children, policies that read what reads their table.
  const std::set<ObjectAddress> rings = DroppedGraph(work).PartsInRings();
  for (const auto& [address, fate] : work.objects) {
    if (work.Goes(address) && fate.before != nullptr) {
      const auto cause = rings.contains(address) ? GoingParentPart(work, *fate.before)
                                                 : GoneWith(work, address, *fate.before);
      if (cause) work.gone_with[address] = *cause;
    }
    if (work.IsNew(address) && fate.after != nullptr) {
      if (auto cause = MadeWith(work, address, *fate.after)) work.made_with[address] = *cause;
    }
  }
}

std::vector<const schema::Object*> PartsGoneWith(const Work& work, const QualifiedName& relation) {
  std::vector<const schema::Object*> gone;
  for (const ObjectKind kind : {ObjectKind::Constraint, ObjectKind::Index, ObjectKind::Trigger,
                                ObjectKind::Policy, ObjectKind::Rule}) {
    for (const schema::Object* part : work.source.PartsOf(relation, kind)) {
      if (work.gone_with.contains(AddressOf(*part))) gone.push_back(part);
    }
  }
  return gone;
}

}  // namespace schemac::plan
