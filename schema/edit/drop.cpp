#include <algorithm>
#include <map>
#include <set>

#include "schema/dependencies.h"
#include "schema/edit/edit.h"
#include "schema/edit/messages.h"
#include "schema/key_comment.h"
#include "schema/partitions.h"

namespace schemac::schema {

namespace {

bool IsRelation(ObjectKind kind) { return kind == ObjectKind::Table || kind == ObjectKind::View; }

// What one DROP takes along. Objects and columns are found in rounds: each looks, in the order of addresses,
// at those that mention what goes, and asks whether they need it. What is found in a round is followed in it
// where the order still allows, else in the next.
class Removal {
 public:
  Removal(Catalog& catalog, bool cascade) : catalog_(catalog), cascade_(cascade) {}

  Done Run(const ObjectAddress& address) {
    root_ = address;
    if (address.kind == ObjectKind::Column) {
      TakeColumn(address);
    } else {
      Take(address);
    }
    // Nothing rests on these.
    const bool is_leaf = address.kind == ObjectKind::Trigger || address.kind == ObjectKind::Policy ||
                         address.kind == ObjectKind::Rule || address.kind == ObjectKind::SeedRow ||
                         address.kind == ObjectKind::DefaultPrivileges ||
                         address.kind == ObjectKind::EventTrigger;
    while (!is_leaf && !suspects_.empty()) {
      if (Done round = Round(); !round) return round;
    }
    for (const ObjectAddress& foreign_key : doubtful_) {
      if (!objects_.contains(foreign_key)) return Doubt(foreign_key);
    }
    for (const ObjectAddress& column : defaults_) DropDefault(column);
    for (const ObjectAddress& column : columns_) EraseColumn(column);
    for (const ObjectAddress& object : objects_) catalog_.Remove(object);
    return std::monostate();
  }

 private:
  void Take(const ObjectAddress& address) {
    if (!objects_.insert(address).second) return;
    Suspect(address.qualified());
    if (!IsRelation(address.kind)) return;
    relations_.insert(address.qualified());
    // A foreign key to its parent rests on it too.
    for (const QualifiedName& ancestor : PartitionedAncestors(catalog_, address.qualified())) {
      if (ancestor != root_.qualified()) Suspect(ancestor);
    }
    for (ObjectKind kind : {ObjectKind::Constraint, ObjectKind::Index, ObjectKind::Trigger,
                            ObjectKind::Policy, ObjectKind::Rule, ObjectKind::SeedRow}) {
      for (const Object* part : catalog_.PartsOf(address.qualified(), kind))
        objects_.insert(AddressOf(*part));
    }
  }

  void TakeColumn(const ObjectAddress& column) {
    if (columns_.insert(column).second) Suspect(column.qualified());
  }

  // Who mentions the name is looked at: in this round, if its turn is still to come.
  void Suspect(const QualifiedName& name) {
    for (ObjectAddress& address : catalog_.Mentioning(name)) {
      (looking_at_ < address ? suspects_ : later_).insert(std::move(address));
    }
  }

  // Whether the address names something that goes.
  [[nodiscard]] bool Goes(const ObjectAddress& target) const {
    if (objects_.contains(target)) return true;
    if (target.kind != ObjectKind::Column) return false;
    return columns_.contains(target) || relations_.contains(target.qualified());
  }

  [[nodiscard]] bool Needs(const Object& object) {
    bool needs = false;
    ForEachDependency(object, [&](const ObjectAddress& target, DependencyKind how) {
      if (how == DependencyKind::Normal && Goes(target)) needs = true;
    });
    if (const auto* constraint = std::get_if<Constraint>(&object); constraint != nullptr && !needs) {
      needs = NeedsKey(*constraint);
    }
    return needs;
  }

  // A foreign key rests on a key: that goes with its columns, or by itself. It rests on all partitions of the
  // table that it refers to, too.
  // Where there are several keys, it rests on the one that was there first, which a catalog does not tell: it
  // goes with all of them, and a statement that needs no CASCADE says that it rests on another.
  [[nodiscard]] bool NeedsKey(const Constraint& constraint) {
    if (!constraint.foreign_key) return false;
    const std::vector<ObjectAddress> keys =
        FindUniqueKeys(catalog_, constraint.foreign_key->table, constraint.foreign_key->columns);
    const auto gone =
        std::ranges::count_if(keys, [&](const ObjectAddress& key) { return objects_.contains(key); });
    if (gone > 0 && static_cast<std::size_t>(gone) == keys.size()) return true;
    if (gone > 0 && cascade_) doubtful_.insert(AddressOf(constraint));
    return std::ranges::any_of(PartitionsBelow(catalog_, constraint.foreign_key->table),
                               [&](const QualifiedName& it) { return relations_.contains(it); });
  }

