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
constexpr std::size_t kLongestName = 63;

class UnitWriter {
 public:
  UnitWriter(const TenantUnit& unit, const std::vector<std::string>& tenants, const TenantOptions& options)
      : unit_(unit),
        tenants_(tenants),
        options_(options),
        shared_(emitters::LedgerTableText(options.ledger_table)),
        own_(unit.of_tenant ? TenantLedger() : shared_),
        name_(unit.of_tenant ? fmt::format("{}: tenant {} ({})", unit.revision, kAnyTenant, kPlace)
                             : fmt::format("{}: shared schemas", unit.revision)) {}

  std::string Run() const {
    if (!unit_.transaction) return Comments() + unit_.statements.front().sql + ";\n";
    std::string body = "\n#variable_conflict use_column\n";
    if (unit_.tenants_before) body += "DECLARE\n    tenant text;\n    done boolean;\n";
    body += "BEGIN\n";
    if (!options_.lock_timeout.empty())
      body += fmt::format("    SET LOCAL lock_timeout = {};\n", QuoteLiteral(options_.lock_timeout));
    body += Ledger() + Done() + Needs();
    for (const emitters::Stop& stop : unit_.stops) body += emitters::StopText(stop);
    for (std::size_t i = 0; i < unit_.statements.size(); ++i) {
      const emitters::Statement& statement = unit_.statements[i];
      body += (statement.comment.empty() ? "" : "\n") + emitters::CommentLines(statement.comment);
      if (!statement.sql.empty()) body += BlockStatement(statement.sql, unit_.hand_written[i], 4);
    }
    return "DO " + DollarQuote(body + Books() + "END\n") + ";\n";
  }

 private:
  [[nodiscard]] std::string TenantLedger() const {
    const std::size_t dot = options_.ledger_table.find('.');
    return QuoteQualified(
        kAnyTenant, dot == std::string::npos ? options_.ledger_table : options_.ledger_table.substr(dot + 1));
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
    }
    if (unit_.tenants_before) text += EveryTenant();
    return text;
  }

  // A shared unit that takes away what tenants built on waits for all of them.
  [[nodiscard]] std::string EveryTenant() const {
    std::vector<std::string> names;
    for (const std::string& tenant : tenants_) names.push_back(QuoteLiteral(tenant));
    const std::size_t dot = options_.ledger_table.find('.');
    const std::string table = QuoteIdentifier(
        dot == std::string::npos ? options_.ledger_table : options_.ledger_table.substr(dot + 1));
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
  if (name.size() > kLongestName) return "is longer than the 63 bytes that PostgreSQL keeps";
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
