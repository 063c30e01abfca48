// Mutations that keep most of a text well-formed: words, literals and marks are moved about as wholes. Bytes
// changed at random would hardly ever get past a parser.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

using Tokens = std::vector<std::string>;
using Random = std::minstd_rand;

// What often goes wrong, for all the languages that are fuzzed.
constexpr const char* kSpices[] = {"NULL",
                                   "''",
                                   "\"\"",
                                   "0",
                                   "-1",
                                   "99999999999999999999",
                                   "1e400",
                                   "'NaN'",
                                   "()",
                                   "(",
                                   ")",
                                   "[]",
                                   "[1:2]",
                                   "{",
                                   "}",
                                   ";",
                                   ",",
                                   "::text",
                                   "::int[]",
                                   "*",
                                   "$$ x $$",
                                   "U&'\\00e9'",
                                   "E'\\n'",
                                   "B'10'",
                                   "\"a\"\"b\"",
                                   "\"\xC3\xA9\"",
                                   "--",
                                   "/*",
                                   "*/",
                                   "DEFAULT",
                                   "CASCADE",
                                   "IF EXISTS",
                                   "IF NOT EXISTS",
                                   "OR REPLACE",
                                   "ONLY",
                                   "NOT",
                                   "public.",
                                   "pg_catalog.",
                                   "was",
                                   "RENAME TO",
                                   "DROP",
                                   "ALTER COLUMN"};

bool IsWordByte(char byte) {
  return byte == '_' || byte == '$' || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
         (byte >= 'A' && byte <= 'Z') || static_cast<unsigned char>(byte) >= 0x80;
}

// The end of the token that begins at `at`: a run of blanks, a word, a quoted text, or one other byte.
std::size_t TokenEnd(std::string_view text, std::size_t at) {
  const char first = text[at];
  if (first == '\'' || first == '"') {
    const std::size_t close = text.find(first, at + 1);
    return close == std::string_view::npos ? at + 1 : close + 1;
  }
  std::size_t end = at + 1;
  if (IsWordByte(first)) {
    while (end < text.size() && IsWordByte(text[end])) ++end;
  } else if (first == ' ' || first == '\n') {
    while (end < text.size() && (text[end] == ' ' || text[end] == '\n')) ++end;
  }
  return end;
}

Tokens Split(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Tokens tokens;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = TokenEnd(text, at);
    tokens.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return tokens;
}

std::size_t Write(const Tokens& tokens, std::uint8_t* data, std::size_t max_size) {
  std::string text;
  for (const std::string& token : tokens) text += token;
  const std::size_t size = std::min(text.size(), max_size);
  std::memcpy(data, text.data(), size);
  return size;
}

std::size_t Below(std::size_t bound, Random& random) {
  return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random);
}

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// A whole statement or line of an item, or a few tokens.
Range PickRange(const Tokens& tokens, Random& random) {
  const std::size_t at = Below(tokens.size(), random);
  if (Below(3, random) > 0) return {at, std::min(tokens.size(), at + 1 + Below(6, random))};
  Range range{at, at};
  const auto ends = [&](std::size_t i) { return tokens[i] == ";" || tokens[i] == ","; };
  while (range.begin > 0 && !ends(range.begin - 1)) --range.begin;
  while (range.end < tokens.size() && !ends(range.end)) ++range.end;
  if (range.end < tokens.size()) ++range.end;
  return range;
}

Tokens Slice(const Tokens& tokens, Range range) {
  return {tokens.begin() + static_cast<std::ptrdiff_t>(range.begin),
          tokens.begin() + static_cast<std::ptrdiff_t>(range.end)};
}

void Erase(Tokens& tokens, Range range) {
  tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(range.begin),
               tokens.begin() + static_cast<std::ptrdiff_t>(range.end));
}

void Insert(Tokens& tokens, std::size_t at, const Tokens& more) {
  tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(at), more.begin(), more.end());
}

void MutateBytes(std::string& token, Random& random) {
  const std::size_t size = token.size();
  token.resize(size + 1 + Below(8, random));
  token.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(token.data()), size, token.size()));
}

void MutateTokens(Tokens& tokens, Random& random) {
  const Range range = PickRange(tokens, random);
  const Tokens slice = Slice(tokens, range);
  switch (Below(6, random)) {
    case 0:
      Erase(tokens, range);
      break;
    case 1:
      Insert(tokens, Below(tokens.size() + 1, random), slice);
      break;
    case 2:
      Erase(tokens, range);
      Insert(tokens, Below(tokens.size() + 1, random), slice);
      break;
    case 3:
      tokens[range.begin] = tokens[Below(tokens.size(), random)];
      break;
    case 4:
      tokens[range.begin] = kSpices[Below(std::size(kSpices), random)];
      break;
    default:
      MutateBytes(tokens[range.begin], random);
      break;
  }
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  Random random(seed);
  Tokens tokens = Split(data, size);
  if (tokens.empty() || Below(12, random) == 0) return LLVMFuzzerMutate(data, size, max_size);
  for (std::size_t times = 1 + Below(3, random); times > 0 && !tokens.empty(); --times) {
    MutateTokens(tokens, random);
  }
  return Write(tokens, data, max_size);
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* left, std::size_t left_size,
                                                 const std::uint8_t* right, std::size_t right_size,
                                                 std::uint8_t* out, std::size_t max_size, unsigned seed) {
  Random random(seed);
  Tokens tokens = Split(left, left_size);
  const Tokens other = Split(right, right_size);
  if (tokens.empty() || other.empty()) return Write(other, out, max_size);
  const Tokens slice = Slice(other, PickRange(other, random));
  const Range range = PickRange(tokens, random);
  if (Below(2, random) == 0) Erase(tokens, range);
  Insert(tokens, range.begin, slice);
  return Write(tokens, out, max_size);
}
