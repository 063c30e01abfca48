// `seed` and `raw`: rows and SQL that belong to the schema but that no DDL of PostgreSQL's tells.
#pragma once

#include "compiler/analyze/table_unit.h"

namespace schemac::analyze {

// The rows of a seed, as objects. What is wrong is reported and left out.
std::vector<schema::SeedRow> ReadSeed(Context& context, const ast::Seed& seed, const Namespace& where);
void AddSeed(Context& context, const ast::Seed& seed, const Namespace& where);

void AddRaw(Context& context, const ast::Raw& raw, const Namespace& where);

// The address that `table a.b`, `function f` and the like mean in `depends on`; nullopt, after reporting,
// when there is none.
std::optional<schema::ObjectAddress> FindDependency(Context& context, const ast::RawDependency& dependency,
                                                    const Namespace& where);

}  // namespace schemac::analyze
