// The canonical layout: what it looks like, that it is its own layout, and that it changes no meaning.
#include "compiler/format/format.h"

#include <gtest/gtest.h>

#include "compiler/parse/outline.h"
#include "tests/parse/samples.h"

namespace schemac {
namespace {

std::string Formatted(const std::string& text) {
  Sources sources;
  DiagnosticSink sink;
  return Format(sources.Add("test", text), sources, sink).value_or("syntax error");
}

// All that the parser sees: tokens and stretches of SQL, with our keywords in lower case, and the comments.
std::vector<std::string> Substance(const std::string& text) {
  Sources sources;
  DiagnosticSink sink;
  std::vector<std::string> words;
  const auto pieces = parse::Outline(sources.Add("test", text), sources, sink);
  if (!pieces) return {"syntax error"};
  for (const parse::Piece& piece : *pieces) {
    std::string word(sources.Text(piece.span));
    if (piece.keyword) {
      for (char& letter : word) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    }
    while (!word.empty() && (word.back() == ' ' || word.back() == '\r' || word.back() == '\t'))
      word.pop_back();
    words.push_back(word);
  }
  return words;
}

TEST(Format, MessyModel) {
  EXPECT_EQ(Formatted("-- top\n\n\n/* block */ TABLE   UNLOGGED A . \"B c\" WITH(fillfactor=70) with x , y{\n"
                      "--- doc\n"
                      "a   int NOT NULL; bcd varchar(10) default ('a'\n"
                      "  || 'b'); -- trailing\n"
                      "  -- own\n\n\n"
                      "  c text -- mid\n"
                      "    not null;\n"
                      "  index I(a desc,(lower(b)) text_pattern_ops) WHERE  a>0;check ( a > 0 ) ;\n\n"
                      "}\n"
                      "enum e{a,b};enum e2 {\n a was b, 'c d' }\n"
                      "table t{} table u{};\n"
                      "domain d as text;domain e as text check (value > '');\n\n"
                      "seed t key(a){{a:1,b:'x'};{ a:2,b:{\"x\":[1,2]} };}\n"
                      "raw 'x' depends on table a,function b{up $$ x\n"
                      "y $$;down '';}\n"
                      "function f (a int) returns int language sql as $$\n"
                      "  select  1;\n"
                      "$$;"),
            "-- top\n"
            "\n"
            "/* block */\n"
            "table unlogged A.\"B c\" with (fillfactor = 70) with x, y {\n"
            "  --- doc\n"
            "  a   int         not null;\n"
            "  bcd varchar(10) default ('a'\n"
            "  || 'b');  -- trailing\n"
            "  -- own\n"
            "\n"
            "  c text  -- mid\n"
            "      not null;\n"
            "  index I (a desc, (lower(b)) text_pattern_ops) where a>0;\n"
            "  check ( a > 0 );\n"
            "}\n"
            "\n"
            "enum e { a, b };\n"
            "\n"
            "enum e2 {\n"
            "  a was b,\n"
            "  'c d'\n"
            "}\n"
            "\n"
            "table t {}\n"
            "table u {};\n"
            "\n"
            "domain d as text;\n"
            "domain e as text check (value > '');\n"
            "\n"
            "seed t key (a) {\n"
            "  { a: 1, b: 'x' };\n"
            "  { a: 2, b: {\"x\":[1,2]} };\n"
            "}\n"
            "\n"
            "raw 'x' depends on table a, function b {\n"
            "  up   $$ x\n"
            "y $$;\n"
            "  down '';\n"
            "}\n"
            "\n"
            "function f(a int) returns int language sql as $$\n"
            "  select  1;\n"
            "$$;\n");
}

TEST(Format, MessyModelDiff) {
  EXPECT_EQ(
      Formatted(
          "REVISION 2; revises 1;message 'x';add enum E{A};\n"
          "alter table t{ADD column a int;drop column b  restore 'x';alter column c SET DEFAULT {\"a\":1};}\n"
          "alter function f ( int ) { stable; }"),
      "revision 2;\n"
      "revises  1;\n"
      "message  'x';\n"
      "\n"
      "add enum E { A };\n"
      "\n"
      "alter table t {\n"
      "  add column a int;\n"
      "  drop column b restore 'x';\n"
      "  alter column c set default {\"a\":1};\n"
      "}\n"
      "\n"
      "alter function f( int ) {\n"
      "  stable;\n"
      "}\n");
}

TEST(Format, CommentsBehindAnEnumBelongToWhatFollows) {
  const std::string text =
      "enum e { a }\n\n--- The table.\ntable t {\n  a int;\n}\n\nenum f { b }  -- f\n\n--- Last.\nenum g { c "
      "}\n\n"
      "-- The end.\n";
  EXPECT_EQ(Formatted(text), text);
}

TEST(Format, ALineStaysBetweenEmptyTables) {
  EXPECT_EQ(Formatted("table t {}\n\ntable u {}\n"), "table t {}\n\ntable u {}\n");
}

TEST(Format, NothingAndErrors) {
  EXPECT_EQ(Formatted(""), "");
  EXPECT_EQ(Formatted("\n\n-- only\n\n\n-- these"), "-- only\n\n-- these\n");
  Sources sources;
  DiagnosticSink sink;
  EXPECT_FALSE(Format(sources.Add("test", "table {"), sources, sink));
  EXPECT_TRUE(sink.HasErrors());
}

TEST(Format, WindowsLinesAndByteOrderMark) {
  EXPECT_EQ(Formatted("\xEF\xBB\xBFtable t {\r\n  a int; -- x\r\n\r\n  b int;\r\n}\r\n"),
            "table t {\n  a int;  -- x\n\n  b int;\n}\n");
}

TEST(Format, CommentsInOddPlaces) {
  for (const std::string& text : std::vector<std::string>{
           "table /* a */ t /* b */ { /* c */ a /* d */ int /* e */ ; /* f */ } /* g */",
           "table -- a\nt -- b\n{ -- c\na -- d\nint -- e\n; -- f\n} -- g\n",
           "enum e { -- a\n a, -- b\n -- c\n b -- d\n } -- e\nenum f { /* x */ a, /* y */ b /* z */ }",
           "seed t { -- a\n { a: /* b */ 1 -- c\n, b: 2 }; -- d\n -- e\n}\n-- f\n\n-- g\ntable x { -- h\n}",
           "/* two\nlines */ table t { a int; /* two\n lines */ b int; /* two\nlines */\n c int; }",
           "table t { a int; -- x\n /* y */ -- z\n b int; }",
           "raw 'r' -- a\n { -- b\n up -- c\n '' -- d\n ; down -- e\n '' }",
           "table t {} -- a\n-- b\ntable u {}\n-- c\n",
           "table t { a int; /* x */ /* y */ b int; /* z */ }"}) {
    const std::string once = Formatted(text);
    EXPECT_EQ(Formatted(once), once) << text;
    EXPECT_EQ(Substance(once), Substance(text)) << once;
  }
}

TEST(Format, IsItsOwnLayoutAndChangesNothing) {
  std::size_t samples = 0;
  for (const auto& [kind, text, before] : Samples()) {
    const std::string once = Formatted(text);
    EXPECT_NE(once, "syntax error") << text;
    EXPECT_EQ(Formatted(once), once) << text;
    EXPECT_EQ(Substance(once), Substance(text)) << once;
    ++samples;
  }
  EXPECT_GT(samples, 25U);
}

}  // namespace
}  // namespace schemac
