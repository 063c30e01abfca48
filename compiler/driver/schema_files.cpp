#include "compiler/driver/schema_files.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "compiler/driver/project.h"
#include "compiler/history/foreign_history.h"
#include "compiler/sql/hints.h"

namespace schemac {
namespace {

bool IsModel(const std::pair<std::string, std::string>& file) { return file.first.ends_with(kModelSuffix); }

bool HasModel(const Found& found) { return std::any_of(found.files.begin(), found.files.end(), IsModel); }

bool IsSql(const Found& found) {
  if (found.is_folder) return !HasModel(found);
  const auto& [path, text] = found.files.front();
  return !path.ends_with(kModelSuffix) && (path.ends_with(kSqlSuffix) || LooksLikeSql(text));
}

// The offset behind blanks, comments and a byte order mark.
std::size_t SkipBlanks(std::string_view text) {
  std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (at < text.size()) {
    if (static_cast<unsigned char>(text[at]) <= ' ') {
      ++at;
    } else if (text.substr(at, 2) == "--") {
      at = std::min(text.find('\n', at), text.size());
    } else if (text.substr(at, 2) == "/*") {
      const std::size_t end = text.find("*/", at + 2);
      at = end == std::string_view::npos ? text.size() : end + 2;
    } else {
      break;
    }
  }
  return at;
}

// The SQL of one path in the order in which it runs.
ErrorOr<ForeignHistory> InOrder(Found found, const std::string& layout) {
  if (found.is_folder) return ReadForeignHistory(std::move(found.files), layout);
  auto& [path, text] = found.files.front();
  return ForeignHistory{"", {{path, UpPartOf(std::move(text))}}, {}};
}

bool LoadSql(Context& context, Found found, const std::string& layout, SchemaFiles& loaded) {
  const std::string path = found.path;
  ErrorOr<ForeignHistory> history = InOrder(std::move(found), layout);
  if (!history) return context.Fail(history.error());
  if (history->scripts.empty()) {
    return context.Fail(DiagnosticKind::InputOutput,
                        fmt::format("neither *{} nor *{} in \"{}\"", kModelSuffix, kSqlSuffix, path));
  }
  loaded.layout = history->layout;
  std::move(history->left_out.begin(), history->left_out.end(), std::back_inserter(loaded.left_out));
  for (auto& [name, text] : history->scripts)
    loaded.files.push_back(context.sources.Add(name, std::move(text)));
  return true;
}

SchemaFiles LoadModels(Context& context, std::vector<Found> found) {
  Files::Texts files;
  for (Found& one : found) {
    for (auto& file : one.files) {
      if (!one.is_folder || IsModel(file)) files.push_back(std::move(file));
    }
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  SchemaFiles loaded;
  for (auto& [path, text] : files) loaded.files.push_back(context.sources.Add(path, std::move(text)));
  return loaded;
}

std::optional<Model> RunSql(const Context& context, const std::vector<SourceId>& files, DiagnosticSink& sink,
                            sql::PassedOver* passed_over) {
  const std::size_t errors = sink.error_count();
  Model model{schema::Catalog::Empty(), {}};
  sql::InterpretOptions options;
  options.owner = context.analysis.owner;
  options.passed_over = passed_over;
  for (const SourceId file : files) sql::Interpret(file, context.sources, model.catalog, options, sink);
  if (sink.error_count() > errors) return std::nullopt;
  for (const SourceId file : files) sql::ReadHints(file, context.sources, model.catalog, model.intent, sink);
  if (sink.error_count() > errors) return std::nullopt;
  return model;
}

}  // namespace

std::optional<Found> ReadFound(Context& context, const std::string& path) {
  const std::optional<std::vector<std::string>> paths = FindFiles(context, path, "");
  if (!paths) return std::nullopt;
  Found found{path, context.files.KindOf(path) == Files::Kind::Folder, {}};
  for (const std::string& file : *paths) found.files.emplace_back(file, "");
  if (found.is_folder) KeepSchemaFiles(found.files);
  for (auto& [file, text] : found.files) {
    ErrorOr<std::string> read = context.files.Read(file);
    if (!read) {
      context.Fail(read.error());
      return std::nullopt;
    }
    text = *std::move(read);
  }
  return found;
}

Found ReadInput(Context& context) {
  std::string text(std::istreambuf_iterator<char>(context.environment.in), {});
  return {"-", false, {{"<stdin>", std::move(text)}}};
}

void KeepSchemaFiles(Files::Texts& files) {
  std::erase_if(files, [](const auto& file) {
    return !IsModel(file) && !file.first.ends_with(kSqlSuffix) && !OrdersMigrations(file.first);
  });
}

bool LooksLikeSql(std::string_view text) {
  // The words that begin an item of a model and no statement of SQL. (`alter default privileges`, `comment`
  // and `grant` begin both; a text that begins with one of them is taken for SQL.)
  static constexpr auto kModelWords = std::to_array<std::string_view>(
      {"schema", "extension",    "enum",  "mixin",      "table",     "unlogged",  "domain",
       "type",   "composite",    "range", "sequence",   "function",  "procedure", "aggregate",
       "view",   "materialized", "event", "statistics", "collation", "seed",      "raw"});
  const std::size_t begin = SkipBlanks(text);
  std::string word;
  for (std::size_t at = begin; at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])) != 0;
       ++at) {
    word.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(text[at]))));
  }
  return std::find(kModelWords.begin(), kModelWords.end(), word) == kModelWords.end();
}

bool AreSql(const std::vector<Found>& found) { return std::all_of(found.begin(), found.end(), IsSql); }

std::optional<SchemaFiles> LoadSchema(Context& context, std::vector<Found> found, const std::string& layout) {
  if (!AreSql(found)) {
    const auto sql = std::find_if(found.begin(), found.end(), IsSql);
    if (sql == found.end()) return LoadModels(context, std::move(found));
    context.Fail(DiagnosticKind::Configuration,
                 fmt::format("\"{}\" is SQL, and others are models: a schema is either", sql->path),
                 "\"schemac import\" turns SQL into a model");
    return std::nullopt;
  }
  SchemaFiles loaded;
  loaded.sql = true;
  for (Found& one : found) {
    if (!LoadSql(context, std::move(one), layout, loaded)) return std::nullopt;
  }
  return loaded;
}

void SayLayout(Context& context, const SchemaFiles& files) {
  if (!files.layout.empty()) {
    context.Say(fmt::format("read {} script{} in the order of the layout \"{}\"", files.files.size(),
                            files.files.size() == 1 ? "" : "s", files.layout));
  }
  for (const std::string& file : files.left_out) context.Say("left out " + file);
}

std::optional<Model> ReadSchema(const Context& context, const SchemaFiles& files, DiagnosticSink& sink,
                                sql::PassedOver* passed_over) {
  return files.sql ? RunSql(context, files.files, sink, passed_over)
                   : AnalyzeSources(context, files.files, sink);
}

void SayPassedOver(Context& context, const sql::PassedOver& passed_over) {
  std::string words;
  for (const auto& [word, count] : passed_over)
    words += fmt::format("{}{} {}", words.empty() ? "" : ", ", count, word);
  if (!words.empty()) context.Say(fmt::format("passed over, as they change no schema: {}", words));
}

}  // namespace schemac
