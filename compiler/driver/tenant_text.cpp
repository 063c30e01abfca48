#include "compiler/driver/tenant_text.h"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/block_text.h"
#include "compiler/history/tenant_state.h"
#include "compiler/support/quote.h"
#include "emitters/layouts/header.h"
#include "emitters/layouts/ledger.h"

namespace schemac {
namespace {

constexpr std::string_view kPlace = "\xEE\x80\x81";  // U+E001.

class UnitWriter {
 public:
  UnitWriter(const TenantUnit& unit, const std::vector<std::string>& tenants, const TenantOptions& options)
      : unit_(unit),
        tenants_(tenants),
        options_(options),
        shared_(emitters::LedgerTableText(options.ledger_table)),
        own_(unit.of_tenant ? TenantLedger() : shared_),
        name_(fmt::format("{}{}: {}", unit.revision, unit.down ? ", way back" : "",
                          unit.of_tenant ? fmt::format("tenant {} ({})", kAnyTenant, kPlace)
                                         : std::string("shared schemas"))) {}

  std::string Run() const {
    if (!unit_.transaction) return Comments() + unit_.statements.front().sql + ";\n";
    std::string body = "\n#variable_conflict use_column\n";
    if (unit_.tenants_before)
      body += fmt::format("DECLARE\n    tenant text;\n    {} boolean;\n", unit_.down ? "here" : "done");
    body += "BEGIN\n";
    if (!options_.lock_timeout.empty())
      body += fmt::format("    SET LOCAL lock_timeout = {};\n", QuoteLiteral(options_.lock_timeout));
    body += unit_.down ? Undone() + BackNeeds() : Ledger() + BackIsNotBegun() + Done() + Needs();
    for (const emitters::Stop& stop : unit_.stops) body += emitters::StopText(stop);
    // The books are in the schema that goes.
    if (unit_.drops_schema) body += fmt::format("    DROP TABLE {};\n", own_);
    for (std::size_t i = 0; i < unit_.statements.size(); ++i) {
      const emitters::Statement& statement = unit_.statements[i];
      body += (statement.comment.empty() ? "" : "\n") + emitters::CommentLines(statement.comment);
      if (!statement.sql.empty()) body += BlockStatement(statement.sql, unit_.hand_written[i], 4);
    }
    return "DO " + DollarQuote(body + (unit_.down ? BackBooks() : Books()) + "END\n") + ";\n";
  }

 private:
  [[nodiscard]] std::string TenantLedger() const { return QuoteQualified(kAnyTenant, LedgerName()); }

  // Without its schema.
  [[nodiscard]] std::string LedgerName() const {
    const std::size_t dot = options_.ledger_table.find('.');
    return dot == std::string::npos ? options_.ledger_table : options_.ledger_table.substr(dot + 1);
  }

  [[nodiscard]] std::string Comments() const {
    return emitters::CommentLines(unit_.statements.front().comment);
  }

  static std::string Exists(const std::string& table, const UnitMark& mark) {
    const std::string rows = mark.mark == mark.revision ? "= " + QuoteLiteral(mark.revision)
                                                        : fmt::format("IN ({}, {})", QuoteLiteral(mark.mark),
                                                                      QuoteLiteral(mark.revision));
    return fmt::format("EXISTS (SELECT FROM {} WHERE revision {})", table, rows);
  }

  [[nodiscard]] std::string Stop(const std::string& condition, const std::string& message) const {
    return emitters::StopText({condition, fmt::format("{} stopped before any change: {}", name_, message)});
  }

  // The table of what is applied: made by the first revision, or with the schema of a tenant.
  [[nodiscard]] std::string Ledger() const {
    if (!unit_.of_tenant && unit_.revises.empty() && !unit_.before)
      return "    " + emitters::CreateLedgerTable(shared_) + ";\n";
    if (unit_.makes_schema) return "";
    return Stop(fmt::format("to_regclass({}) IS NULL", QuoteLiteral(own_)),
                unit_.of_tenant
                    ? "this schema has no table of applied revisions: it was not made by the first one"
                    : fmt::format("this database has no table {}", shared_));
  }

  [[nodiscard]] std::string Done() const {
    std::string text =
        fmt::format("IF {} THEN\n        RAISE NOTICE USING MESSAGE = {};\n        RETURN;\n    END IF;\n",
                    Exists(own_, unit_.own), QuoteLiteral(name_ + " was done already"));
    // Looked into only where it is: PL/pgSQL plans a condition when it comes to it.
    if (unit_.makes_schema)
      return fmt::format("    IF to_regclass({}) IS NOT NULL THEN\n    {}    END IF;\n", QuoteLiteral(own_),
                         text);
    return "    " + text;
  }