  // What PostgreSQL drops along without being told to CASCADE (pg_depend's automatic dependencies).
  [[nodiscard]] bool GoesSilently(const Object& object) const {
    if (const auto* sequence = std::get_if<Sequence>(&object))
      return sequence->owned_by && Goes(*sequence->owned_by);
    if (const auto* constraint = std::get_if<Constraint>(&object)) {
      // Of its own columns; the target of a foreign key is another matter.
      return LosesColumn(constraint->table) && !TargetGoes(*constraint);
    }
    if (const auto* index = std::get_if<Index>(&object)) return LosesColumn(index->table);
    if (const auto* raw = std::get_if<Raw>(&object)) return raw->kind == kKeyComment;
    return std::holds_alternative<Statistics>(object) || std::holds_alternative<DefaultPrivileges>(object);
  }

  [[nodiscard]] bool LosesColumn(const QualifiedName& table) const {
    const auto first = columns_.lower_bound({ObjectKind::Column, table.schema, table.name, ""});
    return first != columns_.end() && first->qualified() == table;
  }

  [[nodiscard]] bool TargetGoes(const Constraint& constraint) const {
    if (!constraint.foreign_key) return false;
    const ForeignKey& key = *constraint.foreign_key;
    // A table that refers to itself loses the constraint with the column.
    if (key.table == constraint.table) return false;
    return relations_.contains(key.table) || std::ranges::any_of(key.columns, [&](const std::string& column) {
             return Goes({ObjectKind::Column, key.table.schema, key.table.name, column});
           });
  }

  Done Round() {
    while (!suspects_.empty()) {
      looking_at_ = std::move(suspects_.extract(suspects_.begin()).value());
      const ObjectAddress address = looking_at_;
      const Object& object = *catalog_.Find(address);
      if (objects_.contains(address)) continue;
      if (std::holds_alternative<Table>(object)) {
        if (Done table = LookAtTable(address, std::get<Table>(object)); !table) return table;
        continue;
      }
      const bool owned = std::holds_alternative<Sequence>(object) && GoesSilently(object);
      if (!owned && !Needs(object)) continue;
      if (!owned && !GoesSilently(object) && !cascade_) return Refuse(address);
      Take(address);
    }
    suspects_.swap(later_);
    looking_at_ = {};
    return std::monostate();
  }

  // Whether the table needs something that goes, other than by its columns.
  [[nodiscard]] bool NeedsBare(const Table& table) const {
    const auto goes = [&](ObjectKind kind, const QualifiedName& name) {
      return Goes({kind, name.schema, name.name, ""});
    };
    if (goes(ObjectKind::Schema, {"", table.name.schema})) return true;
    if (table.partition_of && goes(ObjectKind::Table, table.partition_of->parent)) return true;
    if (std::ranges::any_of(table.inherits, [&](const auto& it) { return goes(ObjectKind::Table, it); }))
      return true;
    return table.partition_key && std::ranges::any_of(table.partition_key->elements.references,
                                                      [&](const Reference& it) { return Goes(it.target); });
  }

  Done LookAtTable(const ObjectAddress& address, const Table& table) {
    if (NeedsBare(table)) {
      const bool silent = table.partition_of && relations_.contains(table.partition_of->parent);
      if (!silent && !cascade_) return Refuse(address);
      Take(address);
      return std::monostate();
    }
    for (const Column& column : table.columns) {
      if (!NeedsOf(table.name, column)) continue;
      const ObjectAddress own{ObjectKind::Column, address.schema, address.name, column.name};
      if (columns_.contains(own) || defaults_.contains(own)) continue;
      if (!cascade_) return Refuse(own);
      Column without_default = column;
      without_default.default_value.reset();
      if (NeedsOf(table.name, without_default)) {
        TakeColumn(own);
      } else {
        defaults_.insert(own);
      }
    }
    return std::monostate();
  }

  [[nodiscard]] bool NeedsOf(const QualifiedName& table, const Column& column) const {
    bool needs = false;
    ForEachDependency(table, column, [&](const ObjectAddress& target, DependencyKind how) {
      if (how == DependencyKind::Normal && Goes(target)) needs = true;
    });
    return needs;
  }

