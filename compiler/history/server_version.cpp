#include "compiler/history/server_version.h"

#include <algorithm>

namespace schemac {
namespace {

constexpr int kFifteen = 15;

std::string FeatureOf(const schema::Object& object) {
  if (const auto* index = std::get_if<schema::Index>(&object))
    return index->nulls_not_distinct ? "NULLS NOT DISTINCT" : "";
  if (const auto* constraint = std::get_if<schema::Constraint>(&object)) {
    if (constraint->nulls_not_distinct) return "NULLS NOT DISTINCT";
    const bool lists = constraint->foreign_key && !constraint->foreign_key->on_delete_columns.empty();
    return lists ? "a column list after ON DELETE SET" : "";
  }
  if (const auto* view = std::get_if<schema::View>(&object))
    return view->options.contains("security_invoker") ? "security_invoker" : "";
  return "";
}

}  // namespace

std::vector<VersionNeed> NeedsBeyond(const schema::Catalog& catalog, int version) {
  std::vector<VersionNeed> needs;
  if (version >= kFifteen) return needs;
  for (const auto& [address, object] : catalog.objects()) {
    std::string feature = FeatureOf(object);
    if (!feature.empty()) needs.push_back({address, std::move(feature), kFifteen});
  }
  return needs;
}

int OldestServer(const schema::Catalog& before, const schema::Catalog& after) {
  int oldest = kOldestPostgres;
  for (const VersionNeed& need : NeedsBeyond(before, oldest)) oldest = std::max(oldest, need.version);
  // Most of both is the same.
  const auto look = [&](const auto* /*old*/, const auto* entry) {
    if (entry != nullptr && !FeatureOf(entry->second).empty()) oldest = std::max(oldest, kFifteen);
  };
  schema::Catalog::Objects::WalkBoth(before.objects(), after.objects(), look);
  return oldest;
}

}  // namespace schemac
