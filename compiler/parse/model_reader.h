// A model or a model diff, item by item: the plain ones by hand (plain_item.h), the others by the grammar.
#pragma once

#include <optional>

#include "compiler/ast/ast.h"
#include "compiler/support/diagnostic.h"

namespace schemac::parse {

// nullopt, and nothing reported, as soon as anything is wrong: then the grammar has to read the whole, for
// its errors are those to show.
std::optional<ast::File> ReadItems(SourceId source, const Sources& sources, DiagnosticSink& sink);

// The whole by the grammar alone.
ast::File ReadByGrammar(SourceId source, const Sources& sources, DiagnosticSink& sink);

}  // namespace schemac::parse
