// Plans of pairs of SQL scripts, as lines that a test can compare.
#pragma once

#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "schema/intent.h"

namespace schemac::plan {

struct Planned {
  Plan plan;
  std::vector<std::string>
      lines;  // A line for each step; "--" between batches, "-- outside" before a lone statement.
  std::vector<std::string> errors;  // "kind: message".
};

struct Settings {
  schema::Intent intent;
  Options options = {{"all"}, false};
  bool backwards = false;  // Plans the inverse of the diff, from `to` to `from`.
};

schema::Catalog CatalogOf(const std::string& sql);
schema::Expression ExpressionOf(std::string text);
Planned PlanOf(const std::string& from, const std::string& to, const Settings& settings = {});
std::vector<std::string> LinesOf(const Plan& plan);

}  // namespace schemac::plan
