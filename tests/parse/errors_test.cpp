// What is said about syntax errors, and that one does not hide the next.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/parse/parsed.h"

namespace schemac {
namespace {

using ::testing::HasSubstr;

TEST(SyntaxErrors, EveryMistakeOfAFileInOneRun) {
  const Parsed parsed(
      "tabel a { x int; }\n"
      "table b {\n"
      "  id bigint primary\n"
      "  name text not nul;\n"
      "  order int;\n"
      "  a text default 'x' || 'y';\n"
      "  check (a > 0;\n"
      "  ok text\n"
      "  ok2 text;\n"
      "}\n"
      "create table x { a int; }\n"
      "enum e { a, , b };\n"
      "table with { a int; }\n"
      "table q with 5 { a intx( ; b int; }\n"
      "seed a key (b) { { a: 1, b: }; { a: 2; b: 3 }; { a: 4 }; }\n"
      "extension \"uuid-ossp\" schma x;\n"
      "table good { a int; }\n");
  EXPECT_EQ(parsed.Messages(),
            "1:1 expected schema, extension, enum, mixin, table, view, function or another object, found "
            "\"tabel\" | write "
            "\"table\"\n"
            "4:3 expected \"key\" after \"primary\", found \"name\"\n"
            "5:3 expected a column, a constraint, an index or another member of the table after \";\", found "
            "\"order\" | as "
            "a name, write \"order\" in double quotes\n"
            "6:22 expected \";\" after \"'x'\", found \"||\" | put the expression in parentheses\n"
            "7:15 expected \")\" after \"0\", found \";\"\n"
            "8:10 expected \";\" after \"text\"\n"
            "11:1 expected schema, extension, enum, mixin, table, view, function or another object after "
            "\"}\", found "
            "\"create\" | leave out \"create\"\n"
            "12:13 expected a label after \",\", found \",\"\n"
            "13:7 expected a table name after \"table\", found \"with\" | as a name, write \"with\" in "
            "double quotes\n"
            "14:14 expected mixins, or storage parameters in parentheses, after \"with\", found \"5\"\n"
            "14:26 expected a name after \"(\", found \";\"\n"
            "15:29 expected a value after \":\", found \"}\"\n"
            "15:38 expected \"}\" or \",\" after \"2\", found \";\"\n"
            "16:23 expected \";\" after \"\"uuid-ossp\"\", found \"schma\"\n");
}

TEST(SyntaxErrors, WhatCouldBeReadIsKept) {
  const Parsed parsed("table a { x int; : ; y int; z int not; w int }\ntable b 5 { c int; }\ntable c { }");
  EXPECT_TRUE(parsed.HasErrors());
  ASSERT_EQ(parsed.file().items.size(), 3U);
  EXPECT_EQ(parsed.Item<ast::Table>(0).members.size(), 2U);
  EXPECT_EQ(parsed.Item<ast::Table>(1).members.size(), 1U);
}

TEST(SyntaxErrors, AForgottenBraceDoesNotSwallowTheNextTable) {
  const Parsed parsed("table a {\n  x int;\n\ntable b {\n  y int;\n}\n");
  EXPECT_EQ(parsed.Messages(), "4:1 expected \"}\" after \";\", found \"table\"\n");
  EXPECT_EQ(parsed.file().items.size(), 2U);
}

TEST(SyntaxErrors, ModelDiffs) {
  const Parsed parsed(
      "revision 2;\nrevises ;\nmessage foo;\n"
      "ad table x { a int; }\n"
      "alter table t {\n  drop x;\n  rename column a;\n  alter column a typ int;\n  set unlogged\n}\n"
      "alter enum e { add a after; order (a b); }\n"
      "sql 'x' { up 'a' don 'b' }\n"
      "allow drop-table drop-column;\n"
      "allow all;");
  EXPECT_EQ(parsed.Messages(),
            "2:9 expected the id of a revision after \"revises\", found \";\"\n"
            "3:9 expected a string after \"message\", found \"foo\"\n"
            "4:1 expected add, drop, rename, replace, alter, backfill, sql, allow or schema after \";\", "
            "found \"ad\" | write "
            "\"add\"\n"
            "6:8 expected a kind of object, such as table or index after \"drop\", found \"x\"\n"
            "7:18 expected \"to\" after \"a\", found \";\"\n"
            "8:18 expected type, set or drop after \"a\", found \"typ\"\n"
            "9:15 expected \";\" after \"unlogged\"\n"
            "11:27 expected a label after \"after\", found \";\"\n"
            "11:38 expected \")\" after \"a\", found \"b\"\n"
            "12:18 expected \"}\" after \"'a'\", found \"don\"\n"
            "13:18 expected \";\" after \"table\", found \"drop\"\n");
  EXPECT_EQ(parsed.file().changes.size(), 3U);
}

TEST(SyntaxErrors, QuotesWithoutEnd) {
  const auto messages = [](const char* text) { return Parsed(text).Messages(); };
  EXPECT_EQ(messages("table a { x text default 'abc; }"), "1:26 the string that begins here has no end\n");
  EXPECT_EQ(messages("table a { \"x text; }"), "1:11 the name that begins here has no end\n");
  EXPECT_EQ(messages("function f() returns int as $a$ x $$;"),
            "1:29 the string that begins here has no end\n");
  EXPECT_EQ(messages("table a { } /* /* */"), "1:13 the comment that begins here has no end\n");
}

TEST(SyntaxErrors, WrongText) {
  const Parsed invalid("table a { x int; }\n-- \xC3(");
  ASSERT_EQ(invalid.diagnostics().size(), 1U);
  EXPECT_EQ(invalid.diagnostics()[0].kind, DiagnosticKind::InvalidUtf8);
  EXPECT_EQ(invalid.diagnostics()[0].span.begin, 22U);
  for (const char* overlong : {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "\xE2\x82"}) {
    EXPECT_TRUE(Parsed(overlong).HasErrors());
  }
  EXPECT_THAT(Parsed(std::string("table\0 a", 8)).Messages(), HasSubstr("1:6 a zero byte"));
  EXPECT_THAT(Parsed("table U&\"x\" { }").Messages(), HasSubstr("write the characters themselves"));
  EXPECT_THAT(Parsed("table \"\" { }").Messages(), HasSubstr("a name cannot be empty"));
  EXPECT_THAT(Parsed("table t { a int default 1 default 2; }").Messages(),
              HasSubstr("this clause stands twice"));
}

TEST(SyntaxErrors, PlacesCountCharactersAfterOtherScripts) {
  const Parsed parsed("-- größer 😀\ntable t { \"ä😀\" int; : }");
  EXPECT_EQ(parsed.Messages(),
            "2:21 expected a column, a constraint, an index or another member of the table after \";\", "
            "found \":\"\n");
}

TEST(SyntaxErrors, AHundredAreEnough) {
  std::string text = "table t {\n";
  for (int index = 0; index < 5000; ++index) text += "  : ;\n";
  EXPECT_EQ(Parsed(text + "}").diagnostics().size(), 100U);
}

}  // namespace
}  // namespace schemac
