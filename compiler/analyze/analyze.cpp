#include "compiler/analyze/analyze.h"

#include "compiler/analyze/builder.h"
#include "compiler/analyze/context.h"
#include "compiler/sql/interpret.h"

namespace schemac {

Model Analyze(const std::vector<ast::File>& files, const Sources& sources, DiagnosticSink& sink,
              const AnalyzeOptions& options) {
  Model model;
  model.catalog = schema::Catalog::Empty();
  analyze::Context context(model.catalog, model.intent, sources, sink, options.owner);
  std::vector<analyze::PlacedItem> items;
  for (const ast::File& file : files) {
    std::string schema = "public";
    for (const ast::Item& item : file.items) {
      if (const auto* directive = std::get_if<ast::SchemaDirective>(&item)) schema = directive->name.text;
      items.push_back({&item, schema});
    }
    if (file.revision) {
      context.Report(Diagnostic(DiagnosticKind::InvalidDefinition, file.revision->span,
                                "a revision stands among the files of the model"));
    }
  }
  analyze::BuildItems(context, items);
  sql::LinkNames(model.catalog);
  return model;
}

}  // namespace schemac
