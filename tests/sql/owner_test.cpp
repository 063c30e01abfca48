// Who owns what, as far as it decides what GRANT and REVOKE change.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/sql/interpret.h"

namespace schemac::sql {
namespace {

using schema::Privilege;
using schema::Privileges;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Ran {
  schema::Catalog catalog = schema::Catalog::Empty();
  std::vector<std::string> warnings;
  std::vector<std::string> errors;

  [[nodiscard]] Privileges OnTable(const std::string& name) const {
    return catalog.FindTable({"public", name})->privileges;
  }
  // Of the sequence behind the identity column `id`.
  [[nodiscard]] Privileges OnSequenceOf(const std::string& table) const {
    return catalog.FindTable({"public", table})->FindColumn("id")->identity->privileges;
  }
};

Ran RunScript(const std::string& script, const std::string& owner = "postgres") {
  Ran ran;
  Sources sources;
  DiagnosticSink sink;
  InterpretOptions options;
  options.owner = owner;
  Interpret(sources.Add("x.sql", script), sources, ran.catalog, options, sink);
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    (diagnostic.severity == Severity::Error ? ran.errors : ran.warnings).push_back(diagnostic.message);
  }
  return ran;
}

TEST(Owner, GrantsToTheRoleThatRunsTheScriptAreNoChange) {
  const Ran ran = RunScript(
      "create table t (a int); grant select on t to postgres, app; grant insert on t to current_user;");
  EXPECT_THAT(ran.OnTable("t"), ElementsAre(Privilege{"app", "SELECT", false}));
  EXPECT_THAT(ran.errors, IsEmpty());
  EXPECT_THAT(ran.warnings, ElementsAre(HasSubstr("a grant to \"postgres\"")));
}

TEST(Owner, TheSettingSaysWhoRunsTheScript) {
  const Ran ran = RunScript("create table t (a int); grant select on t to postgres, app;", "app");
  EXPECT_THAT(ran.OnTable("t"), ElementsAre(Privilege{"postgres", "SELECT", false}));
}

TEST(Owner, OwnerToSaysMore) {
  const Ran ran = RunScript(
      "create table t (a int); grant insert on t to app; alter table t owner to app;"
      "grant select on t to postgres; grant select on t to app;");
  EXPECT_THAT(ran.OnTable("t"), ElementsAre(Privilege{"postgres", "SELECT", false}));
  EXPECT_THAT(ran.warnings, IsEmpty());
}

TEST(Owner, SchemaPublicBelongsToTheServer) {
  const Ran ran = RunScript("grant usage on schema public to postgres;");
  EXPECT_THAT(*ran.catalog.Get<schema::Schema>({schema::ObjectKind::Schema, "", "public", ""})->privileges,
              ::testing::Contains(Privilege{"postgres", "USAGE", false}));
}

TEST(Owner, WhatIsTakenFromAnOwnerHasToComeBack) {
  const std::string table = "create table t (a int); revoke all on t from postgres;";
  EXPECT_THAT(RunScript(table).errors, ElementsAre(HasSubstr("on table \"t\" from the role that owns it")));
  const Ran back = RunScript(table + "grant all on t to postgres;");
  EXPECT_THAT(back.errors, IsEmpty());
  EXPECT_THAT(back.warnings, IsEmpty());
  EXPECT_THAT(back.OnTable("t"), IsEmpty());
  EXPECT_THAT(RunScript(table + "grant select on t to postgres;").errors, ElementsAre(HasSubstr("DELETE")));
}

TEST(Owner, DefaultPrivilegesForTheOwnerAreThoseForNobodyElse) {
  const std::string grant = " in schema public grant select on tables to app;";
  const Ran named =
      RunScript("alter default privileges for role postgres" + grant + "create table t (a int);");
  EXPECT_EQ(named.catalog, RunScript("alter default privileges" + grant + "create table t (a int);").catalog);
  EXPECT_THAT(named.OnTable("t"), ElementsAre(Privilege{"app", "SELECT", false}));
  const Ran other = RunScript("alter default privileges for role app" + grant + "create table t (a int);");
  EXPECT_THAT(other.OnTable("t"), IsEmpty());
}

TEST(Owner, DefaultPrivilegesForOneselfAddNothingToObjects) {
  const Ran ran = RunScript(
      "alter default privileges for role postgres in schema public grant all on tables to postgres;"
      "alter default privileges grant select on sequences to postgres;"
      "create table t (a int);");
  EXPECT_THAT(ran.OnTable("t"), IsEmpty());
  const auto* entry = ran.catalog.Get<schema::DefaultPrivileges>(
      {schema::ObjectKind::DefaultPrivileges, "public", "", "tables"});
  ASSERT_NE(entry, nullptr);
  EXPECT_TRUE(entry->privileges->contains(Privilege{"current_user", "SELECT", false}));
  EXPECT_FALSE(ran.catalog.Has({schema::ObjectKind::DefaultPrivileges, "", "", "sequences"}));
}

TEST(Owner, WhoMakesAnObjectDecidesOnItsDefaultPrivileges) {
  const std::string defaults = "alter default privileges for role app grant select on tables to reader;";
  const std::string made = "set role app; create table t (a int);";
  EXPECT_THAT(RunScript(defaults + made).errors,
              ElementsAre("making an object as \"app\" under default privileges is not supported"));
  EXPECT_THAT(RunScript(made + "reset role;" + defaults + "create table u (a int);").errors, IsEmpty());
}

constexpr const char* kIdentityTable = "create table t (id int generated always as identity);";

TEST(IdentitySequence, HasPrivilegesOfItsOwn) {
  const Ran ran = RunScript(std::string(kIdentityTable) +
                            "grant all on sequence t_id_seq to app; revoke update on t_id_seq from app;"
                            "grant usage on all sequences in schema public to reader;"
                            "grant select, insert on t_id_seq to other with grant option;");
  EXPECT_THAT(ran.errors, IsEmpty());
  EXPECT_THAT(ran.OnSequenceOf("t"),
              ElementsAre(Privilege{"app", "SELECT", false}, Privilege{"app", "USAGE", false},
                          Privilege{"other", "SELECT", true}, Privilege{"reader", "USAGE", false}));
  EXPECT_THAT(ran.OnTable("t"), IsEmpty());
}

TEST(IdentitySequence, GetsWhatDefaultPrivilegesSay) {
  const std::string defaults =
      "alter default privileges in schema public grant usage on sequences to app;"
      "alter default privileges grant select on tables to reader;";
  const auto usage = ElementsAre(Privilege{"app", "USAGE", false});
  EXPECT_THAT(RunScript(kIdentityTable + defaults).OnSequenceOf("t"), IsEmpty());
  EXPECT_THAT(RunScript(defaults + kIdentityTable).OnSequenceOf("t"), usage);
  EXPECT_THAT(
      RunScript(defaults + "create table t (); alter table t add id int generated always as identity;")
          .OnSequenceOf("t"),
      usage);
  EXPECT_THAT(RunScript(defaults + "create table t (id int not null);"
                                   "alter table t alter id add generated by default as identity;")
                  .OnSequenceOf("t"),
              usage);
  EXPECT_THAT(RunScript(kIdentityTable + std::string("grant all on sequence t_id_seq to reader;") + defaults +
                        "create table u (like t including all);")
                  .OnSequenceOf("u"),
              usage);
}

TEST(IdentitySequence, BelongsToTheOwnerOfItsTable) {
  const Ran ran = RunScript(std::string(kIdentityTable) +
                            "grant usage on sequence t_id_seq to app; alter table t owner to app;"
                            "alter table t_id_seq owner to app; grant select on sequence t_id_seq to app;"
                            "grant select on sequence t_id_seq to postgres;");
  EXPECT_THAT(ran.errors, IsEmpty());
  EXPECT_THAT(ran.warnings, IsEmpty());
  EXPECT_THAT(ran.OnSequenceOf("t"), ElementsAre(Privilege{"postgres", "SELECT", false}));
}

TEST(IdentitySequence, KeepsThemThroughRenamesAndLosesThemWithTheIdentity) {
  const std::string granted = std::string(kIdentityTable) + "grant usage on sequence t_id_seq to app;";
  const Ran renamed = RunScript(granted + "alter table t rename to u; alter sequence t_id_seq rename to s;");
  EXPECT_THAT(renamed.OnSequenceOf("u"), ElementsAre(Privilege{"app", "USAGE", false}));
  const Ran again = RunScript(granted +
                              "alter table t alter id drop identity;"
                              "alter table t alter id add generated always as identity;");
  EXPECT_THAT(again.OnSequenceOf("t"), IsEmpty());
}

TEST(IdentitySequence, IsAlteredAndCommentedOnByItsOwnName) {
  const Ran ran = RunScript(std::string(kIdentityTable) +
                            "alter sequence t_id_seq increment by 5 restart with 10;"
                            "comment on sequence t_id_seq is 'In fives.';");
  EXPECT_THAT(ran.errors, IsEmpty());
  const schema::Column& column = *ran.catalog.FindTable({"public", "t"})->FindColumn("id");
  EXPECT_EQ(column.identity->options.increment, 5);
  EXPECT_EQ(column.identity->comment, "In fives.");
  EXPECT_THAT(RunScript(std::string(kIdentityTable) + "alter sequence t_id_seq as smallint;").errors,
              ElementsAre(HasSubstr("another type than the column")));
}

}  // namespace
}  // namespace schemac::sql
