#include "compiler/driver/inputs.h"

#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "compiler/driver/git.h"
#include "compiler/driver/schema_files.h"
#include "compiler/driver/words.h"
#include "compiler/support/side_by_side.h"

namespace schemac {
namespace {

constexpr std::string_view kGitPrefix = "git:";

// Its comments may be cut off (Rails does), its settings are not.
bool IsDump(std::string_view text) {
  return text.find("SELECT pg_catalog.set_config('search_path', '', false)") != std::string_view::npos ||
         text.find("-- PostgreSQL database dump") != std::string_view::npos;
}

State StateOf(std::string name, Model model) {
  return {std::move(name), std::move(model.catalog), std::move(model.intent)};
}

Reading ReadingOf(const Context& context, const std::string& title, SchemaFiles files) {
  Reading reading;
  reading.name = title;
  if (!files.sql) reading.model = files.files;
  reading.read = [&context, title, files = std::move(files)](DiagnosticSink& sink) -> std::optional<State> {
    std::optional<Model> model = ReadSchema(context, files, sink);
    if (!model) return std::nullopt;
    State state = StateOf(title, *std::move(model));
    state.is_dump =
        files.sql && files.files.size() == 1 && IsDump(context.sources.Get(files.files.front()).text);
    return state;
  };
  return reading;
}

std::optional<Reading> FromFound(Context& context, const std::string& name, std::vector<Found> found) {
  std::optional<SchemaFiles> files = LoadSchema(context, std::move(found));
  if (!files) return std::nullopt;
  SayLayout(context, *files);
  return ReadingOf(context, OneLine(NameOf(name)), *std::move(files));
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
  std::vector<Found> all;
  for (const std::string& path : paths) {
    ErrorOr<std::vector<std::pair<std::string, std::string>>> files = FilesAtGitRevision(revision, path);
    if (!files) {
      context.Fail(files.error());
      return std::nullopt;
    }
    // git names a file as it was asked for, and what a folder holds with the folder before it.
    const bool is_folder = files->size() != 1 || NameOf(files->front().first) != NameOf(path);
    if (is_folder) KeepSchemaFiles(*files);
    all.push_back({path, is_folder, *std::move(files)});
  }
  return FromFound(context, argument, std::move(all));
}

std::optional<Reading> FromRevision(Context& context, const std::string& argument) {
  const std::optional<Project> project = OpenProject(context);
  if (!project) return std::nullopt;
  std::optional<History> history = LoadHistory(context, *project);
  if (!history) return std::nullopt;
  const ErrorOr<std::optional<std::size_t>> revision = history->Resolve(argument);
  if (!revision) {
    Error error = revision.error();
    if (!error.fix.starts_with("did you mean"))
      error.fix =
          "nor is there such a file or folder; a side is either, or a revision, git:REV[:PATH] or empty";
    context.Fail(error);
    return std::nullopt;
  }
  return PrepareRevision(context, std::make_shared<const History>(*std::move(history)), *revision);
}

}  // namespace

std::optional<Reading> PrepareState(Context& context, const std::string& argument) {
  if (argument == "empty") {
    const auto read = [](DiagnosticSink&) { return State{"empty", schema::Catalog::Empty(), {}}; };
    return Reading{read, "empty", {}};
  }
  if (argument == "-") {
    return FromFound(context, "standard input", {ReadInput(context)});
  }
  if (argument.starts_with(kGitPrefix)) return FromGit(context, argument);
  if (context.files.KindOf(argument) != Files::Kind::Missing) {
    std::optional<Found> found = ReadFound(context, argument);
    if (!found) return std::nullopt;
    std::vector<Found> all;
    all.push_back(*std::move(found));
    return FromFound(context, argument, std::move(all));
  }
  const bool looks_like_path =
      argument.find('/') != std::string::npos || argument.find('.') != std::string::npos;
  if (looks_like_path || !HasProject(context)) {
    context.Fail(DiagnosticKind::InputOutput, fmt::format("no file or folder \"{}\"", argument));
    return std::nullopt;
  }
  return FromRevision(context, argument);
}

Reading PrepareRevision(Context& context, std::shared_ptr<const History> history,
                        std::optional<std::size_t> revision) {
  const std::string name = revision ? history->revisions()[*revision].id : "base";
  const auto read = [history = std::move(history), name, revision,
                     &context](DiagnosticSink& sink) -> std::optional<State> {
    std::optional<schema::Catalog> catalog =
        StateAt(*history, revision, context.sources, sink, context.analysis);
    if (!catalog) return std::nullopt;
    return State{name, *std::move(catalog), {}};
  };
  return {read, name, {}};
}

std::optional<Reading> PrepareModel(Context& context, const Project& project) {
  std::optional<SchemaFiles> files = LoadModelFiles(context, project);
  if (!files) return std::nullopt;
  return ReadingOf(context, "model", *std::move(files));
}

const std::pair<State, State>* ReadBoth(Context& context, const Reading& from, const Reading& to) {
  std::pair<std::optional<State>, std::optional<State>> found;
  if (from.model.empty() || to.model.empty()) {
    found = SideBySide(from.read, to.read, context.sink);
  } else if (auto models = AnalyzeBoth(context, from.model, to.model)) {
    found = {StateOf(from.name, std::move(models->first)), StateOf(to.name, std::move(models->second))};
  }
  if (!found.first || !found.second) return nullptr;
  const auto both =
      std::make_shared<const std::pair<State, State>>(*std::move(found.first), *std::move(found.second));
  context.environment.kept.push_back(both);
  return both.get();
}

}  // namespace schemac
