// Source text to syntax tree. The only place that includes ANTLR.
#pragma once

#include "compiler/ast/ast.h"
#include "compiler/support/diagnostic.h"

namespace schemac {

// Reports every syntax error of the file (recovering at `;` and `}`) and returns the parts that could be
// read. A source that begins with `revision` is a model diff. Never throws, whatever the bytes.
ast::File Parse(SourceId source, const Sources& sources, DiagnosticSink& sink);

}  // namespace schemac
