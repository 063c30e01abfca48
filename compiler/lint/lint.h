// Judges scripts: hazards that no parser sees, with the safe way. Works on any SQL; what it knows of the
// database before, from earlier migrations or a model, makes it more exact.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/lint/naming.h"
#include "compiler/lint/rule.h"
#include "compiler/support/source.h"
#include "compiler/support/span.h"
#include "schema/catalog.h"

namespace schemac::lint {

struct Options {
  int postgres_version = 14;    // The oldest server that the scripts must run on.
  bool in_transaction = false;  // Whether the tool that runs a script puts a transaction around it.
  bool knows_base = false;      // Whether the catalog holds what is there before the script.
  // The columns that tell whose a row is, where tenants share tables.
  std::vector<std::string> tenant_columns{"tenant_id", "client_id"};
  std::optional<Naming> naming;  // nullopt for PlainNames().
  std::set<std::string, std::less<>> disabled;
  std::set<std::string, std::less<>> enabled;  // Rules that are not on by default.
};

struct Finding {
  std::string_view rule;
  Severity severity = Severity::Warning;
  Span span;
  std::string message;
  std::string_view instead;  // What to do; may be "".
};

// Judges one script. `catalog` is what is known of the database before, and what is known afterwards: as far
// as each statement could be run on it. Findings come by place.
std::vector<Finding> Lint(SourceId source, const Sources& sources, schema::Catalog& catalog,
                          const Options& options);

// Comment that a tool's runner puts no transaction around the script, or that it does: nullopt when there is
// neither (goose, dbmate, Flyway, Atlas).
bool SaysNoTransaction(std::string_view script);

}  // namespace schemac::lint
