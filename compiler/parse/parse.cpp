#include "compiler/parse/parse.h"

#include "compiler/parse/builder.h"
#include "compiler/parse/syntax_tree.h"

namespace schemac {

ast::File Parse(SourceId source, const Sources& sources, DiagnosticSink& sink) {
  parse::SyntaxTree tree(source, sources, sink);
  ast::File file;
  file.source = source;
  if (tree.model() == nullptr && tree.model_diff() == nullptr) return file;
  parse::Builder builder(tree.input(), tree.tokens(), sink);
  if (tree.model() != nullptr) builder.BuildModel(*tree.model(), file);
  if (tree.model_diff() != nullptr) builder.BuildModelDiff(*tree.model_diff(), file);
  builder.ReportStrayDocumentation();
  return file;
}

}  // namespace schemac
