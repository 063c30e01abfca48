// Type changes that would rewrite a table in use, in two revisions (expand and contract): the first puts a
// column of the new type beside the old one, keeps the two equal by a trigger and makes again what stands on
// the old one; the second swaps the names. Between them both columns may be written. Here the state in
// between is made; both revisions are then planned, printed and proved as any other.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/plan/step.h"
#include "compiler/sql/interpret.h"
#include "compiler/support/diagnostic.h"
#include "schema/catalog.h"
#include "schema/intent.h"

namespace schemac {

// A column that changes its type, and the one that is put beside it.
struct ExpandedColumn {
  schema::ObjectAddress column;
  std::string beside;
  schema::Type from;
  schema::Type to;
  std::string trigger;  // Keeps the two equal.
};

struct Expansion {
  std::vector<ExpandedColumn> columns;
  schema::Catalog between;
  schema::Intent expand;    // From the state before to the one in between.
  schema::Intent contract;  // From there to the state after.
};

// nullopt, with diagnostics at kNoSource, when no column changes to a type that is stored in another way, or
// one of them cannot be handled so. `intent` is that of the whole change. Whatever else differs between the
// two states is left to the second revision.
std::optional<Expansion> Expand(const schema::Catalog& before, const schema::Catalog& after,
                                const schema::Intent& intent, const sql::InterpretOptions& options,
                                DiagnosticSink& sink);

// The second revision locks its tables until it is done, and so must not read their rows. Reports the first
// step that would, and whose table is in `between`. False then.
bool IsBrief(const plan::Plan& contract, const schema::Catalog& between, DiagnosticSink& sink);

}  // namespace schemac