  [[nodiscard]] Error Refuse(const ObjectAddress& dependent) const {
    return {"cannot drop " + Describe(root_) + " because other objects depend on it: " + Describe(dependent),
            DiagnosticKind::InvalidDefinition,
            {},
            1,
            "add CASCADE to drop the dependent objects too"};
  }

  static Error Doubt(const ObjectAddress& foreign_key) {
    return {
        "which key " + Describe(foreign_key) + " rests on is not known offline: several fit, and not all go",
        DiagnosticKind::Unsupported,
        {},
        1,
        "drop the foreign key by itself before, and leave CASCADE out"};
  }

  void DropDefault(const ObjectAddress& column) {
    auto* table = catalog_.GetMutable<Table>(TableOf(column));
    if (table == nullptr) return;
    if (Column* found = table->FindColumn(column.member)) found->default_value.reset();
  }

  void EraseColumn(const ObjectAddress& column) {
    const Table* table = catalog_.FindTable(column.qualified());
    if (table == nullptr) return;
    Table changed = *table;
    std::erase_if(changed.columns, [&](const Column& it) { return it.name == column.member; });
    catalog_.Put(std::move(changed));
  }

  Catalog& catalog_;
  bool cascade_;
  ObjectAddress root_;
  std::set<ObjectAddress> objects_;
  std::set<QualifiedName> relations_;  // Tables and views among them: their columns go.
  std::set<ObjectAddress> columns_;    // Of tables that stay.
  std::set<ObjectAddress> defaults_;   // Columns that only lose their default.
  std::set<ObjectAddress> doubtful_;   // Foreign keys that may rest on a key that goes.
  std::set<ObjectAddress> suspects_;   // To look at in this round,
  std::set<ObjectAddress> later_;      // in the next.
  ObjectAddress looking_at_;           // Empty between rounds: before all others.
};

// A schema's inhabitants are not told apart by what they need: everything in it depends on it.
bool IsEmptySchema(const Catalog& catalog, const std::string& schema) {
  return std::ranges::none_of(catalog.objects(), [&](const auto& it) { return it.first.schema == schema; });
}

}  // namespace

Done Drop(Catalog& catalog, const ObjectAddress& address, bool cascade) {
  if (!catalog.Has(address)) return DoesNotExist(address);
  if (address.kind == ObjectKind::Column)
    return DropColumn(catalog, address.qualified(), address.member, cascade);
  if (address.kind != ObjectKind::Schema || address.name != "public")
    return Removal(catalog, cascade).Run(address);
  // Objects outside `public` say that they need their schema; those inside do not.
  if (IsEmptySchema(catalog, address.name)) {
    catalog.Remove(address);
    return std::monostate();
  }
  if (!cascade) {
    return Error{"cannot drop schema public because other objects depend on it",
                 DiagnosticKind::InvalidDefinition,
                 {},
                 1,
                 "add CASCADE to drop the dependent objects too"};
  }
  std::vector<ObjectAddress> inside;
  for (const auto& [inhabitant, object] : catalog.objects()) {
    if (inhabitant.schema == address.name) inside.push_back(inhabitant);
  }
  for (const ObjectAddress& inhabitant : inside) {
    if (!catalog.Has(inhabitant)) continue;  // Gone with another.
    if (Done dropped = Drop(catalog, inhabitant, true); !dropped) return dropped;
  }
  catalog.Remove(address);
  return std::monostate();
}

Done DropColumn(Catalog& catalog, const QualifiedName& table, std::string_view column, bool cascade) {
  const ObjectAddress address{ObjectKind::Column, table.schema, table.name, std::string(column)};
  const Table* found = catalog.FindTable(table);
  if (found == nullptr) return DoesNotExist({ObjectKind::Table, table.schema, table.name, ""});
  if (found->FindColumn(column) == nullptr) return DoesNotExist(address);
  if (found->partition_key) {
    for (const Reference& reference : found->partition_key->elements.references) {
      if (reference.target == address) {
        return Error{"cannot drop column " + Quoted(column) +
                         " because it is part of the partition key of relation " + Quoted(table.name),
                     DiagnosticKind::InvalidDefinition,
                     {},
                     1,
                     ""};
      }
    }
  }
  return Removal(catalog, cascade).Run(address);
}

}  // namespace schemac::schema
