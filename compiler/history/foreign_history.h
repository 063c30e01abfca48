// Folders of SQL migrations as other tools keep them: which files are the past, in which order, and which
// part of each is the way up. Knows nothing of disks: the driver hands over the texts.
//
// Sources of the facts: the manuals of Flyway ("Migrations"), golang-migrate (MIGRATIONS.md), dbmate, goose,
// sql-migrate, node-pg-migrate, tern, Diesel, Prisma Migrate, Drizzle Kit and Sqitch (sqitch-plan).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/support/error_or.h"

namespace schemac {

// Path relative to the folder, and text.
using ForeignFile = std::pair<std::string, std::string>;

struct ForeignHistory {
  std::string layout;                // "flyway".
  std::vector<ForeignFile> scripts;  // In the order in which they run. What leads back down is blank, so that
                                     // places stay what they are in the file.
  std::vector<std::string> left_out;  // Other *.sql, and why, for people: "U1__x.sql (undoes)".
};

// What `layout` of ReadForeignHistory may be, by the tools' names.
const std::vector<std::string>& ForeignLayouts();
// Whether a file that is no *.sql tells the order of those that are: sqitch.plan, meta/_journal.json.
bool OrdersMigrations(std::string_view path);

// Reads the files of one folder. `layout` is one of ForeignLayouts(), or "" to tell it from the files. Fails
// when the order of two files, or a file that the order names, cannot be told.
ErrorOr<ForeignHistory> ReadForeignHistory(std::vector<ForeignFile> files, const std::string& layout);

// One script with both marks such as `-- +goose Up` and `-- +goose Down` in it: the part that leads down as
// blanks. Any other text comes back as it is.
std::string UpPartOf(std::string text);

}  // namespace schemac
