#include <algorithm>
#include <map>
#include <optional>

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

// The rows of `compared`, one for each object. With `split`, an object of both states has two: `former` is
// the one that the facts behind `split` are about.
std::string ByObject(std::optional<std::size_t> split = std::nullopt) {
  const std::string former = split ? fmt::format("n > {}", *split) : "";
  return fmt::format(
      "objects AS (\n"
      "    SELECT object, {}bool_and(ok) AS done, bool_or(aspect = '' AND found IS NOT NULL) AS there,\n"
      "        string_agg(object || coalesce(' (' || nullif(aspect, '') || ')', '') || ': expected '\n"
      "          || coalesce(nullif(expected, ''), 'none') || ', found ' || coalesce(nullif(found, ''), "
      "'none'), '; '\n"
      "          ORDER BY n) FILTER (WHERE NOT ok) AS what\n"
      "      FROM compared GROUP BY object{}\n)\n",
      split ? former + " AS former, " : "", split ? ", " + former : "");
}

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
    if (part_.batch_rows > 0)
      return text +
             emitters::CommentLines(fmt::format(
                 "{} rows at a time, each time in a transaction: run it by itself", part_.batch_rows)) +
             "DO " + DollarQuote(Batches()) + ";\n";
    text += emitters::CommentLines("all or nothing; a second run changes nothing");
    const bool apart = options_.among_others && part_.adds_labels;
    if (apart) {
      text +=
          emitters::CommentLines("committed before the next part, which may use the labels that it adds") +
          "BEGIN;\n";
    }
    text += "DO " + DollarQuote(Body()) + ";\n" + Report();
    return apart ? text + "COMMIT;\n" : text;
  }

 private:
  // A client that sends each statement by itself has forgotten the outcome; the ledger has not.
  std::string Report() const {
    return fmt::format(
        "SELECT {} AS part, coalesce(nullif(current_setting('schemac.outcome', true), ''),\n"
        "    (SELECT 'applied at ' || max(applied_at) FROM {} WHERE revision = ANY ({})), 'not "
        "applied') AS "
        "outcome;\n",
        QuoteLiteral(name_ + ": " + part_.revision), table_, ArrayText(Own()));
  }

  std::string Body() {
    std::string body =
        "\n#variable_conflict use_column\nDECLARE\n    schemac_done text[] := '{}';\n"
        "    schemac_wrong text;\nBEGIN\n";
    if (!options_.lock_timeout.empty())
      body += "    SET LOCAL lock_timeout = " + QuoteLiteral(options_.lock_timeout) + ";\n";
    body += Turn() + Leaned() + Standing();
    if (!part_.leaned.empty() || !part_.units.empty())
      body += "    -- all is as it should be: here the changes begin\n";
    for (std::size_t i = 0; i < part_.statements.size();) i = AppendUnit(i, body);
    return body + Books() + "END\n";
  }

  // As many rounds as the rows that are there need, and no more: where the value itself is NULL, another
  // round would find the same rows.
  std::string Batches() const {
    const PartStatement& statement = part_.statements.front();
    std::string body =
        "\n#variable_conflict use_column\nDECLARE\n    schemac_rounds bigint;\n    schemac_wrong "
        "text;\nBEGIN\n";
    body += Turn();
    body += fmt::format("    SELECT (count(*) + {0} - 1) / {0} INTO schemac_rounds FROM {1};\n",
                        part_.batch_rows, part_.batch_from);
    body += "    FOR schemac_round IN 1 .. schemac_rounds LOOP\n";
    if (!options_.lock_timeout.empty())
      body += "        SET LOCAL lock_timeout = " + QuoteLiteral(options_.lock_timeout) + ";\n";
    body += emitters::CommentLines(statement.comment);
    body += BlockStatement(fmt::format("{}\n          AND ctid = ANY (ARRAY(SELECT ctid FROM {} LIMIT {}))",
                                       statement.sql, part_.batch_from, part_.batch_rows),
                           false, 8);
    body += "        COMMIT;\n    END LOOP;\n";
    return body + fmt::format("    INSERT INTO {} (revision, checksum) VALUES ({}, 'unfinished');\nEND\n",
                              table_, QuoteLiteral(part_.mark));
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
      for (const std::string& statement : part_.also_create) text += statement + ";\n";
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
    return "    WITH " + verify::ComparedTables(part_.leaned, {}) + ",\n" + ByObject() +
           "    SELECT string_agg(what, '; ') INTO schemac_wrong FROM objects WHERE NOT done;\n" +
           Stop("schemac_wrong IS NOT NULL",
                "'a part that runs outside of a transaction has not been run, or left this: ' || "
                "schemac_wrong");
  }

  // What stands there already.
  std::string Standing() const {
    if (part_.units.empty()) return "";
    std::vector<verify::Fact> facts = part_.after;
    facts.insert(facts.end(), part_.before.begin(), part_.before.end());
    std::string text = "    -- what stands already must be what was there before, or what this part makes\n";
    if (part_.before.empty()) {
      // All of it is created here.
      text += "    WITH " + verify::ComparedTables(facts, {}) + ",\n" + ByObject() +
              "    SELECT coalesce(array_agg(object) FILTER (WHERE done), '{}'),\n"
              "        string_agg(what, '; ') FILTER (WHERE there AND NOT done)\n"
              "      INTO schemac_done, schemac_wrong FROM objects;\n";
    } else {
      const std::string created = ArrayText(part_.created);
      const std::string dropped = ArrayText(part_.dropped);
      verify::Comparison both;
      both.split = part_.after.size();
      text +=
          "    WITH " + verify::ComparedTables(facts, both) + ",\n" + ByObject(part_.after.size()) +
          "    SELECT coalesce(array_agg(o.object) FILTER (WHERE CASE WHEN o.former THEN NOT o.there AND "
          "o.object = "
          "ANY (" +
          dropped +
          ") ELSE o.done END), '{}'),\n"
          "        string_agg(o.what, '; ') FILTER (WHERE NOT o.done AND CASE WHEN o.former\n"
          "          THEN a.object IS NULL AND (o.there OR o.object <> ALL (" +
          dropped + "))\n          ELSE o.there AND o.object = ANY (" + created +
          ") END)\n      INTO schemac_done, schemac_wrong\n"
          "      FROM objects o LEFT JOIN objects a ON a.object = o.object AND a.done AND NOT a.former;\n";
    }
    text += Stop("schemac_wrong IS NOT NULL", "schemac_wrong");
    return text + Halves();
  }

  // From here on `schemac_done` holds units.
  std::string Halves() const {
    std::map<std::string, std::vector<std::string>> objects;
    for (const auto& [unit, object] : part_.units) objects[unit].push_back(object);
    std::vector<std::string> rows;
    for (const auto& [unit, of_unit] : objects)
      rows.push_back(fmt::format("({}, {})", QuoteLiteral(unit), ArrayText(of_unit)));
    const std::string text = fmt::format(
        "    SELECT coalesce(array_agg(unit) FILTER (WHERE objects <@ schemac_done), '{{}}'),\n"
        "        string_agg(unit, ', ' ORDER BY unit) FILTER (WHERE objects && schemac_done AND NOT objects "
        "<@ "
        "schemac_done)\n"
        "      INTO schemac_done, schemac_wrong\n"
        "      FROM (VALUES\n        {}) u(unit, objects);\n",
        fmt::join(rows, ",\n        "));
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
    for (const std::string& statement : part_.also_close) text += BlockStatement(statement, false, 4);
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
