// Diffs to plans: what has to be dropped and made again around a change, in which order, in which
// transactions.
#pragma once

#include <map>
#include <set>
#include <string>

#include "compiler/plan/step.h"
#include "compiler/support/diagnostic.h"
#include "schema/catalog.h"
#include "schema/diff/change.h"

namespace schemac::plan {

struct Options {
  std::set<std::string> allowed;  // Hazards that may be taken: "drop-table", "drop-column", …, "all".
  bool downgrade = false;  // Hazards of a downgrade were agreed to with the upgrade: told, never refused.
  // For tables that are in use meanwhile: what would lock one while its rows are read or written is done in
  // several transactions, each of which locks it for a moment (online.h).
  bool online = false;
  // Columns that go while another column of their table has the same values, as far as its type holds them: a
  // trigger has kept the two equal. By their addresses before the changes.
  struct Keeper {
    std::string column;
    schema::Type type;
  };
  std::map<schema::ObjectAddress, Keeper> kept = {};
};

// `diff` leads from `from` to `to` (Apply(from, diff) == to). Reports, at kNoSource, what it cannot do
// safely: data loss that is not allowed, a required column without a value for existing rows, a type change
// without conversion; the plan is then not to be used.
Plan MakePlan(const schema::Catalog& from, const schema::Catalog& to, const schema::Diff& diff,
              const Options& options, DiagnosticSink& sink);

}  // namespace schemac::plan
