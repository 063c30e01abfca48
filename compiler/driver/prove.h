// Scripts are proved before they are written: the SQL front end reads back what the emitter wrote.
#pragma once

#include <optional>
#include <string>

#include "compiler/driver/context.h"
#include "compiler/history/migration.h"
#include "compiler/sql/interpret.h"
#include "schema/catalog.h"

namespace schemac {

// How a script of this plan is read back: what its author wrote is known, not judged.
sql::InterpretOptions ReplayTo(const Context& context, const schema::Catalog& end, const plan::Plan& plan);

// What a script does to a state, which need not be the one that it was compiled for; `end` is where it leads
// from that one. nullopt, with a diagnostic of kind ProofFailed that names the statement, when it fails
// there.
std::optional<schema::Catalog> RunOver(Context& context, const std::string& name, const Direction& direction,
                                       const schema::Catalog& start, const schema::Catalog& end,
                                       DiagnosticSink& sink);

// Interprets the upgrade over `before` and the downgrade over `after`. False, with a diagnostic of kind
// ProofFailed that names the statement or the first object that is not as it should be, unless each gives
// exactly the other state.
bool Prove(Context& context, const schema::Catalog& before, const schema::Catalog& after,
           const Migration& migration);

}  // namespace schemac
