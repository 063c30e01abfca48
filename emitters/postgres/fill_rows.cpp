#include <fmt/format.h>

#include "compiler/support/quote.h"
#include "emitters/expression_text.h"
#include "emitters/postgres/spelling.h"

namespace schemac::emitters::postgres {
namespace {

// Few enough that a writer who waits for a row of theirs hardly notices.
constexpr int kPagesOfRound = 8;

// How many pages there are; of the largest relation where others inherit.
std::string PageCount(const plan::UpdateRows& step) {
  const std::string table = QuoteLiteral(QuoteQualified(step.table.schema, step.table.name));
  const std::string_view per_page = "current_setting('block_size')::bigint";
  if (!step.descendants) return fmt::format("pg_relation_size({}) / {}", table, per_page);
  return fmt::format(
      "(WITH RECURSIVE schemac_tree(relation) AS (\n"
      "                SELECT {}::regclass::oid\n"
      "                UNION ALL\n"
      "                SELECT inhrelid FROM pg_inherits JOIN schemac_tree ON inhparent = relation)\n"
      "              SELECT max(pg_relation_size(relation)) / {} FROM schemac_tree)",
      table, per_page);
}

}  // namespace

// Page by page, since a search for rows without the value would read those that have it again and again. A
// row that others update meanwhile may move behind the place that was reached: pages are gone through again
// until there is nothing left to fill, or as much as the time before, which is where the value itself is
// NULL.
Block FillByPages(const plan::UpdateRows& step) {
  const std::string column = QuoteIdentifier(step.column);
  const std::string value = step.value.text + (EndsInLineComment(step.value.text) ? "\n" : "");
  Block block;
  block.start =
      "\n#variable_conflict use_column\n"
      "DECLARE\n"
      "    schemac_page bigint;\n"
      "    schemac_pages bigint;\n"
      "    schemac_rows bigint;\n"
      "    schemac_filled bigint;\n"
      "    schemac_before bigint;\n"
      "BEGIN\n"
      "    LOOP\n"
      "        schemac_page := 0;\n"
      "        schemac_filled := 0;\n"
      "        LOOP\n";
  block.rest = fmt::format(
      "            schemac_pages := {0};\n"
      "            EXIT WHEN schemac_page > schemac_pages;\n"
      "            UPDATE {1} SET {2} = {3}\n"
      "              WHERE {2} IS NULL\n"
      "                AND ctid >= format('(%s,0)', schemac_page)::tid\n"
      "                AND ctid < format('(%s,0)', schemac_page + {4})::tid;\n"
      "            GET DIAGNOSTICS schemac_rows = ROW_COUNT;\n"
      "            schemac_filled := schemac_filled + schemac_rows;\n"
      "            schemac_page := schemac_page + {4};\n"
      "            COMMIT;\n"
      "        END LOOP;\n"
      "        EXIT WHEN schemac_filled = 0 OR schemac_filled >= schemac_before;\n"
      "        schemac_before := schemac_filled;\n"
      "    END LOOP;\n",
      PageCount(step), QuoteQualified(step.table.schema, step.table.name), column, value, kPagesOfRound);
  return block;
}

}  // namespace schemac::emitters::postgres
