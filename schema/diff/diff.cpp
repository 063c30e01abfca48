#include "schema/diff/diff.h"

#include <algorithm>
#include <map>
#include <set>

#include "schema/diff/renames.h"

namespace schemac::schema {

namespace {

template <typename Value>
std::optional<Value> Lookup(const std::map<ObjectAddress, Value>& map, const ObjectAddress& address) {
  auto found = map.find(address);
  if (found == map.end()) return std::nullopt;
  return found->second;
}

// Compares two catalogs in which the same object has the same address.
class Comparison {
 public:
  Comparison(const Catalog& from, const Catalog& to, const Intent& intent)
      : from_(from), to_(to), intent_(intent) {}

  void Run(std::vector<Change>& changes) {
    Match();
    // Parts go before their tables, and tables come before their parts.
    std::ranges::move(drops_.rbegin(), drops_.rend(), std::back_inserter(changes));
    std::ranges::move(changes_, std::back_inserter(changes));
  }

 private:
  void Match() {
    using Entry = Catalog::Objects::value_type;
    FindTurned(from_, to_);
    FindTurned(to_, from_);
    Catalog::Objects::WalkBoth(from_.objects(), to_.objects(), [&](const Entry* before, const Entry* after) {
      if (after == nullptr) {
        Drop(before->first, before->second);
      } else if (before == nullptr) {
        Create(after->first, after->second);
      } else {
        Both(before->first, before->second, after->second);
      }
    });
  }

  void Drop(const ObjectAddress& address, const Object& object) {
    drops_.push_back(DropObject{object, intent_.concurrently.contains(address)});
  }
  void Create(const ObjectAddress& address, const Object& object) {
    // On a new table nobody waits for the index.
    const bool concurrently =
        intent_.concurrently.contains(address) && from_.FindRelation(address.qualified()).has_value();
    changes_.push_back(CreateObject{object, concurrently});
  }

  void Both(const ObjectAddress& address, const Object& before, const Object& after) {
    if (!turned_.empty() && IsTablePart(address.kind) && turned_.contains(address.qualified())) {
      // A table gave its name to a view, or the other way round: the part goes with the one and comes with
      // the other.
      Drop(address, before);
      Create(address, after);
    } else if (SaySame(before, after)) {
      return;
    } else if (address.kind == ObjectKind::Table) {
      Tables(std::get<Table>(before), std::get<Table>(after));
    } else {
      AlterObject alter{before, after, {}};
      if (address.kind == ObjectKind::Enum)
        alter.heirs = Lookup(intent_.labels, address).value_or(LabelMapping{}).removed;
      changes_.push_back(std::move(alter));
    }
  }

  // Views of the one that are tables in the other.
  void FindTurned(const Catalog& one, const Catalog& other) {
    auto place = one.objects().lower_bound({ObjectKind::View, "", "", ""});
    for (; place != one.objects().end() && place->first.kind == ObjectKind::View; ++place) {
      const QualifiedName name = place->first.qualified();
      if (other.FindTable(name) != nullptr) turned_.insert(name);
    }
  }

  void Tables(const Table& before, const Table& after) {
    const QualifiedName& name = after.name;
    const auto address = [&](const Column& it) {
      return ObjectAddress{ObjectKind::Column, name.schema, name.name, it.name};
    };
    std::map<std::string_view, const Column*> old_columns;
    std::set<std::string_view> new_columns;
    for (const Column& column : before.columns) old_columns.emplace(column.name, &column);
    for (const Column& column : after.columns) new_columns.insert(column.name);
    for (const Column& column : before.columns) {
      if (new_columns.contains(column.name)) continue;
      changes_.push_back(DropColumn{name, column, Lookup(intent_.restores, address(column))});
    }
    for (const Column& column : after.columns) {
      auto old_column = old_columns.find(column.name);
      if (old_column == old_columns.end()) {
        changes_.push_back(AddColumn{name, column, Lookup(intent_.backfills, address(column))});
      } else if (*old_column->second != column) {
        changes_.push_back(AlterColumnOf(name, *old_column->second, column, address(column)));
      }
    }
    AlterObject alter{WithoutColumns(before), WithoutColumns(after), {}};
    if (alter.from != alter.to) changes_.push_back(std::move(alter));
  }

