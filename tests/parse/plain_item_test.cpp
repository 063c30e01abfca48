// Items that are read by hand: the nodes are those that the grammar's way gives.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include <gtest/gtest.h>

#include "compiler/parse/model_reader.h"
#include "compiler/parse/scanner.h"
#include "tests/parse/dump.h"
#include "tests/parse/samples.h"

namespace schemac {
namespace {

std::string Messages(const DiagnosticSink& sink) {
  std::string text;
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    text += std::to_string(diagnostic.span.begin) + " " + diagnostic.message + "\n";
  }
  return text;
}

// Whether the text is read item by item.
bool ExpectSame(const std::string& text) {
  Sources sources;
  const SourceId source = sources.Add("test", text);
  DiagnosticSink by_items;
  const auto items = parse::ReadItems(source, sources, by_items);
  if (!items) {
    EXPECT_TRUE(by_items.diagnostics().empty());
    return false;
  }
  DiagnosticSink by_grammar;
  const ast::File whole = parse::ReadByGrammar(source, sources, by_grammar);
  EXPECT_EQ(Messages(by_items), Messages(by_grammar)) << text;
  EXPECT_EQ(Dump().Of(items->file), Dump().Of(whole)) << text;
  return true;
}

constexpr const char* kModel = R"(schema app; enum app.state { new, 'old one', "Key", };
table app.t {
  id bigint primary key; code varchar(40)[] not null default 'x'::varchar(3); "Q q" text null;
  n numeric(12, 2) default -1.5; at timestamp(3) with time zone default now(); d double precision;
  p jsonb not null default {"a": [1, {}]}; q jsonb default []; value int constraint v check (value > 0);
  o bigint references app.t (id) on delete cascade on update set null unique; type character varying;
  check t_n (n > 0 and (d < 1 or code[1] = 'a')); constraint k unique (id, code); primary key x (id);
  foreign key (o) references t on delete no action;
  index i (code desc nulls last, lower(code), (n + 1) asc) include (id) where n > 0 and is_active;
  unique index j using btree (id);
}
table u { a int; };
)";

TEST(PlainItem, OfEachKind) {
  EXPECT_TRUE(ExpectSame(kModel));
  EXPECT_TRUE(ExpectSame(""));
  EXPECT_TRUE(
      ExpectSame("table t { index (a); }\nview v as select 1;\n--- of u\ntable u { a int; } --- stray\n"));
}

TEST(PlainItem, WordsThatMayBeNames) {
  for (const char* member :
       {"index integer;", "index varchar(40);", "index i (a);", "index i (40);", "unique index (a);",
        "unique index i (a);", "index (a);", "policy int;", "row int;", "enable text;",
        "exclude int not null;", "time time with time zone;", "check int;", "unique nulls (a);",
        "unique nulls not distinct (a);", "char char(3);", "a int default null null;"}) {
    ExpectSame(std::string("table t { ") + member + " }");
  }
}

TEST(PlainItem, WhatIsWrongIsForTheGrammar) {
  for (const char* text :
       {"table t { a int }", "table t { a int; ", "table t { a int not null null; }", "} table t { a int; }",
        "table t { \"\" int; }", "enum e { a b }", "schema ;", "table t { a int default 'x; }"}) {
    EXPECT_FALSE(ExpectSame(text)) << text;
  }
}

constexpr const char* kModelDiff = R"(revision 0007_Late; revises "a b", 0006 , Main; message 'it is';
profile online; schema app; add enum state { new, old } add table t { id bigint primary key; s state; };
replace enum state { new, 'older' } add schema other; alter table t { add column n int not null; add foreign key f (n) references u; add index i (n);
add unique (n); } alter table app.t { drop column n; } alter view v { comment 'c'; }
add table other.u { id int references t (id); } drop table v; add view w as select 1;
)";

TEST(PlainItem, OfModelDiffs) {
  EXPECT_TRUE(ExpectSame(kModelDiff));
  EXPECT_TRUE(ExpectSame("revision r;"));
  EXPECT_TRUE(ExpectSame("revision x; message \"first\"; --- of t\nadd table t { a int; }"));
  EXPECT_TRUE(ExpectSame("revision x;\n--- stray\n"));
  for (const char* text :
       {"revision ;", "revision x", "revision x; message first;", "revision x; revises ;", "revision x; add",
        "revision x; add table t { a int }", "revision x; table t { a int; }", "revision \"\";",
        "revision x; profile;", "table t { a int; } revision x;", "revision x; add replace enum e { a }"}) {
    EXPECT_FALSE(ExpectSame(text)) << text;
  }
}

TEST(PlainItem, OfTheSamples) {
  for (const Sample& sample : Samples()) ExpectSame(sample.text);
}

TEST(PlainItem, OfEveryModelHere) {
  std::size_t read = 0;
  for (const char* folder : {"examples", "tests"}) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::filesystem::path(SCHEMAC_SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".schema" && entry.path().extension() != ".mdiff") continue;
      std::ifstream file(entry.path());
      if (ExpectSame({std::istreambuf_iterator<char>(file), {}})) ++read;
    }
  }
  EXPECT_GT(read, 50U);
}

// A word more, less, or in another's place: how many of `rounds` such texts are read item by item.
std::size_t TryMutations(const std::string& model, int rounds) {
  std::vector<std::string> words;
  parse::Scanner scanner(model);
  for (parse::Lexeme lexeme = scanner.Next(); lexeme.end > lexeme.begin; lexeme = scanner.Next()) {
    words.push_back(model.substr(lexeme.begin, lexeme.end - lexeme.begin));
  }
  std::vector<std::string> pool = words;
  for (const char* word : {"was",        "with",  "index", "policy",  "row",   "collate", "storage",
                           "generated",  "array", "year",  "exclude", "nulls", "not",     "valid",
                           "deferrable", "]",     "[",     "E'x'",    "1e",    "$1",      "---\n"}) {
    pool.emplace_back(word);
  }
  std::mt19937 random(5);
  std::size_t read = 0;
  for (int round = 0; round < rounds; ++round) {
    std::vector<std::string> changed = words;
    const auto at = changed.begin() + static_cast<std::ptrdiff_t>(random() % changed.size());
    const auto kind = random() % 3;
    const std::string& word = pool[random() % pool.size()];
    if (kind == 0) *at = word;
    if (kind == 1) changed.insert(at, word);
    if (kind == 2) changed.erase(at);
    std::string text;
    for (const std::string& each : changed) text += each + " ";
    if (ExpectSame(text)) ++read;
  }
  return read;
}

TEST(PlainItem, OfWhatNobodyWrote) {
  EXPECT_GT(TryMutations(kModel, 1500), 100U);
  EXPECT_GT(TryMutations(kModelDiff, 1000), 100U);
}

}  // namespace
}  // namespace schemac
