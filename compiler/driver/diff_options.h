// The options of `schemac diff`, and its two ways: between any two states, and from the head of a project to
// its model.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/answers.h"
#include "compiler/driver/context.h"
#include "compiler/driver/inputs.h"
#include "compiler/history/migration.h"

namespace schemac {

struct DiffOptions {
  std::string message;
  std::string id;         // --id: the revision's; "" for the next number and the message.
  bool sql_only = false;  // --sql: print, write nothing.
  std::string from;       // "" when not given.
  std::string to;
  std::string up_file;
  std::string down_file;
  bool exit_code = false;
  bool json = false;
  Answers answers;
  std::vector<std::string> allowed;
  bool concurrently = false;   // New indexes on tables that exist are built outside the transaction.
  std::optional<bool> online;  // For tables in use; nullopt for what the project says.
};

// The intent of `to` that applies, with the answers of the command line and of the terminal.
std::optional<schema::Intent> SettleIntent(Context& context, const DiffOptions& options, const State& from,
                                           const State& to);

// The hazards of --allow, after their names were checked: false, with diagnostics, for one that does not
// exist.
bool CheckAllowed(Context& context, const std::vector<std::string>& allowed);

// `schemac diff` in a project: writes the next revision.
void DiffProject(Context& context, const DiffOptions& options);
// `schemac diff --from A --to B`.
void DiffStates(Context& context, const DiffOptions& options);

}  // namespace schemac
