// What `--from` and `--to` name: states of a database, wherever they come from.
#pragma once

#include <optional>
#include <string>

#include "compiler/driver/context.h"
#include "schema/catalog.h"
#include "schema/intent.h"

namespace schemac {

struct State {
  std::string name;  // For titles: one line, no folders.
  schema::Catalog catalog;
  schema::Intent intent;  // Of a model; empty for the others.
};

// `empty`, `-` (standard input), `git:REV[:PATH]`, a file (*.sql is DDL, all else a model), a folder (models
// if it holds any, else its *.sql in the order of their names, *.down.sql left out), or a revision of the
// project. nullopt, with diagnostics, when it cannot be read whole.
std::optional<State> ReadState(Context& context, const std::string& argument);

// Whether a text is SQL rather than a model: by the word that its first statement begins with.
bool LooksLikeSql(std::string_view text);

}  // namespace schemac
