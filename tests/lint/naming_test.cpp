// [lint.naming]: which names a script makes, and what they are held against.
#include "compiler/lint/naming.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/lint/lint.h"
#include "compiler/sql/interpret.h"

namespace schemac::lint {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Convention Fits(const std::string& pattern, std::string message = "") {
  return {*NamePattern::Read(pattern), std::move(message)};
}

// No name fits: every one that is judged is told, with its kind.
Naming Nothing() { return {{}, Fits("^$", "no")}; }

std::vector<std::string> Judge(const std::string& script, const Naming& naming,
                               const std::string& schema = "") {
  Sources sources;
  schema::Catalog catalog = schema::Catalog::Empty();
  EXPECT_TRUE(sql::InterpretStatements(schema, catalog, {}));
  Options options;
  options.enabled.insert("naming");
  options.naming = naming;
  std::vector<std::string> messages;
  for (const Finding& finding : Lint(sources.Add("a.sql", script), sources, catalog, options)) {
    if (finding.rule == "naming") messages.push_back(finding.message);
  }
  return messages;
}

TEST(Naming, JudgesWhatATableBrings) {
  EXPECT_THAT(
      Judge("CREATE TABLE t (a bigint CONSTRAINT k PRIMARY KEY, b integer REFERENCES u, CHECK (a > b),\n"
            "  CONSTRAINT n UNIQUE (b), EXCLUDE USING gist (a WITH =));",
            Nothing()),
      ElementsAre("the name of table t: no", "the name of column a: no", "the name of primary key k: no",
                  "the name of column b: no",
                  "the name of foreign key t_b_fkey, which PostgreSQL chooses: no",
                  "the name of check t_check, which PostgreSQL chooses: no",
                  "the name of unique constraint n: no", HasSubstr("the name of exclusion constraint t_")));
}

TEST(Naming, JudgesEveryKindThatAScriptMakes) {
  EXPECT_THAT(Judge("CREATE SCHEMA s; CREATE VIEW v AS SELECT 1 AS a; CREATE INDEX i ON t (a);\n"
                    "CREATE INDEX ON t (b, a); CREATE SEQUENCE q; CREATE TYPE e AS ENUM ('a');\n"
                    "CREATE TYPE c AS (a integer); CREATE DOMAIN d AS text CHECK (VALUE <> '');\n"
                    "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';\n"
                    "CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION h();\n"
                    "CREATE POLICY p ON t; ALTER TABLE t ADD COLUMN x integer;\n"
                    "CREATE TEMPORARY TABLE w (a integer); ALTER TABLE t ALTER COLUMN a TYPE text;\n",
                    Nothing()),
              ElementsAre("the name of schema s: no", "the name of view v: no", "the name of index i: no",
                          "the name of index t_b_a_idx, which PostgreSQL chooses: no",
                          "the name of sequence q: no", "the name of type e: no", "the name of type c: no",
                          "the name of type d: no", "the name of function f: no", "the name of trigger g: no",
                          "the name of policy p: no", "the name of column x: no"));
}

TEST(Naming, JudgesNewNames) {
  const std::string schema =
      "CREATE TABLE t (a integer CONSTRAINT c CHECK (a > 0)); CREATE POLICY p ON t; CREATE TABLE u ();\n";
  const std::string script =
      "ALTER TABLE u RENAME TO x1; ALTER TABLE t RENAME CONSTRAINT c TO x3; ALTER TABLE t RENAME a TO x2;\n"
      "ALTER POLICY p ON t RENAME TO x4; ALTER TABLE t SET SCHEMA other;\n"
      "ALTER FUNCTION f() RENAME TO x5; ALTER SEQUENCE q RENAME TO x6;\n";
  EXPECT_THAT(
      Judge(script, Nothing(), schema),
      ElementsAre("the name of table x1: no", "the name of check x3: no", "the name of column x2: no",
                  "the name of policy x4: no", "the name of function x5: no", "the name of sequence x6: no"));
  // Nothing tells what kind of constraint it is.
  EXPECT_THAT(Judge("ALTER TABLE t RENAME CONSTRAINT c TO x3;", Nothing()), IsEmpty());
}

TEST(Naming, EachKindHasItsPattern) {
  Naming naming;
  naming.kinds.emplace(NamedKind::Index, Fits("_idx$"));
  naming.kinds.emplace(NamedKind::Table, Fits("s$", "in the plural"));
  EXPECT_THAT(
      Judge("CREATE TABLE \"Item\" (\"A\" integer); CREATE INDEX by_a ON \"Item\" (\"A\");\n"
            "CREATE TABLE items (); CREATE INDEX a_idx ON items (a);",
            naming),
      ElementsAre("the name of table \"Item\": in the plural", "the name of index by_a does not fit _idx$"));
  naming.others = Fits("^[a-z]");
  EXPECT_THAT(Judge("CREATE TABLE items (\"A\" integer);", naming),
              ElementsAre("the name of column \"A\" does not fit ^[a-z]"));
}

TEST(Naming, ReadsPatternsOfAnySize) {
  const auto broken = NamePattern::Read("(a");
  ASSERT_FALSE(broken);
  EXPECT_THAT(broken.error().message, HasSubstr("missing )"));
  EXPECT_FALSE(NamePattern::Read("((a{1000}){1000}){1000}"));
  // Where others try every way to part the name.
  EXPECT_FALSE(Fits("^(a+)+$").pattern.Occurs(std::string(100000, 'a') + "!"));
}

}  // namespace
}  // namespace schemac::lint
