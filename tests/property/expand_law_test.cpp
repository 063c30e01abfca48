// Types that change by way of a column beside the old one: both revisions lead to the catalog and the rows
// that the plain change leads to, whatever is written in between, and back.
#include <array>
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "compiler/history/expand.h"
#include "compiler/history/migration.h"
#include "compiler/support/quote.h"
#include "tests/postgres/server.h"
#include "tests/property/offline_laws.h"

namespace schemac::testing {
namespace {

constexpr int kUsualChanges = 8;
constexpr int kRows = 30;

// Literals that mean the same in both types, and are spelled the same there and back.
struct TypePair {
  const char* from;
  const char* to;
  std::array<const char*, 3> literals;
};
constexpr auto kTypes = std::to_array<TypePair>({
    {"integer", "bigint", {"0", "-7", "2147483647"}},
    {"integer", "numeric(12,2)", {"0", "-7", "12345"}},
    {"smallint", "integer", {"1", "-2", "32767"}},
    {"integer", "text", {"0", "-7", "41"}},
    {"text", "integer", {"0", "-7", "41"}},
    {"text", "varchar(12)", {"", "Zoë", "it's \"x\""}},
    {"text", "date", {"2024-02-29", "0001-01-01", "1999-12-31"}},
    {"date", "timestamp", {"2024-02-29", "0001-01-01", "1999-12-31"}},
    {"text", "mood", {"fine", "so so", "o'k"}},
    {"mood", "text", {"fine", "so so", "o'k"}},
    {"text", "jsonb", {"{\"a\": 1}", "[]", "null"}},
    {"real", "double precision", {"0", "1.5", "-2.25"}},
    {"boolean", "text", {"true", "false", "true"}},
    {"uuid",
     "text",
     {"00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-00000000000a",
      "ffffffff-ffff-ffff-ffff-ffffffffffff"}},
    {"integer[]", "bigint[]", {"{}", "{1,2}", "{NULL,-3}"}},
});
constexpr auto kNames = std::to_array<const char*>({"total", "a b", "select", "Größe"});

struct ChangedColumn {
  std::string name;  // As SQL.
  const TypePair* types;
  bool required;
  std::string rest;  // Of its definition.
};

// Two scripts that differ in the types of some columns, and rows for the first.
struct TypeChange {
  std::vector<ChangedColumn> columns;
  std::string parts;  // What stands on the columns.
  bool wide_key;      // The primary key changes as well, and the foreign key to it.

  [[nodiscard]] std::string Sql(bool after) const {
    const char* key = after && wide_key ? "bigint" : "integer";
    std::string text = fmt::format(
        "CREATE TYPE mood AS ENUM ('fine', 'so so', 'o''k');\n"
        "CREATE TABLE t (\n  id {} PRIMARY KEY",
        key);
    for (const ChangedColumn& it : columns)
      text += fmt::format(",\n  {} {}{}", it.name, after ? it.types->to : it.types->from, it.rest);
    text += fmt::format(");\nCREATE TABLE parts (t {} REFERENCES t, number integer);\n", key);
    return text + parts;
  }
  [[nodiscard]] std::string AllRows() const {
    std::string list = "id";
    for (const ChangedColumn& it : columns) list += ", " + it.name + "::text";
    return fmt::format("SELECT {} FROM t ORDER BY id", list);
  }
};

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}
  std::size_t Below(std::size_t limit) { return engine_() % limit; }

 private:
  std::mt19937_64 engine_;
};

TypeChange MakeChange(Chance& chance) {
  TypeChange change;
  change.wide_key = chance.Below(3) == 0;
  const std::size_t count = 1 + chance.Below(kNames.size());
  for (std::size_t i = 0; i < count; ++i) {
    ChangedColumn column{QuoteIdentifier(kNames[i]), &kTypes[chance.Below(kTypes.size())],
                         chance.Below(2) == 0, ""};
    if (column.required) column.rest += " NOT NULL";
    if (chance.Below(3) == 0) column.rest += " DEFAULT " + QuoteLiteral(column.types->literals[0]);
    if (chance.Below(3) == 0) change.parts += fmt::format("CREATE INDEX t_{} ON t ({});\n", i, column.name);
    if (chance.Below(3) == 0)
      change.parts +=
          fmt::format("ALTER TABLE t ADD CONSTRAINT unique_{} UNIQUE (id, {});\n", i, column.name);
    if (chance.Below(3) == 0) {
      change.parts += fmt::format("ALTER TABLE t ADD CONSTRAINT check_{} CHECK ({} IS NOT NULL OR id > 0);\n",
                                  i, column.name);
    }
    if (chance.Below(3) == 0)
      change.parts += fmt::format("CREATE VIEW view_{} AS SELECT id, {} FROM t;\n", i, column.name);
    change.columns.push_back(std::move(column));
  }
  return change;
}

std::string Value(const ChangedColumn& column, Chance& chance) {
  if (!column.required && chance.Below(4) == 0) return "NULL";
  return QuoteLiteral(column.types->literals[chance.Below(column.types->literals.size())]);
}

