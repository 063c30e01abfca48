// `schemac import`: SQL to a model, losing nothing.
#include <iterator>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/model_text.h"
#include "compiler/driver/options.h"
#include "compiler/driver/schema_files.h"

namespace schemac {
namespace {

struct ImportOptions {
  std::string source;
  std::string target;  // "" for standard output.
  std::string layout;
};

std::optional<Found> ReadSource(Context& context, const std::string& source) {
  if (source == "-") {
    std::string text(std::istreambuf_iterator<char>(context.environment.in), {});
    return Found{"-", false, {{"<stdin>", std::move(text)}}};
  }
  std::optional<Found> found = ReadFound(context, source);
  if (found && !AreSql({*found})) {
    context.Fail(DiagnosticKind::Usage, fmt::format("\"{}\" is a model already, not SQL", source));
    return std::nullopt;
  }
  return found;
}

void Import(Context& context, const ImportOptions& options) {
  const std::optional<Found> found = ReadSource(context, options.source);
  if (!found) return;
  const std::optional<SchemaFiles> files = LoadSchema(context, {*found}, options.layout);
  if (!files) return;
  sql::PassedOver passed_over;
  const std::optional<Model> model = ReadSchema(context, *files, context.sink, &passed_over);
  if (!model) return;
  const bool prints = options.target.empty() || options.target == "-";
  const std::optional<Files::Texts> texts =
      ModelTexts(context, model->catalog, prints ? std::string("model") + kModelSuffix : options.target);
  if (!texts) return;
  if (!prints && !WriteNew(context, *texts)) return;
  SayLayout(context, *files);
  SayPassedOver(context, passed_over);
  for (const auto& [path, text] : *texts) context.out << (prints ? text : fmt::format("wrote {}\n", path));
}

}  // namespace

void AddImport(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("import", "Make a model of SQL, losing nothing");
  auto options = std::make_shared<ImportOptions>();
  command->add_option("source", options->source, "An .sql file, a folder of SQL migrations, or -")
      ->required();
  command->add_option("-o,--output", options->target,
                      "A file (x.schema; x.sql for SQL in schemac's order), or a folder for a file a subject "
                      "(default: print)");
  AddLayout(*command, options->layout);
  command->callback(
      [&action, options] { action = [options](Context& context) { Import(context, *options); }; });
}

}  // namespace schemac
