#include "compiler/plan/online.h"

#include <algorithm>
#include <utility>

#include "schema/edit/names.h"
#include "schema/keys.h"

namespace schemac::plan {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;

// A copy that a child has of its own cannot be merged into one that is NOT VALID (MergeWithExistingConstraint
// in heap.c).
bool ChildHasItsOwn(const OnlineWork& online, const schema::Constraint& check) {
  const auto has = [&](const schema::Catalog& catalog, const QualifiedName& child) {
    const auto* own =
        catalog.Get<schema::Constraint>({ObjectKind::Constraint, child.schema, child.name, check.name});
    return own != nullptr && !own->inherited;
  };
  const std::set<QualifiedName> children = online.DescendantsOf(check.table);
  return std::any_of(children.begin(), children.end(), [&](const QualifiedName& child) {
    return has(online.work().source, child) || has(online.work().target, child);
  });
}

void MakeConstraintOnline(OnlineWork& online, const ObjectAddress& address, const ObjectFate& fate) {
  if (fate.after == nullptr || !online.work().IsNew(address)) return;
  const auto& constraint = std::get<schema::Constraint>(*fate.after);
  switch (constraint.kind) {
    case schema::ConstraintKind::PrimaryKey:
    case schema::ConstraintKind::Unique:
      return MakeKeyOnline(online, address, fate);
    case schema::ConstraintKind::Check:
    case schema::ConstraintKind::ForeignKey:
      return ValidateLater(online, address, constraint);
    case schema::ConstraintKind::Exclusion:
      return;  // PostgreSQL has no other way to add one.
  }
}

}  // namespace

bool OnlineWork::IsInUse(const QualifiedName& relation) const {
  const ObjectAddress table{ObjectKind::Table, relation.schema, relation.name, ""};
  const ObjectAddress view{ObjectKind::View, relation.schema, relation.name, ""};
  const bool there = work_.source.Has(table) || work_.source.Has(view);
  return there && !work_.IsNew(table) && !work_.IsNew(view) && !work_.Goes(table) && !work_.Goes(view);
}

bool OnlineWork::IsPartitioned(const QualifiedName& table) const {
  const auto has_key = [&](const schema::Catalog& catalog) {
    const schema::Table* found = catalog.FindTable(table);
    return found != nullptr && found->partition_key.has_value();
  };
  return has_key(work_.source) || has_key(work_.target);
}

std::set<QualifiedName> OnlineWork::DescendantsOf(const QualifiedName& table) const {
  std::set<QualifiedName> found;
  std::vector<QualifiedName> open{table};
  while (!open.empty()) {
    const QualifiedName parent = std::move(open.back());
    open.pop_back();
    for (const schema::Catalog* catalog : {&work_.source, &work_.target}) {
      for (const QualifiedName& child : catalog->ChildrenOf(parent)) {
        if (found.insert(child).second) open.push_back(child);
      }
    }
  }
  return found;
}

bool OnlineWork::IsCalm(const schema::Object& object) const {
  bool calm = true;
  schema::ForEachDependency(object, [&](const ObjectAddress& on, schema::DependencyKind) {
    calm = calm && !work_.Goes(on) && !work_.disturbed.contains(on);
  });
  return calm;
}

bool OnlineWork::IsChosen(const QualifiedName& table, const std::string& index) const {
  const auto chooses = [&](const schema::Catalog& catalog) {
    const schema::Table* found = catalog.FindTable(table);
    return found != nullptr && schema::IsChosen(*found, index);
  };
  return chooses(work_.source) || chooses(work_.target);
}

std::string OnlineWork::FormerName(const QualifiedName& table, const std::string& of) {
  return schema::FirstFreeName(of, "", "old", [&](const std::string& name) {
    const QualifiedName qualified{table.schema, name};
    return work_.source.FindRelation(qualified) || work_.target.FindRelation(qualified) ||
           !names_.insert(table.schema + "." + name).second;
  });
}

std::string OnlineWork::CheckName(const QualifiedName& table, const std::string& column) {
  std::set<QualifiedName> tables = DescendantsOf(table);
  tables.insert(table);
  const auto is_taken = [&](const std::string& name) {
    return std::any_of(tables.begin(), tables.end(), [&](const QualifiedName& one) {
      const ObjectAddress address{ObjectKind::Constraint, one.schema, one.name, name};
      return work_.source.Has(address) || work_.target.Has(address);
    });
  };
  return schema::FirstFreeName(table.name, column, "not_null", [&](const std::string& name) {
    return is_taken(name) || !names_.insert(table.schema + "." + table.name + "." + name).second;
  });
}

std::size_t OnlineWork::AddLike(std::size_t unit) {
  Unit like = work_.units[unit];
  like.steps.clear();
  like.concurrently = like.apart = like.adds_labels = like.body_names_later = like.body_names_missing = false;
  const std::size_t added = work_.Add(std::move(like));
  const std::size_t count = work_.precedences.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Precedence one = work_.precedences[i];
    if (one.then == unit) work_.precedences.push_back({one.first, added, one.soft});
  }
  return added;
}

std::size_t OnlineWork::AddApart(std::size_t unit, std::vector<Step> steps) {
  const std::size_t added = AddLike(unit);
  work_.units[added].steps = std::move(steps);
  work_.units[added].apart = true;
  work_.units[added].after.push_back(unit);
  return added;
}

void OnlineWork::TakeOver(std::size_t unit, std::size_t last) {
  const std::size_t count = work_.precedences.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Precedence one = work_.precedences[i];
    if (one.first == unit) work_.precedences.push_back({last, one.then, one.soft});
  }
}

void ValidateLater(OnlineWork& online, const ObjectAddress& rule, const schema::Constraint& constraint) {
  Work& work = online.work();
  const auto made = work.provided.find(rule);
  if (made == work.provided.end() || constraint.not_valid || !online.IsInUse(constraint.table)) return;
  // The server adds no foreign key NOT VALID to a partitioned table before PostgreSQL 18, and does not mark
  // those that stand for one that refers to such a table (ATAddForeignKeyConstraint in tablecmds.c).
  if (constraint.foreign_key) {
    if (online.IsPartitioned(constraint.foreign_key->table)) return;
    if (online.IsPartitioned(constraint.table))
      return MakeForeignKeyOfPartitionsOnline(online, constraint, made->second);
  }
  if (constraint.check && ChildHasItsOwn(online, constraint)) return;
  Step& add = work.units[made->second].steps.front();
  add = TableStep(constraint.table, AddConstraint{constraint, true, ""}, add.reason);
  const std::size_t validate =
      online.AddApart(made->second, {TableStep(constraint.table, ValidateStep(constraint))});
  work.units[validate].rank = rank::kFinishTable;
}

void MakeOnline(Work& work) {
  OnlineWork online(work);
  for (const auto& [address, fate] : work.columns) MakeColumnOnline(online, address, fate);
  for (const auto& [address, fate] : work.objects) {
    if (address.kind == ObjectKind::Index) MakeIndexOnline(online, address, fate);
    if (address.kind == ObjectKind::Constraint) MakeConstraintOnline(online, address, fate);
  }
  online.ShareParts();
}

}  // namespace schemac::plan
