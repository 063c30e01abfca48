// Source text to syntax tree. The only place that includes ANTLR.
#pragma once

#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/support/diagnostic.h"

namespace schemac {

// Reports every syntax error of the file (recovering at `;` and `}`) and returns the parts that could be
// read. A source that begins with `revision` is a model diff. Never throws, whatever the bytes.
ast::File Parse(SourceId source, const Sources& sources, DiagnosticSink& sink);

// The same of each file of a model, on two threads when there is much to read.
std::vector<ast::File> ParseModel(const std::vector<SourceId>& files, const Sources& sources,
                                  DiagnosticSink& sink);

// The same beside another model, which was parsed without a diagnostic: items of files of the same name, or
// of the only file, that stand there in the same words and order are not read again, but shared. Their places
// are those in the other model, so that diagnostics about them point there.
std::vector<ast::File> ParseModelBeside(const std::vector<ast::File>& other,
                                        const std::vector<SourceId>& files, const Sources& sources,
                                        DiagnosticSink& sink);

}  // namespace schemac
