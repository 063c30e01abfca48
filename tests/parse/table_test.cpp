// Tables and their members.
#include <gtest/gtest.h>

#include "tests/parse/parsed.h"

namespace schemac {
namespace {

template <typename Node>
const Node& Member(const Parsed& parsed, std::size_t index) {
  return std::get<Node>(parsed.Item<ast::Table>(0).members.at(index));
}

std::string DefaultText(const Parsed& parsed, const ast::Column& column) {
  return std::visit([&](const auto& text) { return parsed.Text(text); }, *column.default_value);
}

TEST(ParseTable, HeadWithEveryClause) {
  const Parsed parsed(
      "unlogged table a.\"B c\" with (fillfactor = 70, toast.autovacuum_enabled = off) with m1, M2 inherits "
      "(x, y.z)\n"
      "  partition by range (created_at, lower(name)) using heap tablespace fast was old { }");
  EXPECT_EQ(parsed.Messages(), "");
  const auto& table = parsed.Item<ast::Table>(0);
  EXPECT_TRUE(table.unlogged);
  EXPECT_EQ(table.name.schema->text, "a");
  EXPECT_EQ(table.name.name.text, "B c");
  ASSERT_EQ(table.options.size(), 2U);
  EXPECT_EQ(table.options[0].value->text, "70");
  EXPECT_EQ(table.options[1].key.text, "toast.autovacuum_enabled");
  ASSERT_EQ(table.mixins.size(), 2U);
  EXPECT_EQ(table.mixins[1].text, "m2");
  ASSERT_EQ(table.inherits.size(), 2U);
  EXPECT_EQ(table.inherits[1].name.text, "z");
  EXPECT_EQ(parsed.Text(*table.partition_by), "range (created_at, lower(name))");
  EXPECT_EQ(table.access_method->text, "heap");
  EXPECT_EQ(table.tablespace->text, "fast");
  EXPECT_EQ(table.was->text, "old");
}

TEST(ParseTable, PartitionsNeedNoBody) {
  const Parsed parsed(
      "table p1 partition of p for values from ('2020-01-01') to (maxvalue);\n"
      "table p2 partition of s.p default;\n"
      "table p4 partition of p default { check \"c\" (a > 0); index (a); }\n"
      "table p3 partition of p for values with (modulus 4, remainder 0) { check (a > 0); }");
  EXPECT_EQ(parsed.Messages(), "");
  EXPECT_EQ(parsed.Text(*parsed.Item<ast::Table>(0).partition_bound),
            "for values from ('2020-01-01') to (maxvalue)");
  EXPECT_EQ(parsed.Text(*parsed.Item<ast::Table>(1).partition_bound), "default");
  EXPECT_EQ(parsed.Item<ast::Table>(3).members.size(), 1U);
}

TEST(ParseColumn, TypesKeepTheirText) {
  const std::vector<std::string> types = {"int",
                                          "varchar(255)",
                                          "character varying(9)[]",
                                          "double precision",
                                          "bit varying",
                                          "numeric(10, -2)",
                                          "timestamp(3) with time zone",
                                          "interval day to second(3)",
                                          "interval(2)",
                                          "app.status[][3]",
                                          "\"Odd\".\"type\"",
                                          "int array[4]",
                                          "text array",
                                          "geometry(Point,4326)",
                                          "time without time zone",
                                          "national character varying(3)",
                                          "interval year"};
  for (const std::string& type : types) {
    const Parsed parsed("table t { a " + type + " not null; }");
    EXPECT_EQ(parsed.Messages(), "") << type;
    const auto& column = Member<ast::Column>(parsed, 0);
    EXPECT_EQ(parsed.Text(column.type), type);
    EXPECT_EQ(column.nullable, false);
  }
}

TEST(ParseColumn, DefaultsShowTheirEnd) {
  const std::vector<std::string> values = {
      "'it''s'",
      "E'a\\'b'",
      "$q$ a 'b' ; $q$",
      "-1.5e3",
      "'x'::text",
      "'{}'::text[]::jsonb",
      "now()",
      "pg_catalog.now()",
      "nextval('a.b'::regclass)",
      "current_timestamp",
      "current_timestamp(3)",
      "true",
      "null",
      "array[]::text[]",
      "array[1, 2, (3)]",
      "interval '1 day'",
      "interval '1' day",
      "interval '1-2' year to month",
      "timestamp with time zone '2020-01-01'",
      "timestamp(3) without time zone '2020-01-01'",
      "(1 + 2)",
      "(case when a then 'not null' else 'unique' end)",
      "b'101'",
      "'a'\n 'b'",
      "null::character varying",
  };
  for (const std::string& value : values) {
    const Parsed parsed("table t { a text default " + value + " not null unique; }");
    EXPECT_EQ(parsed.Messages(), "") << value;
    const auto& column = Member<ast::Column>(parsed, 0);
    ASSERT_TRUE(column.default_value) << value;
    EXPECT_EQ(DefaultText(parsed, column), value);
    EXPECT_EQ(column.nullable, false) << value;
    EXPECT_EQ(column.constraints.size(), 1U) << value;
  }
}

TEST(ParseColumn, JsonStandsBare) {
  const std::vector<std::string> values = {"{}", "[]", "{\"a\\\"b\": [1, {\"c\": \"}\\\\\"}], \"ü\": null}",
                                           "[\"--\", \"/*\", \";\"]"};
  for (const std::string& value : values) {
    const Parsed parsed("table t { a jsonb default " + value + " backfill " + value + " not null; b int; }");
    EXPECT_EQ(parsed.Messages(), "") << value;
    const auto& column = Member<ast::Column>(parsed, 0);
    EXPECT_TRUE(std::holds_alternative<ast::JsonText>(*column.default_value)) << value;
    EXPECT_EQ(DefaultText(parsed, column), value);
    EXPECT_TRUE(std::holds_alternative<ast::JsonText>(*column.backfill)) << value;
    EXPECT_EQ(parsed.Item<ast::Table>(0).members.size(), 2U);
  }
}

TEST(ParseColumn, EveryClause) {
  const Parsed parsed(
      "table t {\n"
      "  a bigint generated by default as identity (start 10 increment 5) primary key;\n"
      "  b text generated always as (lower(a || ';')) stored collate \"C\" storage external compression "
      "lz4;\n"
      "  c int null statistics 500 with (n_distinct = -0.5) was c_old backfill (select 1)\n"
      "    constraint positive check (c > 0) no inherit constraint u unique nulls not distinct deferrable;\n"
      "  d int references s.t (a, b) match full on delete set null (d) on update no action deferrable\n"
      "    initially deferred not valid;\n"
      "}");
  EXPECT_EQ(parsed.Messages(), "");
  const auto& a = Member<ast::Column>(parsed, 0);
  EXPECT_FALSE(a.identity->always);
  EXPECT_EQ(parsed.Text(*a.identity->options), "start 10 increment 5");
  EXPECT_EQ(a.constraints->at(0).kind, ast::ConstraintKind::PrimaryKey);
  const auto& b = Member<ast::Column>(parsed, 1);
  EXPECT_EQ(parsed.Text(*b.generated), "lower(a || ';')");
  EXPECT_EQ(b.collation->name.text, "C");
  EXPECT_EQ(b.storage->text, "external");
  EXPECT_EQ(b.compression->text, "lz4");
  const auto& c = Member<ast::Column>(parsed, 2);
  EXPECT_EQ(c.nullable, true);
  EXPECT_EQ(c.statistics->text, "500");
  EXPECT_EQ(c.options->at(0).value->text, "-0.5");
  EXPECT_EQ(c.was->text, "c_old");
  ASSERT_EQ(c.constraints.size(), 2U);
  EXPECT_EQ(c.constraints[0].name->text, "positive");
  EXPECT_TRUE(c.constraints[0].no_inherit);
  EXPECT_TRUE(c.constraints[1].nulls_not_distinct);
  EXPECT_EQ(c.constraints[1].deferral, ast::Deferral::Deferrable);
  const auto& d = Member<ast::Column>(parsed, 3).constraints->at(0);
  EXPECT_EQ(d.foreign_key->table.schema->text, "s");
  EXPECT_EQ(d.foreign_key->columns.size(), 2U);
  EXPECT_EQ(parsed.Text(*d.foreign_key->actions), "match full on delete set null (d) on update no action");
  EXPECT_EQ(d.deferral, ast::Deferral::InitiallyDeferred);
  EXPECT_TRUE(d.not_valid);
}

TEST(ParseColumn, OurWordsMayBeNames) {
  const Parsed parsed(
      "table enum { table_ int; key text; value text not null; index integer; trigger text; was text was "
      "was;\n"
      "  version int default 1; type text; schema text; domain text; sql text; up int; down int; row int; "
      "force int;\n"
      "  replica int; policy text; rule text; comment text; seed int; raw int; mixin int; view int; enable "
      "bool;\n"
      "  exclude boolean; cluster int; revoke int; backfill int backfill 3; include int; map int; unlogged "
      "int; }");
  EXPECT_EQ(parsed.Messages(), "");
  EXPECT_EQ(parsed.Item<ast::Table>(0).members.size(), 31U);
  for (const auto& member : parsed.Item<ast::Table>(0).members) {
    EXPECT_TRUE(std::holds_alternative<ast::Column>(member));
  }
}

TEST(ParseConstraint, NamedBothWays) {
  const Parsed parsed(
      "table t {\n"
      "  check positive (a > 0) no inherit not valid;\n"
      "  constraint positive check (a > 0);\n"
      "  unique u (a, b) include (c) with (fillfactor = 90) deferrable initially immediate;\n"
      "  unique nulls not distinct (a);\n"
      "  unique (a) nulls not distinct;\n"
      "  primary key pk (a);\n"
      "  foreign key fk (a, b) references t2 on delete cascade;\n"
      "  exclude ex using gist (a with &&, lower(b) collate \"C\" text_ops desc with "
      "operator(pg_catalog.=))\n"
      "    include (c) where (a is not null) not deferrable;\n"
      "}");
  EXPECT_EQ(parsed.Messages(), "");
  const auto& check = Member<ast::Constraint>(parsed, 0);
  EXPECT_EQ(check.name->text, "positive");
  EXPECT_EQ(parsed.Text(*check.check), "a > 0");
  EXPECT_TRUE(check.no_inherit && check.not_valid);
  EXPECT_EQ(Member<ast::Constraint>(parsed, 1).name->text, "positive");
  const auto& unique = Member<ast::Constraint>(parsed, 2);
  EXPECT_EQ(unique.columns.size(), 2U);
  EXPECT_EQ(unique.include->at(0).text, "c");
  EXPECT_EQ(unique.deferral, ast::Deferral::Deferrable);
  EXPECT_TRUE(Member<ast::Constraint>(parsed, 3).nulls_not_distinct);
  EXPECT_FALSE(Member<ast::Constraint>(parsed, 3).name);
  EXPECT_TRUE(Member<ast::Constraint>(parsed, 4).nulls_not_distinct);
  EXPECT_EQ(Member<ast::Constraint>(parsed, 5).kind, ast::ConstraintKind::PrimaryKey);
  EXPECT_EQ(parsed.Text(*Member<ast::Constraint>(parsed, 6).foreign_key->actions), "on delete cascade");
  const auto& exclude = Member<ast::Constraint>(parsed, 7);
  EXPECT_EQ(exclude.method->text, "gist");
  ASSERT_EQ(exclude.elements.size(), 2U);
  EXPECT_EQ(parsed.Text(*exclude.elements[0].exclusion_operator), "&&");
  EXPECT_EQ(parsed.Text(*exclude.elements[1].exclusion_operator), "operator(pg_catalog.=)");
  EXPECT_EQ(exclude.elements[1].descending, true);
  EXPECT_EQ(parsed.Text(*exclude.where), "a is not null");
  EXPECT_EQ(exclude.deferral, ast::Deferral::NotDeferrable);
}

TEST(ParseIndex, EveryClause) {
  const Parsed parsed(
      "table t {\n"
      "  index (a);\n"
      "  unique index i1 (a);\n"
      "  index concurrently i2 unique using gin (a jsonb_path_ops, (a -> 'x') gin_trgm_ops(siglen = 32) asc "
      "nulls first,\n"
      "    lower(b), s.f(c)) include (d) nulls not distinct with (fastupdate = off) tablespace ts where a > "
      "0 was i0;\n"
      "  index i3 was i4 (a) where b = ';' and c in (1, 2);\n"
      "}");
  EXPECT_EQ(parsed.Messages(), "");
  EXPECT_FALSE(Member<ast::Index>(parsed, 0).name);
  EXPECT_TRUE(Member<ast::Index>(parsed, 1).unique);
  const auto& index = Member<ast::Index>(parsed, 2);
  EXPECT_TRUE(index.concurrently && index.unique && index.nulls_not_distinct);
  EXPECT_EQ(index.name->text, "i2");
  EXPECT_EQ(index.method->text, "gin");
  ASSERT_EQ(index.elements.size(), 4U);
  EXPECT_EQ(index.elements[0].operator_class->name.text, "jsonb_path_ops");
  EXPECT_EQ(parsed.Text(*index.elements[1].expression), "(a -> 'x')");
  EXPECT_EQ(parsed.Text(*index.elements[1].operator_class_options), "siglen = 32");
  EXPECT_EQ(index.elements[1].descending, false);
  EXPECT_EQ(index.elements[1].nulls_first, true);
  EXPECT_EQ(parsed.Text(*index.elements[2].expression), "lower(b)");
  EXPECT_EQ(parsed.Text(*index.elements[3].expression), "s.f(c)");
  EXPECT_EQ(parsed.Text(*index.where), "a > 0");
  EXPECT_EQ(index.was->text, "i0");
  EXPECT_EQ(index.tablespace->text, "ts");
  EXPECT_EQ(Member<ast::Index>(parsed, 3).was->text, "i4");
  EXPECT_EQ(parsed.Text(*Member<ast::Index>(parsed, 3).where), "b = ';' and c in (1, 2)");
}

TEST(ParseTable, PartsAttachedToThoseOfAParent) {
  const Parsed parsed(
      "table t partition of p default {\n"
      "  --- The key.\n"
      "  constraint k partition of p_pkey;\n"
      "  index partition partition of \"P i\";\n"
      "  index (partition);\n"
      "}");
  EXPECT_EQ(parsed.Messages(), "");
  const auto& key = Member<ast::AttachedPart>(parsed, 0);
  EXPECT_FALSE(key.is_index);
  EXPECT_EQ(key.name.text, "k");
  EXPECT_EQ(key.parent.text, "p_pkey");
  EXPECT_EQ(key.comment, "The key.");
  const auto& index = Member<ast::AttachedPart>(parsed, 1);
  EXPECT_TRUE(index.is_index);
  EXPECT_EQ(index.name.text, "partition");
  EXPECT_EQ(index.parent.text, "P i");
  EXPECT_EQ(Member<ast::Index>(parsed, 2).elements[0].column->text, "partition");
}

TEST(ParseTable, OtherMembers) {
  const Parsed parsed(
      "table t {\n"
      "  constraint trigger a after insert or update of b, c deferrable initially deferred for each row\n"
      "    when (new.b <> ';') execute function f('x');\n"
      "  policy p as restrictive for select to app using (a = 1) with check (true);\n"
      "  rule r as on insert where new.a > 0 do also (insert into u values (1); notify x);\n"
      "  row level security;\n"
      "  force row level security;\n"
      "  replica identity using index i;\n"
      "  cluster on i;\n"
      "  grant select, update (a, b) to app, PUBLIC with grant option;\n"
      "  revoke all from public;\n"
      "}");
  EXPECT_EQ(parsed.Messages(), "");
  const auto& trigger = Member<ast::Trigger>(parsed, 0);
  EXPECT_TRUE(trigger.constraint);
  EXPECT_EQ(parsed.Text(trigger.events), "after insert or update of b, c");
  EXPECT_TRUE(parsed.Text(trigger.rest).starts_with("deferrable initially deferred for each row"));
  EXPECT_EQ(parsed.Text(*Member<ast::Policy>(parsed, 1).rest),
            "as restrictive for select to app using (a = 1) with check (true)");
  EXPECT_EQ(parsed.Text(Member<ast::Rule>(parsed, 2).event), "on insert");
  EXPECT_EQ(parsed.Text(Member<ast::Rule>(parsed, 2).rest),
            "where new.a > 0 do also (insert into u values (1); notify x)");
  EXPECT_EQ(Member<ast::TableSetting>(parsed, 3).kind, ast::TableSetting::Kind::RowSecurity);
  EXPECT_EQ(Member<ast::TableSetting>(parsed, 4).kind, ast::TableSetting::Kind::ForceRowSecurity);
  const auto& identity = Member<ast::TableSetting>(parsed, 5);
  ASSERT_EQ(identity.words.size(), 3U);
  EXPECT_EQ(identity.words[2].text, "i");
  EXPECT_EQ(Member<ast::TableSetting>(parsed, 6).kind, ast::TableSetting::Kind::ClusterOn);
  EXPECT_EQ(parsed.Text(Member<ast::Grant>(parsed, 7).text), "select, update (a, b)");
  EXPECT_EQ(parsed.Text(*Member<ast::Grant>(parsed, 7).grantees), "app, PUBLIC with grant option");
  EXPECT_TRUE(Member<ast::Grant>(parsed, 8).revoke);
}

TEST(ParseTable, DocumentationBecomesComments) {
  const Parsed parsed(
      "--- First line.\n---   Second.\n---\n-- not this\n--- Third. \ntable t {\n  --- The a.\n  a int; -- "
      "nor this\n"
      "  --- The check.\n  check c (a > 0);\n  -------- a ruler\n  b int;\n}");
  EXPECT_EQ(parsed.Messages(), "");
  EXPECT_EQ(parsed.Item<ast::Table>(0).comment, "First line.\n  Second.\n\nThird.");
  EXPECT_EQ(Member<ast::Column>(parsed, 0).comment, "The a.");
  EXPECT_EQ(Member<ast::Constraint>(parsed, 1).comment, "The check.");
  EXPECT_EQ(Member<ast::Column>(parsed, 2).comment, "");
}

TEST(ParseTable, DocumentationThatIsLostIsReported) {
  for (const char* text :
       {"table t { a int; --- of a?\n}", "--- doc\nseed t { }", "table t { a int; }\n--- end"}) {
    const Parsed parsed(text);
    ASSERT_EQ(parsed.diagnostics().size(), 1U) << text;
    EXPECT_EQ(parsed.diagnostics()[0].severity, Severity::Warning);
    EXPECT_FALSE(parsed.HasErrors());
  }
}

TEST(ParseNames, HostileOnes) {
  const Parsed parsed(
      "table \"a\"\"b;{\" { \"Größe\" int; größe int; ÄB$c int; \"😀\" text; \"x\ny\" int; \"a--b\" int; "
      "\"/*\" int; }");
  EXPECT_EQ(parsed.Messages(), "");
  EXPECT_EQ(parsed.Item<ast::Table>(0).name.name.text, "a\"b;{");
  EXPECT_EQ(Member<ast::Column>(parsed, 0).name.text, "Größe");
  EXPECT_EQ(Member<ast::Column>(parsed, 1).name.text, "größe");
  // Only ASCII letters are folded, as PostgreSQL does.
  EXPECT_EQ(Member<ast::Column>(parsed, 2).name.text, "Äb$c");
  EXPECT_EQ(Member<ast::Column>(parsed, 3).name.text, "😀");
  EXPECT_EQ(parsed.Text(Member<ast::Column>(parsed, 3).type), "text");
  EXPECT_EQ(Member<ast::Column>(parsed, 4).name.text, "x\ny");
}

}  // namespace
}  // namespace schemac
