#include "compiler/analyze/name_words.h"

#include <algorithm>

#include "compiler/support/characters.h"

namespace schemac::analyze {
namespace {

// The byte in lower case, or 0 when it is no part of a word. A `$` is none: it may be a quote.
constexpr auto kFolded = [] {
  std::array<char, 256> folded{};
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const char c = static_cast<char>(i);
    folded[i] = IsWordStart(c) || IsDigit(c) ? Lower(c) : '\0';
  }
  return folded;
}();
char Folded(char c) { return kFolded[static_cast<unsigned char>(c)]; }

// The word at or behind `at`; empty at the end.
std::string_view WordFrom(std::string_view text, std::size_t at) {
  while (at < text.size() && Folded(text[at]) == '\0') ++at;
  std::size_t end = at;
  while (end < text.size() && Folded(text[end]) != '\0') ++end;
  return text.substr(at, end - at);
}

// FNV-1a.
constexpr std::uint64_t kEmpty = 0xCBF29CE484222325U;
std::uint64_t HashOn(std::uint64_t hash, std::string_view word) {
  constexpr std::uint64_t kPrime = 0x100000001B3U;
  for (const char c : word) hash = (hash ^ static_cast<unsigned char>(Folded(c))) * kPrime;
  return hash;
}

std::uint64_t BitOf(char first) {
  return std::uint64_t{1} << (static_cast<unsigned char>(Folded(first)) % 64U);
}

std::string_view LongestWordOf(std::string_view name) {
  std::string_view longest;
  for (std::string_view word = WordFrom(name, 0); !word.empty();) {
    if (word.size() > longest.size()) longest = word;
    word = WordFrom(name, static_cast<std::size_t>(word.data() - name.data()) + word.size());
  }
  return longest;
}

}  // namespace

std::array<NameWords::Hash, 2> NameWords::SpellingsOf(std::string_view name) {
  const std::string_view word = LongestWordOf(name);
  return {HashOn(kEmpty, word.substr(0, kLongestIdentifier)),
          HashOn(HashOn(kEmpty, "_"), word.substr(0, kLongestIdentifier - 1))};
}

bool NameWords::Know(std::string_view name) {
  const std::string_view word = LongestWordOf(name);
  if (word.empty()) return false;
  for (const Hash spelling : SpellingsOf(name)) readers_.try_emplace(spelling);
  firsts_[std::min(word.size(), kLongestIdentifier)] |= BitOf(word.front());
  firsts_[std::min(word.size() + 1, kLongestIdentifier)] |= BitOf('_');
  return true;
}

bool NameWords::Read(std::size_t number, std::string_view text) {
  Mentions found;
  const bool may_be_any = Find(number, text, found);
  Add(found);
  return may_be_any;
}

bool NameWords::Find(std::size_t number, std::string_view text, Mentions& found) const {
  if (text.find('\\') != std::string_view::npos) return true;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view word = WordFrom(text, at);
    if (word.empty()) break;
    at = static_cast<std::size_t>(word.data() - text.data()) + word.size();
    if (word.size() > kLongestIdentifier) return true;
    if ((firsts_[word.size()] & BitOf(word.front())) == 0) continue;
    const Hash hash = HashOn(kEmpty, word);
    if (readers_.contains(hash)) found.all_.push_back({hash, number});
  }
  return false;
}

void NameWords::Add(const Mentions& found) {
  for (const auto& [word, number] : found.all_) readers_.at(word).push_back(number);
}

std::vector<std::size_t> NameWords::ReadersOf(std::string_view name) const {
  std::vector<std::size_t> all;
  for (const Hash spelling : SpellingsOf(name)) {
    const std::vector<std::size_t>& some = readers_.at(spelling);
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace schemac::analyze
