#include "emitters/layouts/stamp.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/support/quote.h"
#include "emitters/layouts/header.h"
#include "emitters/layouts/ledger.h"

namespace schemac::emitters {
namespace {

std::string LiteralList(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + QuoteLiteral(text);
  return list;
}

// Stops where the table holds others than `known`. `advice`, for people, may be empty.
std::string GuardAgainstStrangers(const std::string& table, const std::string& column,
                                  const std::string& compared, const std::string& known,
                                  const std::string& advice) {
  const std::string hint = advice.empty() ? "" : ", HINT = " + QuoteLiteral(advice);
  const std::string body = fmt::format(
      "\nDECLARE\n    strangers text;\nBEGIN\n"
      "    SELECT string_agg({0}::text, ', ' ORDER BY {0}) INTO strangers FROM {1}\n"
      "      WHERE {2} NOT IN ({3});\n"
      "    IF strangers IS NOT NULL THEN\n        RAISE EXCEPTION USING MESSAGE = {4} || strangers{5};\n"
      "    END IF;\nEND\n",
      column, table, compared, known,
      QuoteLiteral(table + " holds revisions that this project does not know: "), hint);
  return "DO " + DollarQuote(body);
}

std::string AlsoText(const Stamp& stamp) {
  std::string text;
  for (const std::string& statement : stamp.also) text += statement + ";\n";
  return text.empty() ? "" : "\n" + text;
}

std::string GuardText(const Stamp& stamp, const std::string& table) {
  std::string text;
  // A row of an unfinished part begins with its revision: "0002_x (part 1 of 2)".
  if (!stamp.known.empty()) {
    text += "\n" +
            GuardAgainstStrangers(table, "revision", "split_part(revision, ' (', 1)",
                                  LiteralList(stamp.known), "") +
            ";\n";
  }
  if (stamp.one_row && !stamp.also_known.empty()) {
    const std::string column(stamp.one_row->column);
    text += "\n" +
            GuardAgainstStrangers(std::string(stamp.one_row->table), column, column,
                                  fmt::format("{}", fmt::join(stamp.also_known, ", ")),
                                  fmt::format("\"{}\" writes over it", stamp.one_row->command)) +
            ";\n";
  }
  return text;
}

}  // namespace

std::string StampScript(const Stamp& stamp) {
  const std::string table = LedgerTableText(stamp.ledger_table);
  std::string script =
      CommentLines(stamp.title + "\nkeeps the books only: nothing else changes in the database");
  script += "\nBEGIN;\n" + CreateLedgerTable(table) + ";\n";
  for (const std::string& statement : stamp.also_create) script += statement + ";\n";
  script += GuardText(stamp, table);
  std::vector<std::string> names;
  std::string rows;
  for (const StampRow& row : stamp.applied) {
    names.push_back(row.revision);
    rows += (rows.empty() ? "\n    (" : ",\n    (") + QuoteLiteral(row.revision) + ", " +
            QuoteLiteral(row.checksum) + ")";
  }
  if (stamp.only_these) {
    script += "\nDELETE FROM " + table;
    if (!names.empty()) script += " WHERE revision NOT IN (" + LiteralList(names) + ")";
    script += ";\n";
  }
  if (!rows.empty()) {
    script += "\nINSERT INTO " + table + " (revision, checksum) VALUES" + rows +
              "\nON CONFLICT (revision) DO NOTHING;\n";
  }
  return script + AlsoText(stamp) + "COMMIT;\n";
}

std::string CurrentQuery(const std::string& ledger_table) {
  return CommentLines("what is applied; when the table is missing, nothing is") +
         "SELECT revision, checksum, applied_at FROM " + LedgerTableText(ledger_table) +
         " ORDER BY applied_at, revision;\n";
}

}  // namespace schemac::emitters
