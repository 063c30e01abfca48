// Migrations as the runners of other tools want them: which files, under which names, with which marks, and
// how those tools keep their books.
//
// Sources of the facts: the manuals of Alembic, the Supabase CLI, Flyway ("Migrations", "Script configuration
// files"), golang-migrate (MIGRATIONS.md and its postgres driver), goose, dbmate, Sqitch (sqitchchanges,
// sqitch-plan) and the Rails guide "Active Record Migrations"; the tables are those that the tools make.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/plan/step.h"
#include "compiler/support/error_or.h"
#include "emitters/statement.h"

namespace schemac::emitters {

// Path below the folder of the layout, and text.
using LayoutFile = std::pair<std::string, std::string>;

// One revision to write. What is pointed to must live as long as the call that takes it.
struct LayoutRevision {
  std::string id;
  std::vector<std::string> revises;
  std::string message;
  const Script* up = nullptr;
  const Script* down = nullptr;
  const plan::Plan* up_plan = nullptr;
  const plan::Plan* down_plan = nullptr;
  std::string verification;  // A script that fails unless the revision is there; for layouts that keep one.
};

struct LayoutOptions {
  std::string project = "schema";   // Sqitch wants a name.
  std::string lock_timeout = "5s";  // SET LOCAL in each transaction; "" for none.
  int postgres_version = 14;
};

// What can be written, by the tools' names, sorted.
std::vector<std::string> WrittenLayouts();
// Where the tool looks for its files, from the root of a project; "" for the root itself.
std::string_view LayoutFolder(std::string_view layout);
// Whether the layout has a place for LayoutRevision::verification.
bool LayoutVerifies(std::string_view layout);

// A whole history, one revision after the other, parents first.
class LayoutWriter {
 public:
  // `layout` is one of WrittenLayouts().
  LayoutWriter(std::string_view layout, LayoutOptions options);

  // The files of the revision alone. Fails, with the reason, when the tool could not run them: an id without
  // a number where files go by number, two of one number, a statement that holds the tool's own marks.
  ErrorOr<std::vector<LayoutFile>> Add(const LayoutRevision& revision);
  // The oldest server that the revisions to come run on, as their headers tell it.
  void SetServer(int postgres_version) { options_.postgres_version = postgres_version; }
  // What stands once for all that were added: Sqitch's plan.
  [[nodiscard]] std::vector<LayoutFile> Finish() const;
  // What a tool needs once and its user may change: to be written only where it is missing.
  [[nodiscard]] std::vector<LayoutFile> Defaults() const;

 private:
  // Why the tool could not order a file of that id.
  [[nodiscard]] std::optional<Error> NumberFault(const std::string& id) const;

  std::string layout_;
  LayoutOptions options_;
  std::map<std::string, std::string> numbers_;  // Number without leading zeros: revision.
  std::string plan_;                            // Sqitch's.
};

// How the tool's own table learns that a revision was applied by other means than the tool.
struct LayoutBooks {
  std::vector<std::string> create;  // Makes the table where it is missing. Statements without `;`.
  std::vector<std::string> add;
  std::vector<std::string> remove;
};
// All are empty for `plain`, and for `sqitch`, whose tables only Sqitch can fill (`sqitch deploy
// --log-only`). Fails as LayoutWriter::Add does.
ErrorOr<LayoutBooks> BooksOf(std::string_view layout, const LayoutRevision& revision,
                             const LayoutOptions& options);

}  // namespace schemac::emitters
