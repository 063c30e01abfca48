// Models, model diffs and SQL as text in, catalogs and diagnostics out.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/analyze/analyze.h"
#include "compiler/support/diagnostic.h"

namespace schemac::testing {

std::string Printed(const DiagnosticSink& sink, const Sources& sources);

struct Analyzed {
  Model model;
  std::string diagnostics;  // As printed.
};
// Each text is a file: a.schema, b.schema, …
Analyzed AnalyzeTexts(const std::vector<std::string_view>& texts);
Analyzed AnalyzeText(std::string_view text);

struct Revised {
  RevisionEffect effect;
  std::string diagnostics;
};
// `text` without the `revision` line.
Revised Revise(const schema::Catalog& before, std::string_view text);

schema::Catalog InterpretSql(std::string_view sql);

// "" when equal, else the addresses of what differs and what about it.
std::string Difference(const schema::Catalog& left, const schema::Catalog& right);

// The law: the model and the DDL mean the same.
void ExpectSame(std::string_view model, std::string_view sql);
// Another law: the model diff does to the catalog what the DDL does.
void ExpectSameChange(std::string_view model, std::string_view diff, std::string_view sql);
// One of the printed diagnostics holds the words.
void ExpectError(std::string_view model, std::string_view words);
void ExpectRevisionError(std::string_view model, std::string_view diff, std::string_view words);

}  // namespace schemac::testing
