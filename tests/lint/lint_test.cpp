// The script as context: transactions, what it made, what it holds; suppressions; output.
#include "compiler/lint/lint.h"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "compiler/lint/output.h"
#include "compiler/sql/interpret.h"

namespace schemac::lint {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class LintTest : public ::testing::Test {
 protected:
  std::vector<Finding> Judge(const std::string& script, const std::string& schema = "",
                             Options options = {}) {
    schema::Catalog catalog = schema::Catalog::Empty();
    if (!schema.empty()) {
      EXPECT_TRUE(sql::InterpretStatements(schema, catalog, {}));
      options.knows_base = true;
    }
    return Lint(sources_.Add("a b.sql", script), sources_, catalog, options);
  }

  // "rule@line" of each finding but those about timeouts, which most scripts here lack.
  std::vector<std::string> Rules(const std::string& script, const std::string& schema = "",
                                 const Options& options = {}) {
    std::vector<std::string> rules;
    for (const Finding& finding : Judge(script, schema, options)) {
      if (finding.rule == "missing-lock-timeout") continue;
      rules.push_back(std::string(finding.rule) + "@" +
                      std::to_string(sources_.Locate(finding.span.source, finding.span.begin).line));
    }
    return rules;
  }

  Sources sources_;
};

TEST_F(LintTest, TablesOfTheScriptNeedNoCare) {
  EXPECT_THAT(Rules("CREATE TABLE IF NOT EXISTS n (id bigint, a bigint);\n"
                    "CREATE INDEX IF NOT EXISTS i ON n (a);\n"
                    "ALTER TABLE n ADD CONSTRAINT c CHECK (a > 0);\n"
                    "ALTER TABLE n ALTER COLUMN a SET NOT NULL;\n"
                    "ALTER TABLE n RENAME COLUMN a TO b;\n"),
              IsEmpty());
  EXPECT_THAT(Rules("ALTER TABLE n ADD CONSTRAINT c CHECK (a > 0);"),
              ElementsAre("check-not-validated-later@1"));
}

TEST_F(LintTest, AnotherSchemaIsAnotherTable) {
  EXPECT_THAT(Rules("BEGIN;\nCREATE TABLE app.n (id bigint);\nCREATE INDEX i ON n (id);\nCOMMIT;"),
              ElementsAre("index-not-concurrent@3"));
  EXPECT_THAT(Rules("BEGIN;\nSET search_path = app, public;\nCREATE TABLE n (id bigint);\n"
                    "CREATE INDEX i ON app.n (id);\nCOMMIT;"),
              IsEmpty());
}

TEST_F(LintTest, LocksOfATransactionStillHold) {
  const std::string script =
      "ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES u (id) NOT VALID;\n"
      "ALTER TABLE t VALIDATE CONSTRAINT f;\n";
  const std::string schema = "CREATE TABLE u (id bigint PRIMARY KEY); CREATE TABLE t (a bigint UNIQUE);";
  EXPECT_THAT(Rules(script, schema), IsEmpty());
  EXPECT_THAT(Rules("BEGIN;\n" + script + "COMMIT;", schema), ElementsAre("validate-in-same-transaction@3"));
  Options wrapped;
  wrapped.in_transaction = true;
  EXPECT_THAT(Rules(script, schema, wrapped), ElementsAre("validate-in-same-transaction@2"));
  EXPECT_THAT(Rules("-- +goose NO TRANSACTION\n" + script, schema, wrapped), IsEmpty());
}

TEST_F(LintTest, ALocalTimeoutEndsWithItsTransaction) {
  const auto timeouts = [&](const std::string& script) {
    int found = 0;
    for (const Finding& finding : Judge(script)) found += finding.rule == "missing-lock-timeout" ? 1 : 0;
    return found;
  };
  const std::string change = "ALTER TABLE t ADD COLUMN a text;\n";
  EXPECT_EQ(timeouts("BEGIN; SET LOCAL lock_timeout = '5s'; " + change + "COMMIT;"), 0);
  EXPECT_EQ(timeouts("BEGIN; SET LOCAL lock_timeout = '5s'; COMMIT; " + change), 1);
  EXPECT_EQ(timeouts("SET LOCAL lock_timeout = '5s'; " + change), 1);
  EXPECT_EQ(timeouts("SET lock_timeout = 0; " + change), 1);
}

TEST_F(LintTest, EachActionHasItsPlace) {
  EXPECT_THAT(
      Rules("ALTER TABLE t\n  ADD COLUMN a text DEFAULT 'a, (b',\n  DROP COLUMN b,\n  ALTER c TYPE bigint;"),
      ElementsAre("drop-column@3", "change-type@4"));
}

TEST_F(LintTest, AKnownTypeTellsWhetherATableIsRewritten) {
  const std::string change = "ALTER TABLE t ALTER v TYPE varchar(20);";
  EXPECT_THAT(Judge(change, "CREATE TABLE t (v varchar(10));"),
              ElementsAre(::testing::Field(&Finding::rule, "missing-lock-timeout"),
                          ::testing::Field(&Finding::rule, "prefer-text")));
  EXPECT_THAT(Rules(change, "CREATE TABLE t (v integer);"), ElementsAre("change-type@1", "prefer-text@1"));
}

TEST_F(LintTest, SuppressionsNeedAReasonAndARule) {
  const std::string drop = "DROP TABLE t;\n";
  EXPECT_THAT(Rules("-- schemac: allow drop-table because it is empty\n" + drop), IsEmpty());
  EXPECT_THAT(Rules("DROP TABLE t; -- schemac: allow drop-table because it is empty\nDROP TABLE u;"),
              ElementsAre("not-repeatable@1", "drop-table@2"));
  EXPECT_THAT(Rules("-- schemac: allow drop-table\n" + drop), ElementsAre("suppression@1", "drop-table@2"));
  EXPECT_THAT(Rules("-- schemac: allow drop-tabel because x\n" + drop),
              ElementsAre("suppression@1", "drop-table@2"));
  EXPECT_THAT(Rules("-- schemac: allow truncate because x\n" + drop),
              ElementsAre("suppression@1", "drop-table@2"));
  EXPECT_THAT(Rules("BEGIN;\n" + drop +
                    "DROP TABLE u;\nCOMMIT;\n/* schemac: allow drop-table in this file because x */"),
              IsEmpty());
  EXPECT_THAT(Rules("BEGIN;\n-- schemac: allow drop-table, truncate because x\n" + drop + "COMMIT;"),
              ElementsAre("suppression@2"));
}

TEST_F(LintTest, WhatDoesNotParseIsOneFindingAndTheRestIsJudged) {
  EXPECT_THAT(Rules("BEGIN;\nALTER TABEL t;\nDROP TABLE t;\nCOMMIT;"),
              ElementsAre("syntax-error@2", "drop-table@3"));
}

TEST_F(LintTest, AStatementOutsideATransactionFailsInsideAWrappedScript) {
  Options wrapped;
  wrapped.in_transaction = true;
  EXPECT_THAT(Rules("VACUUM t;", "", wrapped), ElementsAre("concurrent-in-transaction@1"));
  EXPECT_THAT(Rules("COMMIT;", "", wrapped), ElementsAre("transaction-nesting@1"));
}

TEST_F(LintTest, MessagesNameWhatIsMeant) {
  const auto only = [&](const std::string& script) {
    const std::vector<Finding> findings = Judge(script);
    return findings.size() == 1 ? findings[0].message : std::to_string(findings.size());
  };
  EXPECT_EQ(only("CLUSTER;"), "every table is rewritten");
  EXPECT_EQ(only("ALTER TYPE app.mood SET SCHEMA public;"), "running code that names app.mood fails");
  EXPECT_EQ(only("TRUNCATE a, b;"), "3");  // One for each table, and one for all about their locks.
}

TEST_F(LintTest, TextShowsThePlace) {
  std::ostringstream out;
  PrintText(Judge("BEGIN;\nSET LOCAL lock_timeout = '1s';\n  DROP TABLE t;\nCOMMIT;"), sources_, out);
  EXPECT_EQ(out.str(),
            "a b.sql:3:3: error: the rows of t are lost [drop-table]\n"
            "      DROP TABLE t;\n"
            "      ^~~~~~~~~~~~\n"
            "    better: rename it first and drop it when nobody has missed it; keep a copy\n");
}

TEST_F(LintTest, StatementsInsideABlockAreJudgedWhereTheyStand) {
  const std::string schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer);";
  EXPECT_THAT(Rules("DO $$\nBEGIN\n"
                    "  IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 't_a') THEN\n"
                    "    CREATE INDEX t_a ON t (a);\n"
                    "  END IF;\n"
                    "  ALTER TABLE t DROP COLUMN a;\n"
                    "EXCEPTION WHEN duplicate_object THEN\n"
                    "  DROP TABLE t;\n"
                    "END\n$$;",
                    schema),
              ElementsAre("index-not-concurrent@4", "drop-column@6", "drop-table@8"));
  EXPECT_THAT(Rules("DO 'BEGIN DROP TABLE t; END' LANGUAGE plpgsql;", schema), ElementsAre("drop-table@1"));
  // Quotes that are doubled move what is behind them: the block as a whole is the place.
  EXPECT_THAT(Rules("\nDO 'BEGIN\nRAISE NOTICE ''x'';\nDROP TABLE t; END';", schema),
              ElementsAre("drop-table@2"));
  EXPECT_THAT(Rules("DO $$\nBEGIN\n  EXECUTE 'ALTER TABLE t DROP COLUMN a';\nEND\n$$;", schema),
              ElementsAre("drop-column@3"));
}

