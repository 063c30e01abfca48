// Catalogs and diffs as text in our own language.
#pragma once

#include <string>
#include <vector>

#include "schema/catalog.h"
#include "schema/diff/change.h"

namespace schemac::emitters {

// A model that means the catalog: Analyze(Parse(PrintModel(c))).catalog == c, in the layout of `schemac fmt`.
std::string PrintModel(const schema::Catalog& catalog);

struct ModelFile {
  std::string name;  // "tables.schema"; "app/tables.schema" when objects stand in several schemas.
  std::string text;
};
// The same in several files, one subject each, by name: what belongs to the whole database (`database`), and
// for each schema its types, functions, tables, views and rows.
std::vector<ModelFile> PrintModelFiles(const schema::Catalog& catalog);

struct RevisionHeader {
  std::string id;
  std::vector<std::string> revises;
  std::string message;
  bool online = false;  // `profile online`.
};
// A model diff: AnalyzeRevision(Parse(PrintRevision(h, d)), before).after == Apply(before, d), and comparing
// gives `d` again. `before` is the state that the diff starts from.
std::string PrintRevision(const RevisionHeader& header, const schema::Diff& diff,
                          const schema::Catalog& before, const std::vector<std::string>& allowed);

}  // namespace schemac::emitters
