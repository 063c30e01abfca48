#include "compiler/sql/facts.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <unordered_map>
#include <utility>

#include "compiler/support/word_index.h"

namespace schemac::sql {
namespace {

constexpr bool t = true;
constexpr bool f = false;
constexpr TypeFact kTypes[] = {
#define T(name, format, category, preferred, kind, element) \
  {name, format, category, preferred, kind, element},
#include "compiler/sql/facts/types.def"
#undef T
};

constexpr std::pair<std::string_view, std::string_view> kSystemRows[] = {
#define R(schema, name) {schema, name},
#include "compiler/sql/facts/system_rows.def"
#undef R
};

constexpr CastFact kCasts[] = {
#define C(source, target, context, method) {source, target, context, method},
#include "compiler/sql/facts/casts.def"
#undef C
};

struct Entry {
  std::string_view name;
  std::string_view signatures;
};
constexpr Entry kFunctions[] = {
#define F(name, signatures) {name, signatures},
#include "compiler/sql/facts/functions.def"
#undef F
};
constexpr Entry kOperators[] = {
#define O(name, signatures) {name, signatures},
#include "compiler/sql/facts/operators.def"
#undef O
};

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    if (text[i] == separator && depth == 0) {
      parts.push_back(text.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  parts.push_back(text.substr(begin));
  return parts;
}

// "int4,*_text/1>*record(key:text,value:json)"
Signature ParseSignature(std::string_view text, bool is_operator) {
  Signature signature;
  // Operators such as "->" hold no '>' in their argument types, so the first one is ours.
  const std::size_t arrow = text.find('>');
  std::string_view arguments = text.substr(0, arrow);
  std::string_view result = text.substr(arrow + 1);
  if (const std::size_t slash = arguments.find('/'); slash != std::string_view::npos) {
    signature.defaults = static_cast<std::size_t>(std::stoul(std::string(arguments.substr(slash + 1))));
    arguments = arguments.substr(0, slash);
  }
  if (!arguments.empty()) {
    for (std::string_view argument : Split(arguments, ',')) {
      if (argument.empty() && is_operator) continue;
      if (!argument.empty() && argument.front() == '*') {
        signature.variadic = true;
        argument.remove_prefix(1);
      }
      signature.arguments.emplace_back(argument);
    }
  }
  if (!result.empty() && result.front() == '*') {
    signature.returns_set = true;
    result.remove_prefix(1);
  }
  const std::size_t open = result.find('(');
  signature.result = result.substr(0, open);
  if (open != std::string_view::npos) {
    for (const std::string_view column : Split(result.substr(open + 1, result.size() - open - 2), ',')) {
      const std::size_t colon = column.rfind(':');
      signature.columns.emplace_back(column.substr(0, colon), column.substr(colon + 1));
    }
  }
  return signature;
}

template <typename Row, std::size_t size>
WordIndex IndexOf(const Row (&table)[size], std::string_view Row::*key) {
  std::vector<std::string_view> words;
  words.reserve(size);
  for (const Row& row : table) words.push_back(row.*key);
  return WordIndex(std::move(words));
}

template <std::size_t size>
const std::vector<Signature>& Find(const Entry (&table)[size], std::string_view name, bool is_operator) {
  static const std::vector<Signature> kNone;
  static const WordIndex kByName = IndexOf(table, &Entry::name);
  thread_local std::unordered_map<std::size_t, std::vector<Signature>> cache;
  const std::size_t number = kByName.Find(name);
  if (number == size) return kNone;
  auto [found, added] = cache.try_emplace(number);
  if (added) {
    for (const std::string_view signature : Split(table[number].signatures, ';')) {
      found->second.push_back(ParseSignature(signature, is_operator));
    }
  }
  return found->second;
}

}  // namespace

const TypeFact* FindTypeFact(std::string_view name) {
  static const WordIndex kByName = IndexOf(kTypes, &TypeFact::name);
  const std::size_t number = kByName.Find(name);
  return number < std::size(kTypes) ? &kTypes[number] : nullptr;
}

const TypeFact* FindTypeFactByFormat(std::string_view format) {
  static const WordIndex kByFormat = IndexOf(kTypes, &TypeFact::format);
  const std::size_t number = kByFormat.Find(format);
  return number < std::size(kTypes) ? &kTypes[number] : nullptr;
}

bool IsSystemRowType(std::string_view schema, std::string_view name) {
  if (schema.empty() ? !name.starts_with("pg_") : schema != "information_schema") return false;
  return std::ranges::find(kSystemRows, std::pair(schema, name)) != std::end(kSystemRows);
}

const CastFact* FindCastFact(std::string_view source, std::string_view target) {
  const auto* found =
      std::lower_bound(std::begin(kCasts), std::end(kCasts), std::pair(source, target),
                       [](const CastFact& left, const std::pair<std::string_view, std::string_view>& right) {
                         return std::pair(left.source, left.target) < right;
                       });
  return found != std::end(kCasts) && found->source == source && found->target == target ? found : nullptr;
}

const std::vector<Signature>& FunctionFacts(std::string_view name) { return Find(kFunctions, name, false); }
const std::vector<Signature>& OperatorFacts(std::string_view name) { return Find(kOperators, name, true); }

}  // namespace schemac::sql
