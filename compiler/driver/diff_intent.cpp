#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/diff_options.h"
#include "compiler/driver/live_intent.h"
#include "compiler/driver/words.h"
#include "schema/hazards.h"

namespace schemac {
namespace {

// New indexes on tables that rows may already be in.
void BuildConcurrently(const State& from, const State& to, schema::Intent& intent) {
  for (const auto& [address, object] : to.catalog.objects()) {
    if (address.kind != schema::ObjectKind::Index || from.catalog.Has(address)) continue;
    if (from.catalog.Has(schema::TableOf(address))) intent.concurrently.insert(address);
  }
}

}  // namespace

std::optional<schema::Intent> SettleIntent(Context& context, const DiffOptions& options, const State& from,
                                           const State& to) {
  schema::Intent intent = LiveIntent(to.intent, from.catalog, to.catalog);
  if (!AddAnswers(context, options.answers, from.catalog, to.catalog, intent)) return std::nullopt;
  if (!SettleRenames(context, options.answers, from.catalog, to.catalog, intent)) return std::nullopt;
  if (options.concurrently) BuildConcurrently(from, to, intent);
  return intent;
}

bool CheckAllowed(Context& context, const std::vector<std::string>& allowed) {
  bool known = true;
  const std::vector<std::string>& names = schema::HazardNames();
  for (const std::string& name : allowed) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    const std::string nearest = Nearest(name, names);
    known =
        context.Fail(DiagnosticKind::Usage, OneLine(fmt::format("--allow: no hazard is called \"{}\"", name)),
                     nearest.empty() ? fmt::format("one of {}", fmt::join(names, ", "))
                                     : fmt::format("write {}", nearest));
  }
  return known;
}

}  // namespace schemac