  [[nodiscard]] std::string Needs() const {
    std::string text;
    if (!unit_.makes_schema) {
      for (const std::string& parent : unit_.revises)
        text += Stop("NOT " + Exists(own_, {parent, parent}), parent + " must be applied first");
      if (unit_.before)
        text += Stop("NOT " + Exists(own_, *unit_.before), unit_.before->mark + " must be applied first");
    }
    if (unit_.shared_before) {
      text += Stop(fmt::format("to_regclass({}) IS NULL", QuoteLiteral(shared_)),
                   fmt::format("this database has no table {}", shared_));
      text += Stop("NOT " + Exists(shared_, *unit_.shared_before),
                   unit_.shared_before->mark + " must be applied to the shared schemas first");
      text += NotBegun(shared_);
    }
    if (unit_.tenants_before) text += EveryTenant();
    return text;
  }

  // A shared unit that takes away what tenants built on waits for all of them.
  [[nodiscard]] std::string EveryTenant() const {
    std::vector<std::string> names;
    for (const std::string& tenant : tenants_) names.push_back(QuoteLiteral(tenant));
    const std::string table = QuoteIdentifier(LedgerName());
    return fmt::format(
        "    FOREACH tenant IN ARRAY ARRAY[{}]::text[] LOOP\n"
        "        EXECUTE format('SELECT EXISTS (SELECT FROM %I.{} WHERE revision IN (%L, %L))', tenant, {}, "
        "{}) "
        "INTO done;\n"
        "        IF NOT done THEN\n"
        "            RAISE EXCEPTION USING MESSAGE = {} || tenant;\n        END IF;\n    END LOOP;\n",
        fmt::join(names, ", "), table, QuoteLiteral(unit_.tenants_before->mark), QuoteLiteral(unit_.revision),
        QuoteLiteral(name_ + " stopped before any change: it waits for tenant "));
  }

  [[nodiscard]] std::string Books() const {
    std::string text = "\n";
    if (unit_.makes_schema) text += "    " + emitters::CreateLedgerTable(own_) + ";\n";
    const bool last = unit_.own.mark == unit_.revision;
    if (last) {
      const std::string prefix = unit_.revision + " (part ";
      text += fmt::format("    DELETE FROM {} WHERE left(revision, {}) = {};\n", own_, prefix.size(),
                          QuoteLiteral(prefix));
    }
    text += fmt::format("    INSERT INTO {} (revision, checksum) VALUES ({}, {});\n", own_,
                        QuoteLiteral(unit_.own.mark), QuoteLiteral(last ? unit_.checksum : "unfinished"));
    return text + fmt::format("    RAISE NOTICE USING MESSAGE = {};\n", QuoteLiteral(name_ + " done"));
  }

  // Half-way back, a revision has its row still.
  [[nodiscard]] std::string NotBegun(const std::string& table) const {
    return Stop(fmt::format("EXISTS (SELECT FROM {} WHERE {})", table, PartRows("downgrade, ")),
                fmt::format("the way back from {} was begun and is not finished", unit_.revision));
  }
  [[nodiscard]] std::string BackIsNotBegun() const { return unit_.makes_schema ? "" : NotBegun(own_); }

  [[nodiscard]] std::string Pass(const std::string& condition, const std::string& message) const {
    return fmt::format(
        "    IF {} THEN\n        RAISE NOTICE USING MESSAGE = {};\n        RETURN;\n    END IF;\n", condition,
        QuoteLiteral(name_ + " " + message));
  }

  // Rows that say how far the revision is in this direction: "0002_x (part 1 of 2)".
  [[nodiscard]] std::string PartRows(const std::string& label) const {
    const std::string prefix = fmt::format("{} ({}part ", unit_.revision, label);
    return fmt::format("left(revision, {}) = {}", prefix.size(), QuoteLiteral(prefix));
  }

  // On the way back the revision's row goes last: where it is gone, so is all the rest.
  [[nodiscard]] std::string Undone() const {
    const std::string no_table = fmt::format("to_regclass({}) IS NULL", QuoteLiteral(own_));
    std::string text = unit_.of_tenant
                           ? Pass(no_table, "has no table of applied revisions: nothing to undo")
                           : Stop(no_table, fmt::format("this database has no table {}", shared_));
    const UnitMark row{unit_.revision, unit_.revision};
    text += Stop(fmt::format("EXISTS (SELECT FROM {} WHERE {})", own_, PartRows("")),
                 fmt::format("{} was begun and is not finished", unit_.revision));
    text += Pass("NOT " + Exists(own_, row), "was undone already, or never applied");
    if (unit_.own.mark != unit_.revision) text += Pass(HasMark(own_, unit_.own), "was undone already");
    return text;
  }

  [[nodiscard]] static std::string HasMark(const std::string& table, const UnitMark& mark) {
    return fmt::format("EXISTS (SELECT FROM {} WHERE revision = {})", table, QuoteLiteral(mark.mark));
  }

  [[nodiscard]] std::string BackNeeds() const {
    std::string text;
    for (const std::string& child : unit_.revised_by)
      text += Stop(Exists(own_, {child, child}), child + " must be undone first");
    if (unit_.before)
      text += Stop("NOT " + HasMark(own_, *unit_.before), unit_.before->mark + " must be done first");
    if (unit_.shared_before) {
      text += Stop(fmt::format("to_regclass({}) IS NULL", QuoteLiteral(shared_)),
                   fmt::format("this database has no table {}", shared_));
      text += Stop("NOT " + HasMark(shared_, *unit_.shared_before),
                   unit_.shared_before->mark + " must be done in the shared schemas first");
    }
    if (unit_.tenants_before) text += NoTenantLeft();
    return text;
  }

