#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/block_text.h"
#include "compiler/driver/parts.h"
#include "compiler/support/quote.h"
#include "compiler/verify/queries.h"
#include "emitters/expression_text.h"
#include "emitters/layouts/header.h"
#include "emitters/layouts/ledger.h"

namespace schemac {
namespace {

// `ARRAY['a', 'b']::text[]`.
template <typename Texts>
std::string ArrayText(const Texts& texts) {
  std::vector<std::string> literals;
  for (const std::string& text : texts) literals.push_back(QuoteLiteral(text));
  return fmt::format("ARRAY[{}]::text[]", fmt::join(literals, ", "));
}

// The rows of `compared`, one for each object.
constexpr const char* kByObject =
    "objects AS (\n"
    "    SELECT object, bool_and(ok) AS done, bool_or(aspect = '' AND found IS NOT NULL) AS there,\n"
    "        string_agg(object || coalesce(' (' || nullif(aspect, '') || ')', '') || ': expected '\n"
    "          || coalesce(nullif(expected, ''), 'none') || ', found ' || coalesce(nullif(found, ''), "
    "'none'), '; '\n"
    "          ORDER BY n) FILTER (WHERE NOT ok) AS what\n"
    "      FROM compared GROUP BY object\n)\n";

class PartWriter {
 public:
  PartWriter(const Part& part, std::size_t number, std::size_t count, const PartOptions& options)
      : part_(part),
        name_(fmt::format("part {} of {}", number, count)),
        options_(options),
        table_(emitters::LedgerTableText(options.ledger_table)) {}

  std::string Run() {
    std::string text = emitters::CommentLines(name_ + ": " + part_.title);
    if (!part_.transaction) {
      text += emitters::CommentLines(
          "run by itself, outside of a transaction; the next part checks what came of it");
      const std::string& sql = part_.statements.front().sql;
      return text + sql + (emitters::EndsInLineComment(sql) ? "\n;\n" : ";\n");
    }
    text += emitters::CommentLines("all or nothing; a second run changes nothing");
    text += "DO " + DollarQuote(Body()) + ";\n";
    // A client that sends each statement by itself has forgotten the outcome; the ledger has not.
    return text + fmt::format(
                      "SELECT {} AS part, coalesce(nullif(current_setting('schemac.outcome', true), ''),\n"
                      "    (SELECT 'applied at ' || max(applied_at) FROM {} WHERE revision = ANY ({})), 'not "
                      "applied') AS "
                      "outcome;\n",
                      QuoteLiteral(name_ + ": " + part_.revision), table_, ArrayText(Own()));
  }

 private:
  std::string Body() {
    std::string body =
        "\n#variable_conflict use_column\nDECLARE\n    schemac_done text[] := '{}';\n"
        "    schemac_wrong text;\nBEGIN\n";
    if (!options_.lock_timeout.empty())
      body += "    SET LOCAL lock_timeout = " + QuoteLiteral(options_.lock_timeout) + ";\n";
    body += Turn() + Leaned() + Standing();
    for (std::size_t i = 0; i < part_.statements.size();) i = AppendUnit(i, body);
    return body + Books() + "END\n";
  }

  std::string Stop(const std::string& condition, const std::string& why) const {
    return fmt::format("    IF {} THEN\n        RAISE EXCEPTION USING MESSAGE = {} || {};\n    END IF;\n",
                       condition, QuoteLiteral(name_ + " stopped before any change: "), why);
  }

  // Whether it has been run, and whether those before it have.
  std::string Turn() const {
    std::string text;
    if (part_.first) {
      text += emitters::CreateLedgerTable(table_) + ";\n";
    } else {
      text += Stop("to_regclass(" + QuoteLiteral(table_) + ") IS NULL",
                   QuoteLiteral("this database has no table " + table_ + ": run the parts in their order"));
    }
    text += fmt::format(
        "    IF EXISTS (SELECT FROM {} WHERE revision = ANY ({})) THEN\n"
        "        PERFORM set_config('schemac.outcome', 'was applied already: nothing changed', true);\n"
        "        RETURN;\n    END IF;\n",
        table_, ArrayText(Own()));
    if (part_.needs.empty()) return text;
    text += fmt::format(
        "    SELECT string_agg(needed, ', ' ORDER BY needed) INTO schemac_wrong FROM unnest({}) needed\n"
        "      WHERE NOT EXISTS (SELECT FROM {} WHERE revision = needed);\n",
        ArrayText(part_.needs), table_);
    return text + Stop("schemac_wrong IS NOT NULL", "schemac_wrong || ' must be applied first'");
  }

  // What the parts without transaction should have done.
  std::string Leaned() const {
    if (part_.leaned.empty()) return "";
    return "    WITH " + verify::ComparedTables(part_.leaned, {}) + ",\n" + kByObject +
           "    SELECT string_agg(what, '; ') INTO schemac_wrong FROM objects WHERE NOT done;\n" +
           Stop("schemac_wrong IS NOT NULL",
                "'a part that runs outside of a transaction has not been run, or left this: ' || "
                "schemac_wrong");
  }

