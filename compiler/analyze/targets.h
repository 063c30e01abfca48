// What `drop`, `rename`, `alter`, `comment on` and `depends on` name: from words to an address in the
// catalog.
#pragma once

#include "compiler/analyze/context.h"

namespace schemac::analyze {

// The object that the target names in the catalog as it is now. nullopt after reporting that there is none,
// with the nearest name. A routine without arguments is the only one of its name.
std::optional<schema::ObjectAddress> FindTarget(Context& context, const ast::Target& target,
                                                const Namespace& where);

// As DROP and ALTER spell it: "TABLE", "MATERIALIZED VIEW", "TYPE" (for enums as well), "FUNCTION".
std::string_view StatementWord(const schema::Catalog& catalog, const schema::ObjectAddress& address);

// Whether PostgreSQL's parser accepts the statements; `references` receives what they touch, if asked for.
// Errors are reported at the string they stand in.
bool CheckStatements(Context& context, const ast::Name& statements, const Namespace& where,
                     std::vector<schema::ObjectAddress>* references);
// The same for statements that get their schemas written out: how they then read, their indentation removed.
std::optional<std::string> QualifiedStatements(Context& context, const ast::Name& statements,
                                               const Namespace& where,
                                               std::vector<schema::ObjectAddress>* references);

// Statements are carried along as they stand, so `schema app;` must not be what gives their
// names a meaning: false, after reporting, when one of the references is found from that schema only.
bool MeansTheSameAnywhere(Context& context, std::string_view statements, const Namespace& where,
                          const std::vector<schema::ObjectAddress>& references, Span place);

}  // namespace schemac::analyze
