#include "emitters/layouts/ledger.h"

#include <algorithm>

#include "compiler/support/quote.h"

namespace schemac::emitters {
namespace {

std::string JoinNames(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return text;
}

// Adding a label IF NOT EXISTS, or building an index outside a transaction, may be done again. Rows that are
// filled in tell nothing of whether all are: that leaves a mark.
bool MayRunTwice(const plan::Batch& batch) {
  if (!batch.transaction) {
    return std::none_of(batch.steps.begin(), batch.steps.end(), [](const plan::Step& step) {
      return std::holds_alternative<plan::UpdateRows>(step.action);
    });
  }
  for (const plan::Step& step : batch.steps) {
    if (!std::holds_alternative<plan::AddEnumLabel>(step.action)) return false;
  }
  return true;
}

void AppendStop(const std::string& condition, const std::string& message, std::string& body) {
  body += StopText({condition, message});
}

std::string IndexText(const schema::Index& index) {
  return QuoteLiteral(QuoteQualified(index.table.schema, index.name));
}

}  // namespace

std::string LedgerTableText(const std::string& table) {
  const std::size_t dot = table.find('.');
  if (dot == std::string::npos) return QuoteIdentifier(table);
  return QuoteQualified(table.substr(0, dot), table.substr(dot + 1));
}

std::string StopText(const Stop& stop) {
  return "    IF " + stop.condition +
         " THEN\n        RAISE EXCEPTION USING MESSAGE = " + QuoteLiteral(stop.message) + ";\n    END IF;\n";
}

std::vector<Stop> StopsAfter(const plan::Batch& batch, const std::string& revision) {
  std::vector<Stop> stops;
  if (batch.transaction) return stops;
  for (const plan::Step& step : batch.steps) {
    if (const auto* create = std::get_if<plan::CreateObject>(&step.action)) {
      const auto* index = std::get_if<schema::Index>(&create->object);
      if (index == nullptr) continue;
      stops.push_back({"NOT EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass(" +
                           IndexText(*index) + ") AND indisvalid)",
                       "index " + index->name + " was not built: run " + revision + " again"});
    }
    if (const auto* drop = std::get_if<plan::DropObject>(&step.action)) {
      const auto* index = std::get_if<schema::Index>(&drop->object);
      if (index == nullptr) continue;
      stops.push_back({"to_regclass(" + IndexText(*index) + ") IS NOT NULL",
                       "index " + index->name + " was not dropped: run " + revision + " again"});
    }
  }
  return stops;
}

Ledger::Ledger(const LedgerEntry& entry, const std::string& table, const plan::Plan& plan)
    : entry_(entry), table_(LedgerTableText(table)), plan_(plan) {}

std::vector<std::string> Ledger::CreateTables() const {
  std::vector<std::string> statements{CreateLedgerTable(table_)};
  statements.insert(statements.end(), entry_.also_create.begin(), entry_.also_create.end());
  return statements;
}

std::string CreateLedgerTable(const std::string& table) {
  return "CREATE TABLE IF NOT EXISTS " + table +
         " (\n    revision text PRIMARY KEY,\n    checksum text NOT NULL,\n"
         "    applied_at timestamptz NOT NULL DEFAULT now()\n)";
}

std::string Ledger::RowExists(const std::string& revision) const {
  return "EXISTS (SELECT FROM " + table_ + " WHERE revision = " + QuoteLiteral(revision) + ")";
}

std::string Ledger::MarkName(std::size_t batch) const {
  return entry_.revision + (entry_.downgrade ? " (downgrade, part " : " (part ") + std::to_string(batch + 1) +
         " of " + std::to_string(plan_.batches.size()) + ")";
}

bool Ledger::IsMarked(std::size_t batch) const {
  if (batch >= plan_.batches.size()) return false;  // The closing transaction.
  const plan::Batch& one = plan_.batches[batch];
  return (batch + 1 < plan_.batches.size() || !one.transaction) && !MayRunTwice(one);
}

bool Ledger::AnyMark() const {
  for (std::size_t i = 0; i < plan_.batches.size(); ++i) {
    if (IsMarked(i)) return true;
  }
  return false;
}

// A client that goes on after an error must not get past a batch that failed.
void Ledger::AppendFinished(std::size_t batch, std::string& body) const {
  if (IsMarked(batch)) {
    AppendStop("NOT " + RowExists(MarkName(batch)),
               MarkName(batch) + " is not applied: what follows builds on it", body);
  }
}

// Indexes are looked at up to the next mark: what is marked may have given them other names.
void Ledger::AppendBuilt(std::size_t batch, std::string& body) const {
  std::size_t first = 0;
  for (std::size_t i = 0; i < batch && i < plan_.batches.size(); ++i) {
    AppendFinished(i, body);
    if (IsMarked(i)) first = i;
  }
  for (std::size_t i = first; i < batch && i < plan_.batches.size(); ++i) {
    for (const Stop& stop : StopsAfter(plan_.batches[i], entry_.revision)) body += StopText(stop);
  }
}

std::string Ledger::Guard(std::size_t batch) const {
  const std::string builds_on = entry_.revises.empty() ? "nothing" : JoinNames(entry_.revises);
  std::string body = "\nBEGIN\n";
  if (!CreatesTable()) {
    const std::string what =
        entry_.downgrade ? entry_.revision + " is not applied" : entry_.revision + " builds on " + builds_on;
    AppendStop("to_regclass(" + QuoteLiteral(table_) + ") IS NULL",
               what + ": this database has no table " + table_, body);
  }
  if (entry_.downgrade) {
    AppendStop("NOT " + RowExists(entry_.revision),
               entry_.revision + " is not applied, so the way back to " + builds_on + " does not start here",
               body);
  } else {
    AppendStop(RowExists(entry_.revision),
               entry_.revision + " is already applied (it builds on " + builds_on + ")", body);
    for (const std::string& needed : entry_.revises) {
      AppendStop("NOT " + RowExists(needed),
                 entry_.revision + " builds on " + needed + ", which is not applied", body);
    }
  }
  AppendBuilt(batch, body);
  if (IsMarked(batch)) {
    AppendStop(RowExists(MarkName(batch)),
               MarkName(batch) + " is already applied: go on with what follows it", body);
  }
  body += "END\n";
  return "DO " + DollarQuote(body);
}

std::string Ledger::Mark(std::size_t batch) const {
  return "INSERT INTO " + table_ + " (revision, checksum) VALUES (" + QuoteLiteral(MarkName(batch)) +
         ", 'unfinished')";
}

std::vector<std::string> Ledger::Close() const {
  std::vector<std::string> statements;
  if (AnyMark()) {
    std::string marks;
    for (std::size_t i = 0; i < plan_.batches.size(); ++i) {
      if (IsMarked(i)) marks += (marks.empty() ? "" : ", ") + QuoteLiteral(MarkName(i));
    }
    statements.push_back("DELETE FROM " + table_ + " WHERE revision IN (" + marks + ")");
  }
  if (entry_.downgrade) {
    statements.push_back("DELETE FROM " + table_ + " WHERE revision = " + QuoteLiteral(entry_.revision));
  } else {
    statements.push_back("INSERT INTO " + table_ + " (revision, checksum) VALUES (" +
                         QuoteLiteral(entry_.revision) + ", " + QuoteLiteral(entry_.checksum) + ")");
  }
  statements.insert(statements.end(), entry_.also_close.begin(), entry_.also_close.end());
  return statements;
}

}  // namespace schemac::emitters
