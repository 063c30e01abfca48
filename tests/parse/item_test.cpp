// The other items of a model.
#include <gtest/gtest.h>

#include "tests/parse/parsed.h"

namespace schemac {
namespace {

TEST(ParseItem, SchemasExtensionsEnums) {
  const Parsed parsed(
      "\xEF\xBB\xBFschema tenant template was old;\n"
      "extension \"uuid-ossp\" schema ext version '1.1';\n"
      "--- Doc.\nenum s.e was d { a, NOT_LOWER was old, 'It''s odd' was 'x', \"Quoted\", }\n"
      "enum empty { };");
  EXPECT_EQ(parsed.Messages(), "");
  const auto& schema = parsed.Item<ast::SchemaDirective>(0);
  EXPECT_TRUE(schema.is_template);
  EXPECT_EQ(schema.was->text, "old");
  EXPECT_EQ(parsed.Text(schema.name), "tenant");
  const auto& extension = parsed.Item<ast::Extension>(1);
  EXPECT_EQ(extension.name.text, "uuid-ossp");
  EXPECT_EQ(extension.schema->text, "ext");
  EXPECT_EQ(extension.version->text, "1.1");
  const auto& e = parsed.Item<ast::Enum>(2);
  EXPECT_EQ(e.comment, "Doc.");
  EXPECT_EQ(e.was->text, "d");
  ASSERT_EQ(e.labels.size(), 4U);
  EXPECT_EQ(e.labels[1].label.text, "NOT_LOWER");
  EXPECT_EQ(e.labels[1].was->text, "old");
  EXPECT_EQ(e.labels[2].label.text, "It's odd");
  EXPECT_EQ(e.labels[3].label.text, "Quoted");
  EXPECT_TRUE(parsed.Item<ast::Enum>(3).labels.empty());
}

TEST(ParseItem, SqlObjectsKeepTheirText) {
  using Kind = ast::SqlObject::Kind;
  const std::vector<std::pair<std::string, Kind>> samples = {
      {"domain d as text check (value <> ';')", Kind::Domain},
      {"type c as (a int, b text collate \"C\")", Kind::Composite},
      {"type r as range (subtype = int4)", Kind::Range},
      {"sequence s increment by 5 cache 3", Kind::Sequence},
      {"sequence s", Kind::Sequence},
      {"function f(a int default 3) returns int language sql as $$ select 1; $$", Kind::Function},
      {"function f() returns int language plpgsql as 'begin return 1; end'", Kind::Function},
      {"procedure p(inout a int) language sql as $b$ select $$;$$; $b$", Kind::Procedure},
      {"aggregate a(int) (sfunc = f, stype = int)", Kind::Aggregate},
      {"view s.v (a, b) with (security_barrier) as select 1, '{' with check option", Kind::View},
      {"event trigger e on ddl_command_end when tag in ('DROP TABLE') execute function f()",
       Kind::EventTrigger},
      {"statistics st (dependencies) on a, b from t", Kind::Statistics},
      {"collation c (provider = icu, locale = 'de')", Kind::Collation},
      {"alter default privileges in schema s grant select on tables to app", Kind::DefaultPrivileges},
      {"comment on table t is 'x'", Kind::Comment},
  };
  for (const auto& [text, kind] : samples) {
    const Parsed parsed(text + ";\ntable after { }");
    EXPECT_EQ(parsed.Messages(), "") << text;
    ASSERT_EQ(parsed.file().items.size(), 2U) << text;
    const auto& object = parsed.Item<ast::SqlObject>(0);
    EXPECT_EQ(object.kind, kind) << text;
    EXPECT_EQ(parsed.Text(object.text), text);
  }
}

TEST(ParseItem, RoutinesInStandardSql) {
  const std::string text =
      "function f(a int) returns int begin atomic select case a when 1 then case when true then 2 end end; "
      "select (case when a then b end); end";
  const Parsed parsed(text + ";\ntable after { }");
  EXPECT_EQ(parsed.Messages(), "");
  EXPECT_EQ(parsed.Text(parsed.Item<ast::SqlObject>(0).text), text);
  EXPECT_EQ(parsed.file().items.size(), 2U);
}

TEST(ParseItem, ViewsWithMembers) {
  const Parsed parsed(
      "--- Doc.\nmaterialized view v was w as select a from t with no data { unique index (a); grant select "
      "to app; }");
  EXPECT_EQ(parsed.Messages(), "");
  const auto& view = parsed.Item<ast::SqlObject>(0);
  EXPECT_EQ(view.kind, ast::SqlObject::Kind::MaterializedView);
  EXPECT_EQ(view.was->text, "w");
  EXPECT_EQ(view.comment, "Doc.");
  EXPECT_EQ(parsed.Text(view.rest), "as select a from t with no data");
  EXPECT_EQ(view.members.size(), 2U);
}

TEST(ParseItem, Seeds) {
  const Parsed parsed(
      "seed s.t key (a, b) { { a: 'x', b: now() + interval '1 day', c: {\"k\": \"\\\"}\"}, d: (1, 2) }; { }; "
      "};");
  EXPECT_EQ(parsed.Messages(), "");
  const auto& seed = parsed.Item<ast::Seed>(0);
  EXPECT_EQ(seed.key.size(), 2U);
  ASSERT_EQ(seed.rows.size(), 2U);
  const auto& values = seed.rows[0].values;
  ASSERT_EQ(values.size(), 4U);
  EXPECT_EQ(parsed.Text(std::get<ast::SqlText>(values[1].second.text)), "now() + interval '1 day'");
  EXPECT_EQ(parsed.Text(std::get<ast::JsonText>(values[2].second.text)), "{\"k\": \"\\\"}\"}");
}

TEST(ParseItem, RawAndGrants) {
  const Parsed parsed(
      "raw \"text search\" depends on table s.a, materialized view b, function f(integer, text) { up "
      "$x$create $$;$x$; down 'drop "
      "''x'''; }\n"
      "grant select on all tables in schema s to app;\nrevoke all on schema s from public;");
  EXPECT_EQ(parsed.Messages(), "");
  const auto& raw = parsed.Item<ast::Raw>(0);
  EXPECT_EQ(raw.name.text, "text search");
  ASSERT_EQ(raw.depends_on.size(), 3U);
  EXPECT_EQ(raw.depends_on[1].kind.text, "materialized view");
  EXPECT_EQ(parsed.Text(*raw.depends_on[2].arguments), "integer, text");
  EXPECT_EQ(raw.up.text, "create $$;");
  EXPECT_EQ(parsed.Text(raw.up), "create $$;");
  EXPECT_EQ(raw.down->text, "drop 'x'");
  EXPECT_EQ(parsed.Text(parsed.Item<ast::Grant>(1).text), "select on all tables in schema s to app");
  EXPECT_TRUE(parsed.Item<ast::Grant>(2).revoke);
}

TEST(ParseStrings, Escapes) {
  const auto label = [](const std::string& string) {
    const Parsed parsed("enum e { " + string + " }");
    if (parsed.HasErrors()) return std::string("error");
    return parsed.Item<ast::Enum>(0).labels.at(0).label.text;
  };
  EXPECT_EQ(label("E'a\\n\\t\\'\\\\b''c'"), "a\n\t'\\b'c");
  EXPECT_EQ(label("e'\\u00e4\\U0001F600\\x41\\101\\q'"), "ä😀AAq");
  EXPECT_EQ(label("E'\\ud83d\\ude00'"), "😀");
  EXPECT_EQ(label("E'\\ud83d'"), "error");
  EXPECT_EQ(label("E'\\x00'"), "error");
  EXPECT_EQ(label("E'\\xff'"), "error");
  EXPECT_EQ(label("E'\\u12'"), "error");
  EXPECT_EQ(label("'\\n'"), "\\n");
  EXPECT_EQ(label("$$it's$$"), "it's");
}

}  // namespace
}  // namespace schemac