TEST_F(LintTest, ABlockKnowsWhatItMadeItself) {
  EXPECT_THAT(Rules("DO $$ BEGIN CREATE TABLE n (id bigint PRIMARY KEY, a bigint);\n"
                    "CREATE INDEX n_a ON n (a); END $$;"),
              IsEmpty());
  EXPECT_THAT(Rules("DO $$ BEGIN CREATE INDEX CONCURRENTLY t_a ON t (a); END $$;"),
              ElementsAre("concurrent-in-transaction@1"));
}

// A block is one transaction, and what it commits is over.
TEST_F(LintTest, LocksOfABlockHoldToItsEndOrCommit) {
  const std::string schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b integer);";
  const std::string add = "DO $$\nBEGIN\nALTER TABLE t ADD COLUMN c integer;\n";
  const std::string fill = "UPDATE t SET c = a WHERE c IS NULL;\n";
  EXPECT_THAT(Rules(add + fill + "END $$;", schema), ElementsAre("backfill-under-lock@4"));
  EXPECT_THAT(Rules(add + "COMMIT;\n" + fill + "END $$;", schema), IsEmpty());
  EXPECT_THAT(Rules(add + "END $$;\n" + fill, schema), IsEmpty());
}

TEST_F(LintTest, WhatABlockPutsTogetherIsPointedAt) {
  EXPECT_THAT(Rules("DO $$ BEGIN EXECUTE 'DROP TABLE ' || name; END $$;"), ElementsAre("opaque-block@1"));
  EXPECT_THAT(Rules("DO $$ DECLARE r record; BEGIN FOR r IN EXECUTE q LOOP NULL; END LOOP; END $$;"),
              ElementsAre("opaque-block@1"));
  EXPECT_THAT(Rules("DO LANGUAGE plpython3u $$ plpy.execute('DROP TABLE t') $$;"),
              ElementsAre("opaque-block@1"));
  EXPECT_THAT(Rules("DO $$ DECLARE update integer; BEGIN update := 1; SELECT 1 INTO update; END $$;"),
              IsEmpty());
}

