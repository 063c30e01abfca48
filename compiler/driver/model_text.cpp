#include "compiler/driver/model_text.h"

#include <utility>
#include <vector>

#include <fmt/format.h>

#include "compiler/driver/schema_files.h"
#include "compiler/driver/words.h"
#include "compiler/history/migration.h"
#include "compiler/parse/parse.h"
#include "emitters/layouts/script_file.h"
#include "emitters/model/model_printer.h"

namespace schemac {
namespace {

bool Refuse(Context& context, const std::string& why) {
  return context.Fail(DiagnosticKind::Unsupported,
                      fmt::format("the model would not mean the same schema: {}", why),
                      "nothing was written; SQL itself can be the model: model = \"schema.sql\"");
}

std::string FirstError(const DiagnosticSink& sink, const Sources& sources) {
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    if (diagnostic.severity != Severity::Error) continue;
    if (diagnostic.span.source == kNoSource) return diagnostic.message;
    const std::string line = OneLine(sources.Line(diagnostic.span.source, diagnostic.span.begin));
    return fmt::format("{}, in \"{}\"", diagnostic.message, line.substr(line.find_first_not_of(' ')));
  }
  return "";
}

bool ProveModel(Context& context, const Files::Texts& texts, const schema::Catalog& catalog) {
  DiagnosticSink sink;
  std::vector<ast::File> files;
  for (const auto& [path, text] : texts)
    files.push_back(Parse(context.sources.Add(path, text), context.sources, sink));
  const Model model = Analyze(files, context.sources, sink, context.analysis);
  if (sink.HasErrors()) return Refuse(context, FirstError(sink, context.sources));
  const std::string difference = FirstDifference(model.catalog, catalog);
  return difference.empty() || Refuse(context, difference);
}

bool ProveSql(Context& context, const std::string& path, const std::string& text,
              const schema::Catalog& catalog) {
  DiagnosticSink sink;
  schema::Catalog found = schema::Catalog::Empty();
  sql::InterpretOptions options;
  options.owner = context.analysis.owner;
  sql::Interpret(context.sources.Add(path, text), context.sources, found, options, sink);
  const std::string difference =
      sink.HasErrors() ? FirstError(sink, context.sources) : FirstDifference(found, catalog);
  if (difference.empty()) return true;
  return context.Fail(DiagnosticKind::ProofFailed,
                      fmt::format("the SQL would not make the same schema: {}", difference),
                      "nothing was written; please report this with the schema");
}

std::optional<Files::Texts> SqlTexts(Context& context, const schema::Catalog& catalog,
                                     const std::string& path) {
  MigrationOptions options;
  options.allowed = {"all"};
  const std::optional<Migration> migration =
      MakeMigration(schema::Catalog::Empty(), catalog, schema::Intent{}, options, context.sink);
  if (!migration) return std::nullopt;
  std::string text = emitters::WriteStatements(migration->up.script);
  if (text.empty()) text = "-- an empty schema\n";
  if (!ProveSql(context, path, text, catalog)) return std::nullopt;
  return Files::Texts{{path, std::move(text)}};
}

}  // namespace

std::optional<Files::Texts> ModelTexts(Context& context, const schema::Catalog& catalog,
                                       const std::string& target) {
  if (target.ends_with(kSqlSuffix)) return SqlTexts(context, catalog, target);
  Files::Texts texts;
  if (target.ends_with(kModelSuffix)) {
    texts.emplace_back(target, emitters::PrintModel(catalog));
  } else {
    for (emitters::ModelFile& file : emitters::PrintModelFiles(catalog))
      texts.emplace_back(JoinPath(target, file.name), std::move(file.text));
  }
  if (!ProveModel(context, texts, catalog)) return std::nullopt;
  return texts;
}

bool WriteNew(Context& context, Files::Texts texts, const Files::Texts& kept) {
  bool is_free = true;
  for (const auto& [path, text] : texts) {
    if (context.files.KindOf(path) != Files::Kind::Missing)
      is_free = context.Fail(DiagnosticKind::InputOutput, fmt::format("\"{}\" exists already", path));
  }
  if (!is_free) return false;
  texts.insert(texts.end(), kept.begin(), kept.end());
  const ErrorOr<std::monostate> written = context.files.WriteAll(texts);
  return written ? true : context.Fail(written.error());
}

}  // namespace schemac
