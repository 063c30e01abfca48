#include "compiler/driver/inputs.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "compiler/driver/git.h"
#include "compiler/driver/words.h"
#include "compiler/sql/interpret.h"
#include "compiler/support/side_by_side.h"

namespace schemac {
namespace {

constexpr std::string_view kSqlSuffix = ".sql";
constexpr std::string_view kDownSuffix = ".down.sql";
constexpr std::string_view kGitPrefix = "git:";

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

std::optional<State> FromSql(const Context& context, const std::string& name,
                             const std::vector<SourceId>& files, DiagnosticSink& sink) {
  State state{OneLine(name), schema::Catalog::Empty(), {}};
  sql::InterpretOptions options;
  options.owner = context.analysis.owner;
  for (const SourceId file : files) sql::Interpret(file, context.sources, state.catalog, options, sink);
  if (sink.HasErrors()) return std::nullopt;
  return state;
}

std::optional<State> FromModel(const Context& context, const std::string& name,
                               const std::vector<SourceId>& files, DiagnosticSink& sink) {
  std::optional<Model> model = AnalyzeSources(context, files, sink);
  if (!model) return std::nullopt;
  return State{OneLine(name), std::move(model->catalog), std::move(model->intent)};
}

// Files that were found together: models when there is one among them, else SQL.
std::optional<Reading> FromTexts(Context& context, const std::string& name,
                                 std::vector<std::pair<std::string, std::string>> texts) {
  const bool alone = texts.size() == 1;
  const auto is_model = [](const auto& file) { return file.first.ends_with(kModelSuffix); };
  const bool models =
      std::any_of(texts.begin(), texts.end(), is_model) ||
      (alone && !texts.front().first.ends_with(kSqlSuffix) && !LooksLikeSql(texts.front().second));
  std::vector<SourceId> sources;
  for (auto& [path, text] : texts) {
    const bool wanted = alone || (models ? path.ends_with(kModelSuffix)
                                         : path.ends_with(kSqlSuffix) && !path.ends_with(kDownSuffix));
    if (wanted) sources.push_back(context.sources.Add(path, std::move(text)));
  }
  if (sources.empty()) {
    context.Fail(DiagnosticKind::InputOutput, fmt::format("neither *.schema nor *.sql in \"{}\"", name));
    return std::nullopt;
  }
  const auto read = models ? FromModel : FromSql;
  return [read, title = NameOf(name), sources, &context](DiagnosticSink& sink) {
    return read(context, title, sources, sink);
  };
}

std::optional<Reading> FromPath(Context& context, const std::string& path) {
  std::vector<std::string> paths{path};
  if (context.files.KindOf(path) == Files::Kind::Folder) {
    std::optional<std::vector<std::string>> found = FindFiles(context, path, "");
    if (!found) return std::nullopt;
    paths = *std::move(found);
    std::erase_if(paths, [](const std::string& file) {
      return !file.ends_with(kModelSuffix) && !file.ends_with(kSqlSuffix);
    });
  }
  std::vector<std::pair<std::string, std::string>> texts;
  for (const std::string& file : paths) {
    ErrorOr<std::string> text = context.files.Read(file);
    if (!text) {
      context.Fail(text.error());
      return std::nullopt;
    }
    texts.emplace_back(file, *std::move(text));
  }
  return FromTexts(context, path, std::move(texts));
}

std::optional<Reading> FromGit(Context& context, const std::string& argument) {
  const std::string rest = argument.substr(kGitPrefix.size());
  const std::size_t colon = rest.find(':');
  const std::string revision = rest.substr(0, colon);
  std::vector<std::string> paths;
  if (colon != std::string::npos) {
    paths.push_back(rest.substr(colon + 1));
  } else {
    const std::optional<Project> project = OpenProject(context);
    if (!project) return std::nullopt;
    for (const std::string& entry : project->config.model) paths.push_back(project->PathOf(entry));
  }
  std::vector<std::pair<std::string, std::string>> texts;
  for (const std::string& path : paths) {
    ErrorOr<std::vector<std::pair<std::string, std::string>>> files = FilesAtGitRevision(revision, path);
    if (!files) {
      context.Fail(files.error());
      return std::nullopt;
    }
    std::move(files->begin(), files->end(), std::back_inserter(texts));
  }
  return FromTexts(context, argument, std::move(texts));
}

std::optional<Reading> FromRevision(Context& context, const std::string& argument) {
  const std::optional<Project> project = OpenProject(context);
  if (!project) return std::nullopt;
  const std::optional<History> history = LoadHistory(context, *project);
  if (!history) return std::nullopt;
  const ErrorOr<std::optional<std::size_t>> revision = history->Resolve(argument);
  if (!revision) {
    context.Fail(revision.error());
    return std::nullopt;
  }
  // Shared, so that the reading can be copied.
  const auto shared = std::make_shared<const History>(*history);
  return [shared, at = *revision, &context](DiagnosticSink& sink) -> std::optional<State> {
    std::optional<schema::Catalog> catalog = StateAt(*shared, at, context.sources, sink, context.analysis);
    if (!catalog) return std::nullopt;
    return State{at ? shared->revisions()[*at].id : "base", *std::move(catalog), {}};
  };
}

}  // namespace

bool LooksLikeSql(std::string_view text) {
  // The words that begin an item of a model and no statement of SQL. (`alter default privileges`, `comment`
  // and `grant` begin both; a text that begins with one of them is taken for SQL.)
  static constexpr auto kModelWords = std::to_array<std::string_view>(
      {"schema",     "extension", "enum",      "mixin",     "table",        "unlogged",
       "domain",     "type",      "composite", "range",     "sequence",     "function",
       "procedure",  "aggregate", "view",      "recursive", "materialized", "event",
       "statistics", "collation", "seed",      "raw"});
  const std::size_t begin = SkipBlanks(text);
  std::string word;
  for (std::size_t at = begin; at < text.size() && std::isalpha(static_cast<unsigned char>(text[at])) != 0;
       ++at) {
    word.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(text[at]))));
  }
  return std::find(kModelWords.begin(), kModelWords.end(), word) == kModelWords.end();
}

std::optional<Reading> PrepareState(Context& context, const std::string& argument) {
  if (argument == "empty") {
    return [](DiagnosticSink&) { return State{"empty", schema::Catalog::Empty(), {}}; };
  }
  if (argument == "-") {
    std::string text(std::istreambuf_iterator<char>(context.environment.in), {});
    return FromTexts(context, "standard input", {{"<stdin>", std::move(text)}});
  }
  if (argument.starts_with(kGitPrefix)) return FromGit(context, argument);
  if (context.files.KindOf(argument) != Files::Kind::Missing) return FromPath(context, argument);
  const bool looks_like_path =
      argument.find('/') != std::string::npos || argument.find('.') != std::string::npos;
  if (looks_like_path || !HasProject(context)) {
    context.Fail(DiagnosticKind::InputOutput, fmt::format("no file or folder \"{}\"", argument));
    return std::nullopt;
  }
  return FromRevision(context, argument);
}

std::optional<Reading> PrepareModel(Context& context, const Project& project) {
  const std::optional<std::vector<SourceId>> files = LoadModelFiles(context, project);
  if (!files) return std::nullopt;
  return
      [files = *files, &context](DiagnosticSink& sink) { return FromModel(context, "model", files, sink); };
}

std::optional<std::pair<State, State>> ReadBoth(Context& context, const Reading& from, const Reading& to) {
  auto [first, second] = SideBySide(from, to, context.sink);
  if (!first || !second) return std::nullopt;
  return std::pair(*std::move(first), *std::move(second));
}

}  // namespace schemac
