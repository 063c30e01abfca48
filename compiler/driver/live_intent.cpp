#include "compiler/driver/live_intent.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace schemac {
namespace {

using schema::Catalog;
using schema::Intent;
using schema::ObjectAddress;
using schema::ObjectKind;
using schema::Rename;

// Old names by new ones, tables for the columns included.
using OldNames = std::map<ObjectAddress, ObjectAddress>;

bool Holds(const std::vector<std::string>& labels, const std::string& label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

// Labels of enums too: an Enum with the label as its member.
bool Exists(const Catalog& catalog, const ObjectAddress& address) {
  if (address.kind != ObjectKind::Enum || address.member.empty()) return catalog.Has(address);
  const auto* type = catalog.Get<schema::Enum>({ObjectKind::Enum, address.schema, address.name, ""});
  return type != nullptr && Holds(type->labels, address.member);
}

std::vector<Rename> LiveRenames(const Intent& intent, const Catalog& before) {
  std::vector<Rename> live;
  for (Rename rename : intent.renames) {
    const bool is_part = !rename.from.member.empty() && rename.from.kind != ObjectKind::Function &&
                         rename.from.kind != ObjectKind::Aggregate;
    if (is_part && !Exists(before, rename.from)) {
      // The table's own `was` may be spent, so that the table already has its new name.
      rename.from.schema = rename.to.schema;
      rename.from.name = rename.to.name;
    }
    if (Exists(before, rename.from) && !(rename.from == rename.to)) live.push_back(std::move(rename));
  }
  // A new name that is taken is spent, unless its holder is itself renamed away. One that turns out spent may
  // free no name for others, so this goes on until nothing changes.
  for (bool changed = true; changed;) {
    std::set<ObjectAddress> leaving;
    for (const Rename& rename : live) leaving.insert(rename.from);
    changed = std::erase_if(live, [&](const Rename& rename) {
                return Exists(before, rename.to) && !leaving.contains(rename.to);
              }) > 0;
  }
  return live;
}

ObjectAddress OldName(const OldNames& old_names, ObjectAddress address) {
  if (const auto found = old_names.find(address); found != old_names.end()) return found->second;
  if (address.kind == ObjectKind::Column) {
    const auto table = old_names.find({ObjectKind::Table, address.schema, address.name, ""});
    if (table != old_names.end()) {
      address.schema = table->second.schema;
      address.name = table->second.name;
    }
  }
  return address;
}

const schema::Column* FindColumn(const Catalog& catalog, const ObjectAddress& address) {
  const schema::Table* table = catalog.FindTable(address.qualified());
  return table == nullptr ? nullptr : table->FindColumn(address.member);
}

schema::LabelMapping LiveLabels(const schema::LabelMapping& mapping, const schema::Enum& before,
                                const schema::Enum& after) {
  schema::LabelMapping live;
  for (const auto& [from, to] : mapping.renamed) {
    if (Holds(before.labels, from) && !Holds(before.labels, to)) live.renamed.emplace(from, to);
  }
  for (const auto& [from, to] : mapping.removed) {
    if (Holds(before.labels, from) && !Holds(after.labels, from)) live.removed.emplace(from, to);
  }
  return live;
}

}  // namespace

Intent LiveIntent(const Intent& intent, const Catalog& before, const Catalog& after) {
  Intent live = intent;
  live.renames = LiveRenames(intent, before);
  OldNames old_names;
  for (const Rename& rename : live.renames) old_names.emplace(rename.to, rename.from);

  std::erase_if(live.backfills, [&](const auto& entry) {
    const schema::Column* old_column = FindColumn(before, OldName(old_names, entry.first));
    const schema::Column* new_column = FindColumn(after, entry.first);
    return new_column == nullptr ||
           (old_column != nullptr && (old_column->not_null || !new_column->not_null));
  });
  live.labels.clear();
  for (const auto& [address, mapping] : intent.labels) {
    const auto* old_enum = before.Get<schema::Enum>(OldName(old_names, address));
    const auto* new_enum = after.Get<schema::Enum>(address);
    if (old_enum == nullptr || new_enum == nullptr) continue;
    schema::LabelMapping labels = LiveLabels(mapping, *old_enum, *new_enum);
    if (!labels.renamed.empty() || !labels.removed.empty()) live.labels.emplace(address, std::move(labels));
  }
  return live;
}

}  // namespace schemac