  // Whoever still has the revision, listed or not, builds on what is shared.
  [[nodiscard]] std::string NoTenantLeft() const {
    const bool whole = unit_.tenants_before->mark == unit_.revision;
    const std::string format =
        fmt::format("SELECT EXISTS (SELECT FROM %1$I.%2$I WHERE revision = %3$L{})",
                    whole ? "" : " AND NOT EXISTS (SELECT FROM %1$I.%2$I WHERE revision = %4$L)");
    return fmt::format(
        "    FOR tenant IN SELECT n.nspname FROM pg_catalog.pg_class c\n"
        "        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace\n"
        "        WHERE c.relname = {0} AND c.relkind = 'r' AND c.oid <> to_regclass({1}) ORDER BY n.nspname\n"
        "    LOOP\n"
        "        EXECUTE format('{2}', tenant, {0}, {3}, {4}) INTO here;\n"
        "        IF here THEN\n"
        "            RAISE EXCEPTION USING MESSAGE = {5} || tenant;\n        END IF;\n    END LOOP;\n",
        QuoteLiteral(LedgerName()), QuoteLiteral(shared_), format, QuoteLiteral(unit_.revision),
        QuoteLiteral(unit_.tenants_before->mark),
        QuoteLiteral(name_ + " stopped before any change: it waits for tenant "));
  }

  [[nodiscard]] std::string BackBooks() const {
    std::string text = "\n";
    if (unit_.own.mark != unit_.revision) {
      text += fmt::format("    INSERT INTO {} (revision, checksum) VALUES ({}, 'unfinished');\n", own_,
                          QuoteLiteral(unit_.own.mark));
    } else if (!unit_.drops_schema) {
      text += fmt::format("    DELETE FROM {} WHERE revision = {} OR {};\n", own_,
                          QuoteLiteral(unit_.revision), PartRows("downgrade, "));
    }
    return text + fmt::format("    RAISE NOTICE USING MESSAGE = {};\n", QuoteLiteral(name_ + " done"));
  }

  const TenantUnit& unit_;
  const std::vector<std::string>& tenants_;
  const TenantOptions& options_;
  std::string shared_;
  std::string own_;
  std::string name_;
};

}  // namespace

TenantText::TenantText(std::string_view text) {
  const std::string quoted = QuoteIdentifier(kAnyTenant);
  std::size_t begin = 0;
  while (true) {
    const std::size_t found = std::min(text.find(kAnyTenant, begin), text.find(kPlace, begin));
    Piece piece{std::string(text.substr(begin, found - begin)), Hole::End};
    if (found == std::string_view::npos) {
      pieces_.push_back(std::move(piece));
      return;
    }
    begin = found + kAnyTenant.size();
    if (text.substr(found, kPlace.size()) == kPlace) {
      piece.hole = Hole::Place;
    } else if (found > 0 && text.substr(found - 1, quoted.size()) == quoted) {
      piece.text.pop_back();
      ++begin;
      piece.hole = Hole::Identifier;
    } else {
      piece.hole = Hole::Name;
    }
    pieces_.push_back(std::move(piece));
  }
}

void TenantText::Write(std::string_view tenant, std::string_view place, std::ostream& out) const {
  const std::string identifier = QuoteIdentifier(tenant);
  for (const Piece& piece : pieces_) {
    out << piece.text;
    switch (piece.hole) {
      case Hole::Identifier:
        out << identifier;
        break;
      case Hole::Name:
        out << tenant;
        break;
      case Hole::Place:
        out << place;
        break;
      case Hole::End:
        break;
    }
  }
}

std::string TenantText::For(std::string_view tenant, std::string_view place) const {
  std::ostringstream out;
  Write(tenant, place, out);
  return out.str();
}

std::string TenantNameFault(std::string_view name) {
  if (name.empty()) return "is empty";
  if (name.size() > kLongestIdentifier) return "is longer than the 63 bytes that PostgreSQL keeps";
  if (name.starts_with("pg_")) return "begins with pg_, which PostgreSQL keeps for itself";
  const bool plain = std::ranges::all_of(name, [](char byte) {
    return static_cast<unsigned char>(byte) >= ' ' && byte != 127 &&
           std::string_view("'\"\\$").find(byte) == std::string_view::npos;
  });
  if (!plain || name.find(kAnyTenant) != std::string_view::npos ||
      name.find(kPlace) != std::string_view::npos)
    return "holds a quote, a dollar, a backslash or a control character";
  return "";
}

std::string UnitText(const TenantUnit& unit, const std::vector<std::string>& tenants,
                     const TenantOptions& options) {
  return UnitWriter(unit, tenants, options).Run();
}

}  // namespace schemac
