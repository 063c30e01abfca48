// `seed` and `raw`: rows and SQL that belong to the schema but that no DDL of PostgreSQL's tells.
#pragma once

#include "compiler/analyze/table_unit.h"

namespace schemac::analyze {

// Puts the rows of a seed into the catalog, takes them away, or puts them in the place of those with the same
// keys. What is wrong is reported and left out.
void AddSeed(Context& context, const ast::Seed& seed, const Namespace& where);
void RemoveSeed(Context& context, const ast::Seed& seed, const Namespace& where);
void ReplaceSeed(Context& context, const ast::Seed& seed, const Namespace& where);

void AddRaw(Context& context, const ast::Raw& raw, const Namespace& where);
// Resolves what a raw object that has been added depends on: perhaps on another one.
void ConnectRaw(Context& context, const ast::Raw& raw, const Namespace& where);

}  // namespace schemac::analyze
