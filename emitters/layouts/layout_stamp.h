// The tables in which other tools note what is applied, for a database that got there by neither the tool nor
// a script of ours. Sources of the facts as in layout.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emitters/layouts/layout.h"

namespace schemac::emitters {

// How the tool's own table is told what a database has, where no script says so. Statements without `;`, all
// of which may be run again.
struct LayoutStamp {
  std::vector<std::string> create;   // Makes the table where it is missing.
  std::vector<std::string> reached;  // The database has this revision, and none that builds on it.
  std::vector<std::string> passed;   // It has this one, and one that builds on it.
  std::vector<std::string> absent;   // It does not have it.
  std::string version;               // Of OneRowTable: what stands for the revision, as SQL.
};
// Empty, and failing, as BooksOf.
ErrorOr<LayoutStamp> StampOf(std::string_view layout, const LayoutRevision& revision,
                             const LayoutOptions& options);

// A table that says only how far a database is, not which revisions it has: what is in it and not of the
// project cannot be left beside.
struct OneRowTable {
  std::string_view table;
  std::string_view column;
  std::string_view command;  // The tool's own, which writes over whatever there is.
};
// nullopt for other layouts.
std::optional<OneRowTable> OneRowTableOf(std::string_view layout);

}  // namespace schemac::emitters
