#include "emitters/layouts/stamp.h"

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

// A row of an unfinished part begins with its revision: "0002_x (part 1 of 2)".
std::string GuardAgainstStrangers(const Stamp& stamp, const std::string& table) {
  const std::string body =
      "\nDECLARE\n    strangers text;\nBEGIN\n    SELECT string_agg(revision, ', ' ORDER BY revision) INTO "
      "strangers FROM " +
      table + "\n      WHERE split_part(revision, ' (', 1) NOT IN (" + LiteralList(stamp.known) +
      ");\n    IF strangers IS NOT NULL THEN\n        RAISE EXCEPTION USING MESSAGE = " +
      QuoteLiteral(table + " holds revisions that this project does not know: ") +
      " || strangers;\n    END IF;\nEND\n";
  return "DO " + DollarQuote(body);
}

}  // namespace

std::string StampScript(const Stamp& stamp) {
  const std::string table = LedgerTableText(stamp.ledger_table);
  std::string script =
      CommentLines(stamp.title + "\nkeeps the books only: nothing else changes in the database");
  script += "\nBEGIN;\n" + CreateLedgerTable(table) + ";\n";
  if (!stamp.known.empty()) script += "\n" + GuardAgainstStrangers(stamp, table) + ";\n";
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
  return script + "COMMIT;\n";
}

std::string CurrentQuery(const std::string& ledger_table) {
  return CommentLines("what is applied; when the table is missing, nothing is") +
         "SELECT revision, checksum, applied_at FROM " + LedgerTableText(ledger_table) +
         " ORDER BY applied_at, revision;\n";
}

}  // namespace schemac::emitters
