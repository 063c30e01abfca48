// Which texts may mention which names, told by their words alone: whatever may be a mention is taken for one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/support/quote.h"

namespace schemac::analyze {

// Of a name that holds other bytes than words do (`"my table"`), the longest of its words stands for the
// whole. The type of arrays (`_t`) counts as the name.
class NameWords {
 public:
  // To be called for every name before the first text is read. False when the name holds no word: any text
  // may mention it.
  bool Know(std::string_view name);
  // Remembers which of the names the text of that number has. True when it has something that may stand for
  // any: an escape, or a word so long that PostgreSQL cuts it.
  bool Read(std::size_t number, std::string_view text);

  // The same in two steps: several threads may look for mentions, one then adds what each has found.
  class Mentions;
  [[nodiscard]] bool Find(std::size_t number, std::string_view text, Mentions& found) const;
  void Add(const Mentions& found);

  // The numbers of the texts that may mention a name that is known; the same one may come again.
  [[nodiscard]] std::vector<std::size_t> ReadersOf(std::string_view name) const;

 private:
  using Hash = std::uint64_t;
  // The hashes of both spellings.
  static std::array<Hash, 2> SpellingsOf(std::string_view name);

  // By the hash of a word in lower case: two words of one hash are taken for one.
  std::unordered_map<Hash, std::vector<std::size_t>> readers_;
  // The first bytes of known words, a bit each, by their length: most words differ in that already.
  std::array<std::uint64_t, kLongestIdentifier + 1> firsts_{};
};

class NameWords::Mentions {
  friend class NameWords;
  struct Mention {
    Hash word = 0;
    std::size_t number = 0;  // Of the text.
  };
  std::vector<Mention> all_;
};

}  // namespace schemac::analyze
