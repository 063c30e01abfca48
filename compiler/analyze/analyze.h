// Syntax trees to catalogs: names, types, defaults, mixins.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/support/diagnostic.h"
#include "schema/catalog.h"
#include "schema/intent.h"

namespace schemac {

// What a set of model files says: the wanted state, and the hints (`was`, `backfill`) beside it. A `was` that
// names nothing in the state before is spent and does nothing; whoever compares knows that state.
struct Model {
  schema::Catalog catalog;
  schema::Intent intent;
};

struct AnalyzeOptions {
  std::string owner = "postgres";  // The role that runs the scripts and owns what they make.
};

// Several files form one model, in any order. Reports all errors; the model then holds what could be built.
Model Analyze(const std::vector<ast::File>& files, const Sources& sources, DiagnosticSink& sink,
              const AnalyzeOptions& options = {});

// Both models, as by two calls. What they spell alike, and cannot mean differently, is built once, and the
// catalogs share it.
std::pair<Model, Model> AnalyzeBoth(const std::vector<ast::File>& first, const std::vector<ast::File>& second,
                                    const Sources& sources, DiagnosticSink& sink,
                                    const AnalyzeOptions& options = {});

// What a model diff does to the state before it.
struct RevisionEffect {
  schema::Catalog after;
  schema::Intent intent;  // Renames, backfills, conversions, mappings, data steps that the file tells.
  std::set<std::string> allowed;  // `allow` lines: "drop-column", …, "all".
};
RevisionEffect AnalyzeRevision(const ast::File& file, schema::Catalog before, const Sources& sources,
                               DiagnosticSink& sink, const AnalyzeOptions& options = {});

}  // namespace schemac