std::string Insert(const TypeChange& change, int id, Chance& chance) {
  std::string names = "id";
  std::string values = std::to_string(id);
  for (const ChangedColumn& it : change.columns) {
    names += ", " + it.name;
    values += ", " + Value(it, chance);
  }
  return fmt::format("INSERT INTO t ({}) VALUES ({});\n", names, values);
}

// Rows that are written while both columns are there: by code that knows the old ones, and, in `with_new`, by
// code that knows the new ones. Both scripts mean the same.
struct Writes {
  std::string with_new;
  std::string with_old;
};
Writes WriteSome(const TypeChange& change, const Expansion& expansion, Chance& chance) {
  Writes writes;
  writes.with_old = writes.with_new = Insert(change, kRows + 1, chance) + "DELETE FROM t WHERE id = 2;\n";
  for (const ChangedColumn& column : change.columns) {
    std::string beside;
    for (const ExpandedColumn& it : expansion.columns) {
      if (it.column.name == "t" && QuoteIdentifier(it.column.member) == column.name)
        beside = QuoteIdentifier(it.beside);
    }
    for (int id = 3; id < 9; ++id) {
      const std::string value = Value(column, chance);
      const bool knows_new = !beside.empty() && chance.Below(2) == 0;
      const char* update = "UPDATE t SET {} = {} WHERE id = {};\n";
      writes.with_old += fmt::format(fmt::runtime(update), column.name, value, id);
      writes.with_new += fmt::format(fmt::runtime(update), knows_new ? beside : column.name, value, id);
    }
  }
  return writes;
}

class Law : public ::testing::Test {
 protected:
  void Judge(std::uint64_t seed) {
    Chance chance(seed);
    const TypeChange change = MakeChange(chance);
    std::string errors;
    before_ = RunSql(change.Sql(false), schema::Catalog::Empty(), errors);
    after_ = RunSql(change.Sql(true), schema::Catalog::Empty(), errors);
    ASSERT_EQ(errors, "");
    DiagnosticSink sink;
    const std::optional<Expansion> expansion = Expand(before_, after_, {}, {}, sink);
    ASSERT_TRUE(expansion) << sink.diagnostics().front().message;
    const Migration expand = Between(before_, expansion->between, expansion->expand, true);
    const Migration contract = Between(expansion->between, after_, expansion->contract, false);
    const Migration plain = Between(before_, after_, {}, false);
    std::string rows;
    for (int id = 1; id <= kRows; ++id) rows += Insert(change, id, chance);
    const Writes writes = WriteSome(change, *expansion, chance);

    const auto halves = Made(change.Sql(false) + rows);
    const auto whole = Made(change.Sql(false) + rows + writes.with_old);
    const Snapshot first = whole->TakeSnapshot();
    Run(*halves, expand.up.text + writes.with_new + contract.up.text);
    Run(*whole, plain.up.text);
    EXPECT_EQ(Difference(Made(change.Sql(true))->TakeSnapshot(), halves->TakeSnapshot()), "");
    EXPECT_EQ(halves->Query(change.AllRows()), whole->Query(change.AllRows()));
    Run(*halves, contract.down.text + expand.down.text);
    Run(*whole, plain.down.text);
    EXPECT_EQ(Difference(first, halves->TakeSnapshot()), "");
    EXPECT_EQ(halves->Query(change.AllRows()), whole->Query(change.AllRows()));
  }

 private:
  // Nothing is allowed: neither half loses anything.
  static Migration Between(const schema::Catalog& from, const schema::Catalog& to,
                           const schema::Intent& intent, bool online) {
    DiagnosticSink sink;
    MigrationOptions options;
    options.online = online;
    std::optional<Migration> made = MakeMigration(from, to, intent, options, sink);
    EXPECT_TRUE(made) << (sink.diagnostics().empty() ? "" : sink.diagnostics().front().message);
    return made ? *std::move(made) : Migration{};
  }
  static std::unique_ptr<Database> Made(const std::string& sql) {
    std::unique_ptr<Database> database = Server::Shared()->CreateDatabase();
    EXPECT_EQ(database->Run(sql), "") << sql;
    return database;
  }
  static void Run(Database& database, const std::string& sql) { EXPECT_EQ(database.Run(sql), "") << sql; }

  schema::Catalog before_ = schema::Catalog::Empty();
  schema::Catalog after_ = schema::Catalog::Empty();
};

using ExpandLaw = Law;

TEST_F(ExpandLaw, BothHalvesDoWhatThePlainChangeDoes) {
  if (Server::Shared() == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
  for (int i = 0; i < PairCount(kUsualChanges) && !HasFailure(); ++i) {
    const std::uint64_t seed = FirstSeed() + static_cast<std::uint64_t>(i);
    SCOPED_TRACE(fmt::format("SCHEMAC_SEED={}", seed));
    Judge(seed);
  }
}

}  // namespace
}  // namespace schemac::testing
