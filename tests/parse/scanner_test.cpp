// The scanner finds the tokens that grammar/SchemaLexer.g4 specifies.
#include "compiler/parse/scanner.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <grammar/SchemaParser.h>
#include <gtest/gtest.h>

#include "compiler/parse/keywords.h"
#include "tests/parse/reference_lexer.h"

namespace schemac::parse {
namespace {

using P = grammar::SchemaParser;

std::string Line(std::size_t type, std::size_t begin, std::size_t end) {
  static const P names(nullptr);
  return fmt::format("{} {}-{}\n", names.getVocabulary().getSymbolicName(type), begin, end);
}

std::string Scanned(std::string_view text) {
  Scanner scanner(text);
  std::string lines;
  for (Lexeme lexeme = scanner.Next(); lexeme.type != antlr4::Token::EOF; lexeme = scanner.Next()) {
    lines += Line(lexeme.type, lexeme.begin, lexeme.end);
  }
  return lines;
}

// ANTLR counts code points: byte offsets of each, and of the end.
std::vector<std::size_t> Offsets(std::string_view text) {
  std::vector<std::size_t> offsets;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U) offsets.push_back(at);
  }
  offsets.push_back(text.size());
  return offsets;
}

std::string Specified(std::string_view text) {
  antlr4::ANTLRInputStream characters{std::string(text)};
  ReferenceLexer lexer(&characters);
  const std::vector<std::size_t> offsets = Offsets(text);
  std::string lines;
  for (auto token = lexer.nextToken(); token->getType() != antlr4::Token::EOF; token = lexer.nextToken()) {
    lines += Line(token->getType(), offsets[token->getStartIndex()], offsets[token->getStopIndex() + 1]);
  }
  return lines;
}

TEST(Scanner, EndsOfQuotesAndComments) {
  for (const std::string_view text : {"",         "'",           "'a'",        "'a''b'",
                                      "'a''",     "\"a\"\"b\"",  "\"a",        "\"\"",
                                      "E'a\\'b'", "e'a\\",       "E'a",        "eE'a'",
                                      "b'01' B'", "n'a''",       "U&'a' u&'b", "U&\"a\" u&\"b",
                                      "$$a$$",    "$a$ $b$ $a$", "$a$",        "$1",
                                      "$a",       "$",           "$1a$",       "/* a /* b */ c */ d",
                                      "/* a",     "/*/",         "/* /*/ */",  "-- a\nb",
                                      "--- a",    "---",         "----a",      "--",
                                      "--a\rb",   "- -- -"}) {
    EXPECT_EQ(Scanned(text), Specified(text)) << text;
  }
}

TEST(Scanner, NumbersOperatorsAndWords) {
  for (const std::string_view text :
       {"1 1. 1.5 .5 1e5 1e 1E+ 1e-3 1.e2 1..2 0002_add 1.5abc 1e5x 1é",
        ":: : ::: = == + ++ <= / // +/* a */", "- -> ->> -1", "a$1 a$b$ é_1 ñ$",
        "Null nUll TABLE tables table_", "\\ \x01", "a.b.c .", "[1]{2}(3);,", "😀\xEF\xBB\xBF x"}) {
    EXPECT_EQ(Scanned(text), Specified(text)) << text;
  }
}

TEST(Scanner, Json) {
  for (const std::string_view text :
       {"t { a jsonb default {\"a\": [1, '2', {\"b\\\"\": null}]}; b text }", "{ default [\"a",
        "{ default {\"a\\", "default {1}", "{ a: {'x': [2]}, b: '}' }", "{ backfill [ -- 1 ] ; x }",
        "} { default } default { a"}) {
    EXPECT_EQ(Scanned(text), Specified(text)) << text;
  }
}

TEST(Scanner, AByteOrderMarkIsPassedOver) { EXPECT_EQ(Scanned("\xEF\xBB\xBFtable"), Line(P::TABLE, 3, 8)); }

TEST(Scanner, EveryModelOfTheProject) {
  std::size_t files = 0;
  for (const char* folder : {"examples", "tests/golden"}) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::filesystem::path(SCHEMAC_SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".schema" && entry.path().extension() != ".mdiff") continue;
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(file), {}};
      EXPECT_EQ(Scanned(text), Specified(text)) << entry.path();
      ++files;
    }
  }
  EXPECT_GT(files, 100U);
}

TEST(Scanner, RandomTexts) {
  constexpr std::array<std::string_view, 52> kPieces{
      "'",  "''", "\"", "\"\"", "$",  "$$",  "$a$", "$1", "U&",      "u&'",      "E'",    "e",    "b'",
      "N'", "x",  "\\", "-",    "--", "---", "\n",  "\r", " ",       "\t",       "/*",    "*/",   "/",
      "*",  "+",  "=",  "<",    "::", ":",   ".",   "1",  "0.5",     "e5",       "_",     "é",    "😀",
      "{",  "}",  "[",  "]",    "(",  ")",   ";",   ",",  "default", "backfill", "table", "name", "\x7F"};
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(fmt::format("seed {}", seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t length = random() % 24; length > 0; --length) text += kPieces[random() % kPieces.size()];
    ASSERT_EQ(Scanned(text), Specified(text)) << text;
  }
}

TEST(Keywords, AreTakenInAnyCase) {
  EXPECT_EQ(KeywordOr("CONCURRENTLY", 0), P::CONCURRENTLY);
  EXPECT_EQ(KeywordOr("Null", 0), P::NULL_);
  EXPECT_EQ(KeywordOr("null_", 0), 0U);
  EXPECT_EQ(KeywordOr("materialized_views_of_all_kinds", 0), 0U);
  EXPECT_EQ(KeywordOr("", 0), 0U);
}

}  // namespace
}  // namespace schemac::parse
