// What `--from` and `--to` name: states of a database, wherever they come from.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/driver/context.h"
#include "compiler/driver/project.h"
#include "schema/catalog.h"
#include "schema/intent.h"

namespace schemac {

struct State {
  std::string name;  // For titles: one line, no folders.
  schema::Catalog catalog;
  schema::Intent intent;  // Of a model; empty for the others.
  bool is_dump = false;   // What pg_dump printed: a picture of a database.
};

// A state whose files are loaded. What is left is to understand them: that changes nothing, so it can be done
// beside other work.
struct Reading {
  // nullopt, with diagnostics, when they are wrong.
  std::function<std::optional<State>(DiagnosticSink& sink)> read;
  std::string name;
  std::vector<SourceId> model;  // The files, when they are a model.

  std::optional<State> operator()(DiagnosticSink& sink) const { return read(sink); }
};

// `empty`, `-` (standard input), `git:REV[:PATH]`, a file (*.sql is DDL, all else a model), a folder (models
// if it holds any, else SQL migrations in the order of their layout), or a revision of the project. nullopt,
// with diagnostics, when there is no such thing. The context must outlive the reading.
std::optional<Reading> PrepareState(Context& context, const std::string& argument);
// The state after the revision of that number; before all of them when there is none.
Reading PrepareRevision(Context& context, std::shared_ptr<const History> history,
                        std::optional<std::size_t> revision);
// The model of the project.
std::optional<Reading> PrepareModel(Context& context, const Project& project);

// Both at once; they last as long as the environment. nullptr, with diagnostics, when one of them cannot be
// read whole.
const std::pair<State, State>* ReadBoth(Context& context, const Reading& from, const Reading& to);

}  // namespace schemac
