#include "compiler/analyze/analyze.h"

#include <optional>

#include "compiler/analyze/alike.h"
#include "compiler/analyze/builder.h"
#include "compiler/analyze/context.h"
#include "compiler/sql/interpret.h"
#include "compiler/support/side_by_side.h"

namespace schemac {
namespace {

using analyze::PlacedItem;

std::vector<PlacedItem> ItemsOf(const std::vector<ast::File>& files) {
  std::vector<PlacedItem> items;
  for (const ast::File& file : files) {
    std::string schema = "public";
    for (const auto& item : file.items) {
      if (const auto* directive = std::get_if<ast::SchemaDirective>(item.get()))
        schema = directive->name.text;
      items.push_back({item.get(), schema});
    }
  }
  return items;
}

void RefuseRevisions(analyze::Context& context, const std::vector<ast::File>& files) {
  for (const ast::File& file : files) {
    if (!file.revision) continue;
    context.Report(Diagnostic(DiagnosticKind::InvalidDefinition, file.revision->span,
                              "a revision stands among the files of the model"));
  }
}

// nullopt, and nothing reported, when each has to be built by itself: little is alike, something is wrong, or
// the names that objects get would depend on the order in which they are made.
std::optional<std::pair<Model, Model>> BuildAlike(const std::vector<ast::File>& first,
                                                  const std::vector<ast::File>& second,
                                                  const Sources& sources, const AnalyzeOptions& options) {
  const std::optional<analyze::Alike> alike = analyze::FindAlike(ItemsOf(first), ItemsOf(second), sources);
  if (!alike) return std::nullopt;
  DiagnosticSink found;
  Model common{schema::Catalog::Empty(), {}};
  analyze::Context context(common.catalog, common.intent, sources, found, options.owner);
  RefuseRevisions(context, first);
  RefuseRevisions(context, second);
  const auto waiting = analyze::BuildFirst(context, alike->common, alike->absent);
  const std::size_t numbered = common.catalog.numbered_names();
  if (!found.diagnostics().empty() || (numbered > 0 && !alike->in_order)) return std::nullopt;
  const auto finish = [&](std::size_t side) {
    return [&, side](DiagnosticSink& sink) {
      Model model = common;
      analyze::Context own = context.Beside(model.catalog, model.intent, sink);
      analyze::BuildSecond(own, alike->own.at(side), waiting);
      sql::LinkNames(model.catalog);
      return model;
    };
  };
  auto both = SideBySide(finish(0), finish(1), found);
  if (!found.diagnostics().empty() || both.first.catalog.numbered_names() > numbered ||
      both.second.catalog.numbered_names() > numbered) {
    return std::nullopt;
  }
  return both;
}

}  // namespace

Model Analyze(const std::vector<ast::File>& files, const Sources& sources, DiagnosticSink& sink,
              const AnalyzeOptions& options) {
  Model model;
  model.catalog = schema::Catalog::Empty();
  analyze::Context context(model.catalog, model.intent, sources, sink, options.owner);
  RefuseRevisions(context, files);
  analyze::BuildItems(context, ItemsOf(files));
  sql::LinkNames(model.catalog);
  return model;
}

std::pair<Model, Model> AnalyzeBoth(const std::vector<ast::File>& first, const std::vector<ast::File>& second,
                                    const Sources& sources, DiagnosticSink& sink,
                                    const AnalyzeOptions& options) {
  if (auto both = BuildAlike(first, second, sources, options)) return *std::move(both);
  return SideBySide([&](DiagnosticSink& own) { return Analyze(first, sources, own, options); },
                    [&](DiagnosticSink& own) { return Analyze(second, sources, own, options); }, sink);
}

}  // namespace schemac
