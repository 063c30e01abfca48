#include "emitters/layouts/layout_parts.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace schemac::emitters {
namespace {

constexpr unsigned long long kPartNumbers = 100;

// A failed build leaves an invalid index behind, and a tool that has booked the file before runs only this
// one again: then "already exists" stops it, where IF NOT EXISTS would take the ruin for the index.
void BuildForSure(Statement& statement) {
  constexpr std::string_view kCreate = "CONCURRENTLY IF NOT EXISTS";
  const std::size_t found = statement.sql.find(kCreate);
  if (!statement.sql.starts_with("CREATE ") || found == std::string::npos || found > 24) return;
  statement.sql.replace(found, kCreate.size(), "CONCURRENTLY");
}

bool IsSeparate(const PartPair& pair) {
  return pair.up != nullptr && pair.down != nullptr && pair.up->transaction != pair.down->transaction;
}

}  // namespace

const std::vector<Layout>& Layouts() {
  static const std::vector<Layout> layouts = [] {
    std::vector<Layout> all;
    all.push_back({.name = "alembic", .folder = "alembic/versions"});
    all.push_back({.name = "dbmate",
                   .folder = "db/migrations",
                   .names = FileNames::Numbered,
                   .own_transaction = false,
                   .up = ".sql",
                   .down = ".sql",
                   .up_mark = "-- migrate:up",
                   .down_mark = "-- migrate:down",
                   .reserved = "-- migrate:",
                   .alone_mark = " transaction:false"});
    all.push_back({.name = "flyway",
                   .folder = "db/migration",
                   .names = FileNames::Flyway,
                   .own_transaction = false,
                   .up_prefix = "V",
                   .up = ".sql",
                   .down_prefix = "U",
                   .down = ".sql"});
    all.push_back({.name = "golang-migrate", .folder = "db/migrations", .names = FileNames::Numbered});
    all.push_back({.name = "goose",
                   .folder = "db/migrations",
                   .names = FileNames::Numbered,
                   .own_transaction = false,
                   .up = ".sql",
                   .down = ".sql",
                   .up_mark = "-- +goose Up",
                   .down_mark = "-- +goose Down",
                   .reserved = "-- +goose",
                   .alone_header = "-- +goose NO TRANSACTION",
                   .statement_begin = "-- +goose StatementBegin\n",
                   .statement_end = "-- +goose StatementEnd\n"});
    all.push_back({.name = "plain", .folder = "sql", .splits = false, .up = ".sql"});
    all.push_back({.name = "rails", .folder = "db/migrate", .names = FileNames::BySlug});
    all.push_back({.name = "sqitch",
                   .folder = "",
                   .splits = false,
                   .up_prefix = "deploy/",
                   .up = ".sql",
                   .down_prefix = "revert/",
                   .down = ".sql"});
    all.push_back({.name = "supabase",
                   .folder = "supabase/migrations",
                   .names = FileNames::Numbered,
                   .own_transaction = false,
                   .up = ".sql",
                   .down = ""});
    return all;
  }();
  return layouts;
}

const Layout& LayoutNamed(std::string_view name) {
  return *std::ranges::find(Layouts(), name, &Layout::name);
}

std::vector<ScriptPart> PartsOf(const Script& script) {
  std::vector<ScriptPart> parts;
  const auto add = [&parts](bool transaction, std::vector<Statement> statements) {
    ScriptPart part;
    part.transaction = transaction;
    part.empty = std::ranges::all_of(statements, [](const Statement& it) { return it.sql.empty(); });
    part.batch = {transaction, std::move(statements)};
    parts.push_back(std::move(part));
  };
  for (const Batch& batch : script) {
    if (batch.transaction) {
      add(true, batch.statements);
      continue;
    }
    for (Statement statement : batch.statements) {
      BuildForSure(statement);
      add(false, {std::move(statement)});
    }
  }
  return parts;
}

// The first part down goes with the highest part up that it can: parts above it have nothing to undo, so that
// a step back and forth again repeats only what may be run twice.
std::vector<PartPair> PairParts(const std::vector<ScriptPart>& up, const std::vector<ScriptPart>& down,
                                bool same_kind) {
  std::vector<PartPair> pairs(std::max({up.size(), down.size(), std::size_t{1}}));
  for (std::size_t i = 0; i < up.size(); ++i) pairs[i].up = &up[i];
  for (std::size_t i = 0; i < down.size(); ++i) pairs[down.size() - 1 - i].down = &down[i];
  if (!same_kind || std::ranges::none_of(pairs, IsSeparate)) return pairs;
  pairs.clear();
  for (auto it = down.rbegin(); it != down.rend(); ++it) pairs.push_back({nullptr, &*it});
  for (const ScriptPart& part : up) pairs.push_back({&part, nullptr});
  return pairs;
}

std::string NumberOf(std::string_view id) {
  const auto* const end = std::ranges::find_if(id, [](char byte) { return byte < '0' || byte > '9'; });
  // d6d022bcff3b is no number, nor is 6d022bcff3bd.
  const bool ends = end == id.end() || *end == '_' || *end == '-' || *end == '.';
  return ends ? std::string(id.begin(), end) : "";
}

std::string SlugOf(std::string_view id) {
  std::string_view rest = id.substr(NumberOf(id).size());
  rest.remove_prefix(std::min(rest.find_first_not_of("_-."), rest.size()));
  return rest.empty() ? "revision" : std::string(rest);
}

std::string VersionOf(const Layout& layout, std::string_view id, std::size_t part, std::size_t count) {
  const std::string number = NumberOf(id);
  if (layout.names == FileNames::Numbered) {
    const unsigned long long last = std::stoull(number) * kPartNumbers;
    return fmt::format("{:0{}}", last - (count - 1 - part), number.size() + 2);
  }
  if (layout.names == FileNames::Flyway && count > 1) return fmt::format("{}.{}", number, part + 1);
  if (layout.name == "alembic") return AlembicId(id);
  return layout.names == FileNames::ById ? std::string(id) : number;
}

std::string StemOf(const Layout& layout, std::string_view id, std::size_t part, std::size_t count) {
  const std::string version = VersionOf(layout, id, part, count);
  const std::string step = count > 1 ? fmt::format(".{:02}", part + 1) : "";
  switch (layout.names) {
    case FileNames::Numbered:
      return fmt::format("{}_{}", version, SlugOf(id));
    case FileNames::Flyway:
      return fmt::format("{}__{}", version, SlugOf(id));
    case FileNames::ById:
      return std::string(id) + step;
    case FileNames::BySlug:
      break;
  }
  std::string slug = SlugOf(id);
  for (char& byte : slug) {
    byte = static_cast<char>(std::tolower(static_cast<unsigned char>(byte)));
    if (byte == '-' || byte == '.') byte = '_';
  }
  if (std::isalpha(static_cast<unsigned char>(slug.front())) == 0) slug.insert(0, "change_");
  return fmt::format("{}_{}{}", version, slug, step);
}

}  // namespace schemac::emitters