  // What stands there already.
  std::string Standing() const {
    if (part_.units.empty()) return "";
    std::string text = "    -- what stands already must be what was there before, or what this part makes\n";
    if (!part_.after.empty()) {
      text += "    WITH " + verify::ComparedTables(part_.after, {}) + ",\n" + kByObject +
              "    SELECT coalesce(array_agg(object) FILTER (WHERE done), '{}'),\n"
              "        string_agg(what, '; ') FILTER (WHERE there AND NOT done AND object = ANY (" +
              ArrayText(part_.created) + "))\n      INTO schemac_done, schemac_wrong FROM objects;\n";
    }
    if (!part_.before.empty()) {
      const std::string dropped = ArrayText(part_.dropped);
      text +=
          "    WITH " + verify::ComparedTables(part_.before, {}) + ",\n" + kByObject +
          "    SELECT schemac_done || coalesce(array_agg(object) FILTER (WHERE NOT there AND object = ANY (" +
          dropped +
          ")), '{}'),\n        nullif(concat_ws('; ', schemac_wrong, string_agg(what, '; ') FILTER (WHERE "
          "NOT done\n"
          "          AND object <> ALL (schemac_done) AND (there OR object <> ALL (" +
          dropped + ")))), '')\n      INTO schemac_done, schemac_wrong FROM objects;\n";
    }
    text += Stop("schemac_wrong IS NOT NULL", "schemac_wrong");
    return text + Halves();
  }

  // From here on `schemac_done` holds units.
  std::string Halves() const {
    std::vector<std::string> rows;
    for (const auto& [unit, object] : part_.units)
      rows.push_back(fmt::format("({}, {})", QuoteLiteral(unit), QuoteLiteral(object)));
    const std::string text = fmt::format(
        "    SELECT coalesce(array_agg(unit) FILTER (WHERE has = parts), '{{}}'),\n"
        "        string_agg(unit, ', ' ORDER BY unit) FILTER (WHERE has > 0 AND has < parts)\n"
        "      INTO schemac_done, schemac_wrong\n"
        "      FROM (SELECT unit, count(*) AS parts, count(*) FILTER (WHERE object = ANY (schemac_done)) AS "
        "has\n"
        "        FROM (VALUES {}) u(unit, object) GROUP BY unit) counted;\n",
        fmt::join(rows, ", "));
    return text + Stop("schemac_wrong IS NOT NULL",
                       "'of its changes, some are there and others not: ' || schemac_wrong");
  }

  // The statements about one unit that follow each other; where the next ones begin.
  std::size_t AppendUnit(std::size_t at, std::string& body) const {
    const std::string& unit = part_.statements[at].unit;
    const bool known = IsKnown(unit);
    const std::size_t indent = known ? 8 : 4;
    body += "\n";
    if (known) body += fmt::format("    IF {} <> ALL (schemac_done) THEN\n", QuoteLiteral(unit));
    for (; at < part_.statements.size() && part_.statements[at].unit == unit; ++at)
      AppendStatement(part_.statements[at], indent, known, body);
    if (known) body += "    END IF;\n";
    return at;
  }

  void AppendStatement(const PartStatement& statement, std::size_t indent, bool known,
                       std::string& body) const {
    if (statement.hand_written && !known && !part_.units.empty()) {
      body += Stop(
          "schemac_done <> '{}'",
          "'some of its changes are there already, and whether its own statements have been run cannot be "
          "told: ' || array_to_string(schemac_done, ', ')");
    }
    body += emitters::CommentLines(statement.comment);
    if (statement.sql.empty()) return;
    body += BlockStatement(statement.sql, statement.hand_written, indent);
  }

  std::string Books() const {
    std::string text = "\n";
    if (part_.last) {
      const std::string prefix = part_.revision + " (part ";
      text += fmt::format("    DELETE FROM {} WHERE left(revision, {}) = {};\n", table_, prefix.size(),
                          QuoteLiteral(prefix));
    }
    text += fmt::format("    INSERT INTO {} (revision, checksum) VALUES ({}, {});\n", table_,
                        QuoteLiteral(part_.last ? part_.revision : part_.mark),
                        QuoteLiteral(part_.last ? part_.checksum : "unfinished"));
    text += fmt::format("    PERFORM set_config('schemac.outcome', {}, true);\n", Outcome());
    return text;
  }

  // Whether all of it was there already can be told when each statement is about something that is compared.
  std::string Outcome() const {
    const bool all_known = std::ranges::all_of(
        part_.statements, [&](const PartStatement& statement) { return IsKnown(statement.unit); });
    if (part_.units.empty() || !all_known) return "'applied'";
    return fmt::format(
        "CASE WHEN {} <@ schemac_done THEN 'all of it was there already: booked, nothing else changed' "
        "ELSE 'applied' END",
        ArrayText(Units()));
  }

  [[nodiscard]] bool IsKnown(const std::string& unit) const {
    return std::ranges::any_of(part_.units, [&](const auto& known) { return known.first == unit; });
  }

  // The rows of the ledger either of which says that the part is done.
  [[nodiscard]] std::vector<std::string> Own() const {
    std::vector<std::string> own{part_.revision};
    if (!part_.mark.empty()) own.push_back(part_.mark);
    return own;
  }

  [[nodiscard]] std::set<std::string> Units() const {
    std::set<std::string> units;
    for (const auto& [unit, object] : part_.units) units.insert(unit);
    return units;
  }

  const Part& part_;
  std::string name_;
  const PartOptions& options_;
  std::string table_;
};

}  // namespace

std::string PartText(const Part& part, std::size_t number, std::size_t count, const PartOptions& options) {
  return PartWriter(part, number, count, options).Run();
}

}  // namespace schemac
