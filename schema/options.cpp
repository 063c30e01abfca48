#include "schema/options.h"

namespace schemac::schema {

OptionChanges ChangesBetween(const Options& before, const Options& after) {
  OptionChanges changes;
  Options result;
  for (const auto& [key, value] : before) {
    const auto later = after.find(key);
    if (later == after.end()) {
      changes.reset.push_back(key);
    } else if (later->second == value) {
      result[key] = value;
    }
  }
  for (const auto& [key, value] : after) {
    if (!result.contains(key)) changes.set[key] = value;
  }
  for (const auto& [key, value] : changes.set) result[key] = value;
  const bool in_order = std::equal(result.begin(), result.end(), after.begin(), after.end());
  if (!in_order && !changes.set.empty()) changes.set = after;
  return changes;
}

}  // namespace schemac::schema
