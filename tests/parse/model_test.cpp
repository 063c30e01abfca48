// Models in parts and beside each other: the trees are those of each file by the grammar alone.
#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "compiler/parse/model_reader.h"
#include "compiler/parse/parse.h"
#include "tests/parse/dump.h"

namespace schemac {
namespace {

std::string Table(int number) {
  return fmt::format("table t_{0} {{\n  id bigint primary key;\n  a int default {0};\n  index (a);\n}}\n",
                     number);
}

// Lines that look as if a table began there, and do not.
std::string Decoys(int number) {
  return fmt::format(
      "function f_{0}() returns text language sql as $$\nselect 1;\ntable u;\n$$;\n"
      "--- A view.\nview v_{0} as select 'x;\ntable y {{' as a;\n"
      "/* old:\n}}\ntable z {{ */\nenum e_{0} {{ a, b }};\n"
      "--- All of {0}.\ntable d_{0} {{ --- stray\n  payload jsonb default {{\"a\": [1, {{}}]}};\n}} --- "
      "stray too\n",
      number);
}

std::multiset<std::string> Messages(const DiagnosticSink& sink) {
  std::multiset<std::string> messages;
  for (const Diagnostic& diagnostic : sink.diagnostics())
    messages.insert(
        fmt::format("{}:{} {}", diagnostic.span.source, diagnostic.span.begin, diagnostic.message));
  return messages;
}

void ExpectAsByGrammar(const std::vector<std::string>& texts) {
  Sources sources;
  std::vector<SourceId> files;
  DiagnosticSink by_grammar;
  std::vector<std::string> expected;
  for (const std::string& text : texts) {
    files.push_back(sources.Add(fmt::format("{}.schema", files.size()), text));
    expected.push_back(Dump().Of(parse::ReadByGrammar(files.back(), sources, by_grammar)));
  }
  DiagnosticSink sink;
  const std::vector<ast::File> parsed = ParseModel(files, sources, sink);
  ASSERT_EQ(parsed.size(), texts.size());
  EXPECT_EQ(Messages(sink), Messages(by_grammar));
  for (std::size_t i = 0; i < parsed.size(); ++i) {
    EXPECT_EQ(parsed[i].source, files[i]);
    EXPECT_EQ(Dump().Of(parsed[i]), expected[i]) << "file " << i;
  }
}

// Long enough for two threads; what is in the middle is moved by the bytes of `shift`.
std::string LongModel(std::size_t shift) {
  std::string text = fmt::format("/* {} */\n", std::string(shift, 'x'));
  for (int i = 0; i < 90; ++i) text += Table(i) + Decoys(i);
  for (int i = 90; i < 500; ++i) text += Table(i);
  return text;
}

TEST(ParseModel, PartsAreAWhole) {
  for (std::size_t shift = 0; shift < 60'000; shift += 4'001) ExpectAsByGrammar({LongModel(shift)});
}

TEST(ParseModel, SomeOfManyFiles) {
  std::vector<std::string> texts(20, "table a { b int; }\n");
  ExpectAsByGrammar(texts);
  texts.insert(texts.begin() + 3, LongModel(0));
  texts.emplace_back("");
  ExpectAsByGrammar(texts);
  ExpectAsByGrammar({"", LongModel(0), "table t { "});
}

TEST(ParseModel, WhatIsWrongIsToldOnce) {
  const std::string model = LongModel(0);
  for (std::size_t at : {std::size_t{100}, model.size() / 2, model.size() - 100}) {
    std::string text = model;
    text.insert(text.find("  index", at), "  } ;");
    ExpectAsByGrammar({text});
    text = model;
    text.insert(text.find("\ntable", at), "'");
    ExpectAsByGrammar({text});
    text = model;
    text.insert(text.find("\ntable", at), "\xFF");
    ExpectAsByGrammar({text});
  }
  ExpectAsByGrammar({"revision r;\n" + model});
}

// How many items of the second are shared with the first. Each item is what it is alone.
std::size_t Shared(const std::string& first, const std::string& second) {
  Sources sources;
  DiagnosticSink sink;
  const auto one = ParseModel({sources.Add("git:HEAD:a.schema", first)}, sources, sink);
  EXPECT_TRUE(sink.diagnostics().empty());
  const SourceId file = sources.Add("a.schema", second);
  const auto beside = ParseModelBeside(one, {file}, sources, sink);
  DiagnosticSink sink_alone;
  const auto alone = ParseModel({file}, sources, sink_alone);
  EXPECT_EQ(Messages(sink), Messages(sink_alone));
  EXPECT_EQ(Dump(sources).Of(beside.front()), Dump(sources).Of(alone.front()));
  EXPECT_EQ(beside.front().ends, alone.front().ends);
  const std::set<std::shared_ptr<const ast::Item>> items(one.front().items.begin(), one.front().items.end());
  return static_cast<std::size_t>(
      std::ranges::count_if(beside.front().items, [&](const auto& item) { return items.contains(item); }));
}

TEST(ParseModelBeside, SharesWhatIsSpelledAlike) {
  const std::string a = Table(1);
  const std::string b = "--- Of b.\nenum b { x, y }\n";
  const std::string c = "view c as select 1 as a;\n";
  const std::string d = Table(2);
  const std::string all = a + b + c + d;
  EXPECT_EQ(Shared(all, all), 4U);
  EXPECT_EQ(Shared(all, b + c + d), 2U);  // What stands before b is not the same.
  EXPECT_EQ(Shared(all, a + d), 1U);
  EXPECT_EQ(Shared(all, a + "table n { a int; }\n" + b + c + d), 4U);
  EXPECT_EQ(Shared(all, a + "enum b { x }\n" + c + d), 3U);  // Changed.
  EXPECT_EQ(Shared(all, a + "--- Of d.\n" + b + c + d), 3U);
  EXPECT_EQ(Shared(all, d + c + b + a), 0U);
  EXPECT_EQ(Shared(all, ""), 0U);
  EXPECT_EQ(Shared(all, a + "enum b { x, y } ;\n" + c), 2U);
  EXPECT_EQ(Shared("", all), 0U);
}

TEST(ParseModelBeside, ItemsWithoutAName) {
  const std::string a = "grant update on t to app;\n";
  const std::string b = "grant select on t to app;\n";
  const std::string c = "grant delete on t to app;\n";
  EXPECT_EQ(Shared(a + b + c, a + "grant insert on t to app;\n" + c), 2U);
  EXPECT_EQ(Shared(a + b + c, a + "grant insert on t to app;\n" + b + c), 3U);
  EXPECT_EQ(Shared(a + b + c, b + c), 0U);
  EXPECT_EQ(Shared(a + b + c, a + c), 2U);
}

TEST(ParseModelBeside, WhatFollowsEndsAnItemToo) {
  // The `;` behind `}` belongs to it, and no other may follow.
  EXPECT_EQ(Shared("enum a { x }\nenum b { y }\n", "enum a { x }\nenum b { y }\n;"), 1U);
  EXPECT_EQ(Shared("enum a { x };\nenum b { y }\n", "enum a { x }\nenum b { y }\n"), 1U);
}

TEST(ParseModelBeside, FilesGoByTheirNames) {
  Sources sources;
  DiagnosticSink sink;
  const auto one =
      ParseModel({sources.Add("git:HEAD:a.schema", Table(1)), sources.Add("git:HEAD:b.schema", Table(2))},
                 sources, sink);
  const auto other = ParseModelBeside(
      one, {sources.Add("schema/b.schema", Table(2)), sources.Add("schema/c.schema", Table(1))}, sources,
      sink);
  ASSERT_EQ(other.size(), 2U);
  EXPECT_EQ(other[0].items, one[1].items);
  ASSERT_EQ(other[1].items.size(), 1U);
  EXPECT_NE(other[1].items, one[0].items);
}

TEST(ParseModelBeside, LongModels) {
  std::string model;
  for (int i = 0; i < 1'500; ++i) model += Table(i);
  EXPECT_GE(Shared(model, model), 1'499U);  // The first of the second part is read before it is found.
  std::string changed = model;
  for (const char* name : {"table t_3 ", "table t_700 ", "table t_1499 "})
    changed.insert(changed.find('{', changed.find(name)) + 1, " b int;");
  EXPECT_GE(Shared(model, changed), 1'490U);
}

}  // namespace
}  // namespace schemac
