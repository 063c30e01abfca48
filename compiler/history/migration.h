// The one way from two states to SQL in both directions; every command that shows or writes SQL takes it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/plan/step.h"
#include "compiler/support/diagnostic.h"
#include "emitters/layouts/layout.h"
#include "emitters/layouts/script_file.h"
#include "emitters/statement.h"
#include "schema/catalog.h"
#include "schema/diff/change.h"
#include "schema/intent.h"

namespace schemac {

// One direction: what is done, its statements, and the file they make.
struct Direction {
  plan::Plan plan;
  emitters::Script script;
  std::string text;
  std::string checksum;  // Of the text, as its header tells; "" for one without a ledger.
};

// From this many changes on, both ways are worth working on at the same time.
inline constexpr std::size_t kManyChanges = 50;

struct Migration {
  schema::Diff diff;  // Upwards.
  Direction up;
  Direction down;
  emitters::LayoutBooks books;  // Of MigrationOptions::layout.
};

struct MigrationOptions {
  std::set<std::string> allowed;        // Hazards: "drop-column", …, "all".
  std::optional<int> postgres_version;  // The oldest server: what needs a newer one is an error.
  bool online = false;                  // For tables in use (plan::Options::online).
  emitters::ScriptOptions up;           // Checksums and versions are filled in here.
  emitters::ScriptOptions down;
  std::string
      layout;  // Whose books the scripts keep along with ours (emitters/layouts/layout.h); "" for none.
  std::string message;  // Of the revision, as its files in that layout tell it.
};

// Compares, plans both ways and emits. nullopt, with diagnostics, when there is no safe way up; a way down
// that loses something is no error.
std::optional<Migration> MakeMigration(const schema::Catalog& before, const schema::Catalog& after,
                                       const schema::Intent& intent, const MigrationOptions& options,
                                       DiagnosticSink& sink);

// The second half, for a diff that is known already.
std::optional<Migration> MakeMigration(const schema::Catalog& before, const schema::Catalog& after,
                                       schema::Diff diff, const MigrationOptions& options,
                                       DiagnosticSink& sink);

// A revision as the layouts of other tools take it; the migration must live as long.
emitters::LayoutRevision LayoutRevisionOf(const std::string& id, const std::vector<std::string>& revises,
                                          const std::string& message, const Migration& migration);

// Whether nobody changed what the statements of a compiled script say: they have the checksum that its header
// tells. False for a text without one.
bool IsAsCompiled(std::string_view text);

// The hazards of the plan that the author allowed: what an `allow` line of its model diff says.
std::vector<std::string> UsedHazards(const plan::Plan& plan);

}  // namespace schemac