TEST_F(LintTest, SuppressionsStandInsideABlockToo) {
  const std::string block =
      "DO $$\nBEGIN\n  -- schemac: allow drop-table because it is empty\n  DROP TABLE t;\n";
  EXPECT_THAT(Rules(block + "END $$;"), IsEmpty());
  EXPECT_THAT(Rules(block + "  DROP TABLE u;\nEND $$;"), ElementsAre("drop-table@5"));
  EXPECT_THAT(Rules("-- schemac: allow drop-table because it is empty\nDO $$ BEGIN DROP TABLE t; END $$;"),
              IsEmpty());
  EXPECT_THAT(Rules("DO $$ BEGIN\nDROP TABLE t;\nEND $$; -- schemac: allow drop-table because it is empty"),
              IsEmpty());
}

TEST_F(LintTest, JsonHasStableKeys) {
  const auto report = nlohmann::json::parse(JsonText(Judge("BEGIN;\nDROP SCHEMA s;\nCOMMIT;"), sources_));
  EXPECT_EQ(report["schema_version"], 1);
  const auto& finding = report["findings"].at(0);
  EXPECT_EQ(finding["rule"], "drop-schema");
  EXPECT_EQ(finding["severity"], "error");
  EXPECT_EQ(finding["file"], "a b.sql");
  EXPECT_EQ(finding["line"], 2);
  EXPECT_EQ(finding["end_column"], 14);
}

TEST_F(LintTest, SarifNamesEachRuleOnce) {
  const auto log =
      nlohmann::json::parse(SarifText(Judge("DROP SCHEMA s; DROP SCHEMA u;"), sources_, "1.2.3"));
  EXPECT_EQ(log["version"], "2.1.0");
  const auto& run = log["runs"].at(0);
  const auto& rules = run["tool"]["driver"]["rules"];
  ASSERT_EQ(run["results"].size(), 2U);
  for (const auto& result : run["results"]) {
    EXPECT_EQ(rules.at(result["ruleIndex"].get<std::size_t>())["id"], result["ruleId"]);
    EXPECT_EQ(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "a%20b.sql");
  }
}

TEST_F(LintTest, GithubCommandsAreEscaped) {
  EXPECT_THAT(
      GithubText(Judge("DROP SCHEMA \"100%,\";"), sources_),
      HasSubstr("::error file=a b.sql,line=1,endLine=1,col=1,title=drop-schema::all that \"100%25,\" holds"));
}

}  // namespace
}  // namespace schemac::lint
