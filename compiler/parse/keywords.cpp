#include "compiler/parse/keywords.h"

#include <string>
#include <unordered_map>

#include <grammar/SchemaParser.h>

#include "compiler/support/characters.h"

namespace schemac::parse {
namespace {

using grammar::SchemaParser;

constexpr std::size_t kLongest = 15;

// `null` is NULL_ in the grammar, where the bare word is taken.
std::unordered_map<std::string, std::size_t> ReadGrammar() {
  std::unordered_map<std::string, std::size_t> keywords;
  const antlr4::dfa::Vocabulary& vocabulary = SchemaParser(nullptr).getVocabulary();
  for (std::size_t type = SchemaParser::ACTION; type <= SchemaParser::ZONE; ++type) {
    std::string word = vocabulary.getSymbolicName(type);
    if (word.ends_with('_')) word.pop_back();
    keywords.emplace(std::move(word), type);
  }
  return keywords;
}

}  // namespace

std::size_t KeywordOr(std::string_view word, std::size_t otherwise) {
  static const std::unordered_map<std::string, std::size_t> keywords = ReadGrammar();
  if (word.size() > kLongest) return otherwise;
  const auto found = keywords.find(Upper(word));
  return found == keywords.end() ? otherwise : found->second;
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