  [[nodiscard]] AlterColumn AlterColumnOf(const QualifiedName& table, const Column& before,
                                          const Column& after, const ObjectAddress& address) const {
    AlterColumn alter{table, before, after, {}, std::nullopt};
    alter.conversion = Lookup(intent_.conversions, address).value_or(Conversion{});
    if (after.not_null && !before.not_null) alter.backfill = Lookup(intent_.backfills, address);
    return alter;
  }

  static Table WithoutColumns(const Table& table) {
    Table bare;
    static_cast<ObjectBase&>(bare) = table;
    bare.name = table.name;
    bare.unlogged = table.unlogged;
    bare.inherits = table.inherits;
    bare.partition_key = table.partition_key;
    bare.partition_of = table.partition_of;
    bare.options = table.options;
    bare.access_method = table.access_method;
    bare.tablespace = table.tablespace;
    bare.row_security = table.row_security;
    bare.force_row_security = table.force_row_security;
    bare.replica_identity = table.replica_identity;
    bare.clustered_on = table.clustered_on;
    return bare;
  }

  const Catalog& from_;
  const Catalog& to_;
  const Intent& intent_;
  std::set<QualifiedName> turned_;  // Tables that become views, and the other way round.
  std::vector<Change> drops_;       // By address; taken from the end.
  std::vector<Change> changes_;     // The rest, by address.
};

// LikelyRenames names a label as the member of its enum; whoever confirms such a pair may hand it back as it
// is.
Intent WithLabelsApart(Intent intent) {
  const auto is_label = [](const Rename& it) {
    return it.from.kind == ObjectKind::Enum && !it.from.member.empty();
  };
  for (const Rename& rename : intent.renames) {
    if (!is_label(rename)) continue;
    const ObjectAddress type{ObjectKind::Enum, rename.to.schema, rename.to.name, ""};
    intent.labels[type].renamed[rename.from.member] = rename.to.member;
  }
  std::erase_if(intent.renames, is_label);
  return intent;
}

}  // namespace

bool SaySame(const Object& one, const Object& other) {
  if (one == other) return true;
  const auto* key = std::get_if<Constraint>(&one);
  const auto* other_key = std::get_if<Constraint>(&other);
  if (key == nullptr || other_key == nullptr || key->kind == ConstraintKind::Check) return false;
  Constraint alike = *key;
  alike.no_inherit = other_key->no_inherit;
  return alike == *other_key;
}

ErrorOr<Diff> Compare(const Catalog& from, const Catalog& to, const Intent& told) {
  Intent intent = WithLabelsApart(told);
  RenameWork work(from, to);
  if (auto done = work.Tell(intent.renames); !done) return done.error();
  if (auto done = work.TellLabels(intent.labels); !done) return done.error();
  work.Follow();
  // What goes is named as it was before all renames; here tables have their new names.
  std::map<ObjectAddress, Expression> restores;
  for (auto& [address, value] : intent.restores) {
    restores.insert_or_assign(work.Now(address), value);
    restores.emplace(address, value);
  }
  intent.restores = std::move(restores);
  std::set<ObjectAddress> concurrently = intent.concurrently;
  for (const ObjectAddress& address : intent.concurrently) concurrently.insert(work.Now(address));
  intent.concurrently = std::move(concurrently);

  Diff diff;
  diff.changes = work.changes();
  for (Change& change : diff.changes) {  // Columns that made room for a new name may come back as well.
    auto* drop = std::get_if<DropColumn>(&change);
    if (drop == nullptr) continue;
    drop->restore = Lookup(intent.restores,
                           {ObjectKind::Column, drop->table.schema, drop->table.name, drop->column.name});
  }
  Comparison(work.catalog(), to, intent).Run(diff.changes);
  for (DataStep& step : intent.data_steps) diff.changes.push_back(ChangeData{std::move(step), false});
  return diff;
}

}  // namespace schemac::schema
