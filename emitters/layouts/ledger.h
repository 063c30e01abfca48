// The bookkeeping of a script: a table of applied revisions, and blocks that stop a script which does not fit
// the database.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compiler/plan/step.h"
#include "emitters/layouts/script_file.h"

namespace schemac::emitters {

// The name of the table as SQL; a dot in `table` parts the schema from the name.
std::string LedgerTableText(const std::string& table);

// `CREATE TABLE IF NOT EXISTS …` for the table of that SQL name, without `;`.
std::string CreateLedgerTable(const std::string& table);

// When a script must not go on, as a condition in SQL, and what it says then.
struct Stop {
  std::string condition;
  std::string message;
};
// What a batch outside of a transaction must have left: indexes that are valid, or gone.
std::vector<Stop> StopsAfter(const plan::Batch& batch, const std::string& revision);
// `IF … THEN RAISE EXCEPTION …` for the body of a DO block.
std::string StopText(const Stop& stop);

// One script's books. A script of several batches leaves a mark behind each transaction that cannot be run
// twice; the marks go when the last batch is done. So a second run finds what is done already and says where
// to go on.
class Ledger {
 public:
  Ledger(const LedgerEntry& entry, const std::string& table, const plan::Plan& plan);

  // Whether this script makes the table: the first one, that builds on nothing.
  [[nodiscard]] bool CreatesTable() const { return !entry_.downgrade && entry_.revises.empty(); }
  // Statements without `;`.
  [[nodiscard]] std::vector<std::string> CreateTables() const;
  // The block before a batch (its index; that of the end of the plan for the closing transaction).
  [[nodiscard]] std::string Guard(std::size_t batch) const;
  // Whether the batch leaves a mark, and the statement that does so.
  [[nodiscard]] bool IsMarked(std::size_t batch) const;
  [[nodiscard]] std::string Mark(std::size_t batch) const;
  // What closes the books: the row, and the marks removed.
  [[nodiscard]] std::vector<std::string> Close() const;

 private:
  [[nodiscard]] std::string MarkName(std::size_t batch) const;
  [[nodiscard]] std::string RowExists(const std::string& revision) const;
  [[nodiscard]] bool AnyMark() const;
  void AppendFinished(std::size_t batch, std::string& body) const;
  void AppendBuilt(std::size_t batch, std::string& body) const;

  const LedgerEntry& entry_;
  std::string table_;  // Quoted.
  const plan::Plan& plan_;
};

}  // namespace schemac::emitters
