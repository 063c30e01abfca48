#include "compiler/parse/parse.h"

#include "compiler/parse/model_reader.h"

namespace schemac {

ast::File Parse(SourceId source, const Sources& sources, DiagnosticSink& sink) {
  if (auto file = parse::ReadItems(source, sources, sink)) return *std::move(file);
  return parse::ReadByGrammar(source, sources, sink);
}

}  // namespace schemac
