#include "compiler/driver/tenant_history.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "compiler/driver/tenant_names.h"
#include "compiler/driver/words.h"
#include "compiler/verify/catalog_answer.h"

namespace schemac {
namespace {

using Json = nlohmann::ordered_json;

// What one table of applied revisions tells.
struct Standing {
  std::vector<std::size_t> at;  // The applied revisions on which no other applied one builds, in order.
  std::vector<std::string> unfinished;  // "0007_x (part 1 of 2)".
  std::vector<std::string> unknown;     // Rows that are none of this project's revisions.
};

struct Tenant {
  std::string name;
  bool listed = false;
  std::optional<Standing> standing;  // nullopt where the table may not be read.
};

struct Report {
  std::optional<Standing> shared;
  std::vector<Tenant> tenants;
  std::vector<std::string> missing;  // Listed, and without a table of applied revisions.
};

Standing StandingOf(const std::vector<std::string>& rows, const History& history) {
  std::map<std::string, std::size_t> by_id;
  for (std::size_t i = 0; i < history.revisions().size(); ++i) by_id.emplace(history.revisions()[i].id, i);
  Standing standing;
  std::set<std::size_t> applied;
  for (const std::string& row : rows) {
    const auto found = by_id.find(row);
    if (found != by_id.end()) {
      applied.insert(found->second);
      continue;
    }
    const std::size_t mark = row.find(" (");
    const bool begun = mark != std::string::npos && by_id.contains(row.substr(0, mark));
    (begun ? standing.unfinished : standing.unknown).push_back(OneLine(row));
  }
  std::ranges::copy_if(applied, std::back_inserter(standing.at), [&](std::size_t revision) {
    return std::ranges::none_of(history.ChildrenOf(revision),
                                [&](std::size_t child) { return applied.contains(child); });
  });
  return standing;
}

std::optional<Standing> StandingOf(const verify::AppliedTable& table, const History& history) {
  if (!table.revisions) return std::nullopt;
  return StandingOf(*table.revisions, history);
}

// The schema of the shared table: as the settings say, else where a name without schema is found first.
std::string SharedSchema(const std::string& ledger_table, const verify::AppliedAnswer& answer,
                         const std::string& name) {
  const std::size_t dot = ledger_table.find('.');
  if (dot != std::string::npos) return ledger_table.substr(0, dot);
  for (const std::string& schema : answer.search_path) {
    const bool stands = std::ranges::any_of(answer.tables, [&](const verify::AppliedTable& table) {
      return table.schema == schema && table.name == name;
    });
    if (stands) return schema;
  }
  return "public";
}

Report MakeReport(const verify::AppliedAnswer& answer, const std::string& ledger_table,
                  const History& history, const std::vector<std::string>& listed) {
  const std::string name = ledger_table.substr(ledger_table.find('.') + 1);
  const std::string shared = SharedSchema(ledger_table, answer, name);
  std::set<std::string> missing(listed.begin(), listed.end());
  Report report;
  for (const verify::AppliedTable& table : answer.tables) {
    if (table.name != name) continue;
    if (table.schema == shared) {
      report.shared = StandingOf(table, history);
    } else {
      const bool is_listed = std::ranges::find(listed, table.schema) != listed.end();
      report.tenants.push_back({table.schema, is_listed, StandingOf(table, history)});
      missing.erase(table.schema);
    }
  }
  report.missing = {missing.begin(), missing.end()};
  return report;
}

// As many names as a line shows.
std::string Named(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 10;
  const std::size_t shown = std::min(names.size(), kShown);
  std::string text =
      fmt::format("{}: {}", CountTenants(names.size()),
                  fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (names.size() > shown) text += fmt::format(" and {} more", names.size() - shown);
  return OneLine(text);
}

class Writer {
 public:
  Writer(Context& context, const History& history, const Report& report)
      : context_(context), history_(history), report_(report) {}

  void Text() {
    std::map<std::vector<std::size_t>, std::vector<std::string>> by_place;
    for (const Tenant& tenant : report_.tenants) {
      if (tenant.standing) by_place[tenant.standing->at].push_back(tenant.name);
    }
    if (report_.shared) by_place[report_.shared->at];
    for (const auto& [at, names] : by_place) {
      context_.out << Place(at) << "\n";
      if (report_.shared && report_.shared->at == at) context_.out << "  shared schemas\n";
      if (!names.empty()) context_.out << "  " << Named(names) << "\n";
    }
    if (by_place.empty()) context_.out << "no table of applied revisions\n";
    if (report_.shared) Oddities("shared schemas", *report_.shared);
    for (const Tenant& tenant : report_.tenants) {
      if (tenant.standing) Oddities("tenant " + tenant.name, *tenant.standing);
    }
    Aside("without a table of applied revisions", report_.missing);
    Aside("whose table may not be read", Names([](const Tenant& tenant) { return !tenant.standing; }));
    if (AnyListed())
      Aside("that the list does not name", Names([](const Tenant& tenant) { return !tenant.listed; }));
  }

  void AsJson() {
    Json tenants = Json::array();
    for (const Tenant& tenant : report_.tenants) {
      Json entry{{"tenant", tenant.name}, {"listed", tenant.listed}};
      entry.update(Rows(tenant.standing));
      tenants.push_back(std::move(entry));
    }
    const Json report{{"schema_version", 1},
                      {"shared", Rows(report_.shared)},
                      {"tenants", std::move(tenants)},
                      {"missing", report_.missing}};
    context_.out << report.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
  }

 private:
  [[nodiscard]] std::vector<std::string> Ids(const std::vector<std::size_t>& revisions) const {
    std::vector<std::string> ids;
    for (const std::size_t revision : revisions) ids.push_back(history_.revisions()[revision].id);
    return ids;
  }
  [[nodiscard]] std::string Place(const std::vector<std::size_t>& at) const {
    if (at.empty()) return "base: no revision is applied";
    if (at.size() > 1) return fmt::format("{}", fmt::join(Ids(at), " and "));
    const Revision& revision = history_.revisions()[at.front()];
    return OneLine(revision.id + (history_.ChildrenOf(at.front()).empty() ? " (head)" : "") +
                   (revision.message.empty() ? "" : ": " + revision.message));
  }
  [[nodiscard]] Json Rows(const std::optional<Standing>& standing) const {
    if (!standing) return {{"at", nullptr}, {"unfinished", nullptr}, {"unknown", nullptr}};
    return {{"at", Ids(standing->at)}, {"unfinished", standing->unfinished}, {"unknown", standing->unknown}};
  }
  void Oddities(const std::string& whose, const Standing& standing) {
    if (!standing.unfinished.empty())
      context_.out << fmt::format("{}: begun and not finished: {}\n", OneLine(whose),
                                  fmt::join(standing.unfinished, ", "));
    if (!standing.unknown.empty())
      context_.out << fmt::format("{}: revisions that this project does not know: {}\n", OneLine(whose),
                                  fmt::join(standing.unknown, ", "));
  }
  void Aside(const std::string& what, const std::vector<std::string>& names) {
    if (!names.empty()) context_.out << what << "\n  " << Named(names) << "\n";
  }
  template <typename Predicate>
  [[nodiscard]] std::vector<std::string> Names(const Predicate& wanted) const {
    std::vector<std::string> names;
    for (const Tenant& tenant : report_.tenants) {
      if (wanted(tenant)) names.push_back(tenant.name);
    }
    return names;
  }
  [[nodiscard]] bool AnyListed() const {
    return !report_.missing.empty() || std::ranges::any_of(report_.tenants, &Tenant::listed);
  }

  Context& context_;
  const History& history_;
  const Report& report_;
};

ErrorOr<std::string> ReadText(Context& context, const std::string& path) {
  if (path != "-") return context.files.Read(path);
  std::ostringstream text;
  text << context.environment.in.rdbuf();
  return text.str();
}

}  // namespace

void ListTenantHistory(Context& context, const Project& project, const History& history,
                       const std::string& file, bool json) {
  const ErrorOr<std::string> text = ReadText(context, file);
  if (!text) {
    context.Fail(text.error());
    return;
  }
  const ErrorOr<verify::AppliedAnswer> answer = verify::ReadApplied(*text);
  if (!answer) {
    context.FailIn(context.sources.Add(file, *text), answer.error());
    return;
  }
  const std::optional<std::vector<std::string>> listed = ListedTenants(context, project);
  if (!listed) return;
  const Report report = MakeReport(*answer, project.config.scripts.ledger_table, history, *listed);
  Writer writer(context, history, report);
  json ? writer.AsJson() : writer.Text();
}

}  // namespace schemac
