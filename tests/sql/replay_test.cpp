// Scripts of ours read back: seed rows and hand-written SQL come out as the catalog has them, and a wrong
// statement does not.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/sql/expression.h"
#include "compiler/sql/interpret.h"
#include "compiler/sql/seed_key.h"

namespace schemac::sql {
namespace {

using schema::Catalog;

Catalog Tables() {
  Catalog catalog = Catalog::Empty();
  EXPECT_TRUE(InterpretStatements("create table roles (name text primary key, level integer);", catalog, {}));
  return catalog;
}

schema::SeedRow Row(const std::string& name, const std::string& level) {
  schema::SeedRow row;
  row.table = {"public", "roles"};
  row.key_columns = {"name"};
  const Catalog catalog = Tables();
  Scope scope;
  scope.catalog = &catalog;
  scope.value_type = schema::Type{"", "text", "", false};
  row.values["name"] = *ParseExpression(name, scope);
  scope.value_type = schema::Type{"", "integer", "", false};
  if (!level.empty()) row.values["level"] = *ParseExpression(level, scope);
  row.key = SeedKey({SeedKeyPart(row.values["name"])});
  return row;
}

Catalog With(const std::vector<schema::Object>& objects) {
  Catalog catalog = Tables();
  for (const schema::Object& object : objects) catalog.Put(object);
  return catalog;
}

Catalog Replay(const Catalog& from, const Catalog& to, const std::string& script,
               const std::vector<std::string>& data = {}) {
  Sources sources;
  DiagnosticSink sink;
  InterpretOptions options;
  options.destination = &to;
  options.data = data;
  Catalog state = from;
  Interpret(sources.Add("x.sql", script), sources, state, options, sink);
  EXPECT_EQ(sink.error_count(), 0U) << script;
  return state;
}

TEST(Replay, SeedRowsComeChangeAndGo) {
  const Catalog none = Tables();
  const Catalog one = With({Row("'admin'", "9")});
  const Catalog changed = With({Row("'admin'", "10")});
  const Catalog defaulted = With({Row("'admin'", "")});
  EXPECT_EQ(
      Replay(none, one, "INSERT INTO roles (level, name) VALUES (9, 'admin') ON CONFLICT (name) DO NOTHING;"),
      one);
  EXPECT_EQ(Replay(one, changed, "UPDATE roles SET level = 10 WHERE name = 'admin';"), changed);
  EXPECT_EQ(Replay(one, defaulted, "UPDATE roles SET level = DEFAULT WHERE name = 'admin';"), defaulted);
  EXPECT_EQ(Replay(one, none, "DELETE FROM roles WHERE name = 'admin';"), none);
}

TEST(Replay, WrongStatementsOnRowsAreFound) {
  const Catalog none = Tables();
  const Catalog one = With({Row("'admin'", "9")});
  for (const std::string wrong :
       {"INSERT INTO roles (level, name) VALUES (8, 'admin') ON CONFLICT (name) DO NOTHING;",
        "INSERT INTO roles (level, name) VALUES (9, 'admn') ON CONFLICT (name) DO NOTHING;",
        "INSERT INTO roles (level, name) VALUES (9, 'admin');",
        "INSERT INTO roles (name) VALUES ('admin') ON CONFLICT (name) DO NOTHING;", ""}) {
    EXPECT_NE(Replay(none, one, wrong), one) << wrong;
  }
  EXPECT_NE(Replay(one, none, "DELETE FROM roles WHERE name = 'other';"), none);
}

TEST(Replay, RowsThatItsAuthorMovesAreNobodysSeeds) {
  const Catalog one = With({Row("'admin'", "9")});
  const std::string data = "update roles set level = 1 where name = 'admin'";
  EXPECT_EQ(Replay(one, one, "UPDATE roles SET level = 1 -- down\n WHERE name = 'admin';", {data}), one);
  EXPECT_NE(Replay(one, one, data + ";"), one);
}

TEST(Replay, HandWrittenSqlIsKnownByItsStatements) {
  schema::Raw raw;
  raw.name = "search";
  raw.create.text = raw.create.canonical = "create text search configuration a (copy = simple); select 1";
  raw.drop.text = raw.drop.canonical = "drop text search configuration a";
  const Catalog none = Tables();
  const Catalog there = With({raw});
  EXPECT_EQ(Replay(none, there, "CREATE text search configuration a (copy = simple);\n\nselect /* 2 */ 1;"),
            there);
  EXPECT_EQ(Replay(there, none, "DROP text search configuration a;"), none);
  EXPECT_NE(Replay(none, there, "create text search configuration a (copy = simple);"), there);
}

TEST(Replay, KeysAreValuesNotSpellings) {
  const auto part = [](const std::string& text) {
    schema::Expression value;
    value.text = text;
    return SeedKeyPart(value);
  };
  EXPECT_EQ(part("'it''s'"), "\"it's\"");
  EXPECT_EQ(part("12"), "12");
  EXPECT_EQ(part("123456789012"), "123456789012");
  EXPECT_EQ(part("true"), "true");
  EXPECT_EQ(part("null"), "null");
  EXPECT_EQ(part("1.50"), R"({"number":"1.50"})");
  EXPECT_EQ(part("now()"), "{\"sql\":\"now()\"}");
}

}  // namespace
}  // namespace schemac::sql
