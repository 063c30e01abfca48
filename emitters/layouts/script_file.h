// A script as one SQL file: header, guards, transactions, ledger (SQL.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/plan/step.h"
#include "emitters/statement.h"

namespace schemac::emitters {

// Where a revision's script keeps the books. Without it, a script neither checks nor records what is applied.
struct LedgerEntry {
  std::string revision;              // "0002_add_provisioning".
  std::vector<std::string> revises;  // What must be applied before; none for the first.
  std::string checksum;              // Of the upgrade's file.
  bool downgrade = false;            // Remove the row instead of adding it.
  // The books of another tool, kept along: statements without `;` that make its table where it is missing
  // (run by the first revision), and that book this script.
  std::vector<std::string> also_create{};
  std::vector<std::string> also_close{};
};

struct ScriptOptions {
  std::string title;        // First line: "0002_add_provisioning: Add provisioning fields".
  std::string counterpart;  // "undone by 0002_add_provisioning.down.sql"; may be empty.
  std::optional<LedgerEntry> ledger;
  std::string ledger_table = "schemac_revision";
  std::string lock_timeout = "5s";  // SET LOCAL in each transaction; "" for none.
  std::string checksum = {};        // Told in the header; "" for none.
  int postgres_version = 14;        // The oldest server that runs it.
};

// The file's text; LF, ends with a line feed, never empty. The plan is read for the header's lines on locks
// and data.
std::string WriteScript(const Script& script, const plan::Plan& plan, const ScriptOptions& options);

// The statements alone, as a file of DDL has them.
std::string WriteStatements(const Script& script);

}  // namespace schemac::emitters
