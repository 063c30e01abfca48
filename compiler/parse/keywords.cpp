#include "compiler/parse/keywords.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <grammar/SchemaParser.h>
#include <grammar/TokenNames.h>

#include "compiler/support/characters.h"
#include "compiler/support/word_index.h"

namespace schemac::parse {
namespace {

using grammar::SchemaParser;

constexpr std::size_t kLongest = 15;
static_assert(std::size(grammar::kTokenNames) > SchemaParser::ZONE);

// `null` is NULL_ in the grammar, where the bare word is taken.
std::vector<std::string> ReadGrammar() {
  std::vector<std::string> words;
  for (std::size_t type = SchemaParser::ACTION; type <= SchemaParser::ZONE; ++type) {
    std::string word = Lower(grammar::kTokenNames[type]);
    if (word.ends_with('_')) word.pop_back();
    words.push_back(std::move(word));
  }
  return words;
}

}  // namespace

std::size_t KeywordOr(std::string_view word, std::size_t otherwise) {
  static const std::vector<std::string> words = ReadGrammar();
  static const WordIndex index({words.begin(), words.end()});
  if (word.empty() || word.size() > kLongest) return otherwise;
  if (!index.MayContain(word.size(), Lower(word.front()), Lower(word.back()))) return otherwise;
  std::array<char, kLongest> lower;
  std::ranges::transform(word, lower.begin(), [](char c) { return Lower(c); });
  const std::size_t number = index.Find({lower.data(), word.size()});
  return number == words.size() ? otherwise : SchemaParser::ACTION + number;
}

bool IsKeyword(std::size_t type) { return type >= SchemaParser::ACTION && type <= SchemaParser::ZONE; }

bool IsReservedWord(std::size_t type) {
  switch (type) {
    case SchemaParser::ARRAY:
    case SchemaParser::AS:
    case SchemaParser::ASC:
    case SchemaParser::CASE:
    case SchemaParser::CHECK:
    case SchemaParser::COLLATE:
    case SchemaParser::COLUMN:
    case SchemaParser::CONSTRAINT:
    case SchemaParser::DEFAULT:
    case SchemaParser::DEFERRABLE:
    case SchemaParser::DESC:
    case SchemaParser::DISTINCT:
    case SchemaParser::END:
    case SchemaParser::FOR:
    case SchemaParser::FOREIGN:
    case SchemaParser::FROM:
    case SchemaParser::GRANT:
    case SchemaParser::IN:
    case SchemaParser::INITIALLY:
    case SchemaParser::NOT:
    case SchemaParser::NULL_:
    case SchemaParser::ON:
    case SchemaParser::OR:
    case SchemaParser::ORDER:
    case SchemaParser::PRIMARY:
    case SchemaParser::REFERENCES:
    case SchemaParser::SELECT:
    case SchemaParser::TABLE:
    case SchemaParser::TO:
    case SchemaParser::UNIQUE:
    case SchemaParser::USING:
    case SchemaParser::WHERE:
    case SchemaParser::WITH:
      return true;
    default:
      return false;
  }
}

}  // namespace schemac::parse
