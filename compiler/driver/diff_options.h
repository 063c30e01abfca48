// The options of `schemac diff`, and its two ways: between any two states, and from the head of a project to
// its model.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/answers.h"
#include "compiler/driver/context.h"
#include "compiler/driver/inputs.h"
#include "compiler/history/expand.h"
#include "compiler/history/history.h"
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
  bool expand = false;    // Type changes by way of a column beside the old one: both revisions, or the first.
  bool contract = false;  // The second of the two, between two states that are given.
};

// The intent of `to` that applies, with the answers of the command line and of the terminal.
std::optional<schema::Intent> SettleIntent(Context& context, const DiffOptions& options, const State& from,
                                           const State& to);

// The hazards that were allowed and that the upgrade takes.
std::vector<std::string> AllowedAndUsed(const plan::Plan& plan, const std::vector<std::string>& allowed);

// The hazards of --allow, after their names were checked: false, with diagnostics, for one that does not
// exist.
bool CheckAllowed(Context& context, const std::vector<std::string>& allowed);

// What a revision is to do, with the answers and the hazards that were agreed to.
struct Change {
  const State& from;
  const State& to;
  const schema::Intent& intent;
  const std::vector<std::string>& allowed;
  const std::string& slug;
};
// The change in two revisions (history/expand.h), both written or, with diagnostics, none.
void DiffExpanded(Context& context, const DiffOptions& options, const Project& project,
                  const History& history, std::optional<std::size_t> head, const Change& change);
// Expand(), with what the context says about who makes the objects.
std::optional<Expansion> ExpandIn(Context& context, const schema::Catalog& before,
                                  const schema::Catalog& after, const schema::Intent& intent);

// `schemac diff` in a project: writes the next revision.
void DiffProject(Context& context, const DiffOptions& options);
// `schemac diff --from A --to B`.
void DiffStates(Context& context, const DiffOptions& options);

}  // namespace schemac
