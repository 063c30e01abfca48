// A fixed list of words, to ask whether a text is one of them: scanners ask that of every word they read, and
// most are none.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace schemac {

// The words must outlive it.
class WordIndex {
 public:
  explicit WordIndex(std::vector<std::string_view> words) : words_(std::move(words)), next_(words_.size()) {
    for (std::size_t i = words_.size(); i > 0; --i) {
      std::uint16_t& first = first_[PlaceOf(words_[i - 1])];
      next_[i - 1] = first;
      first = static_cast<std::uint16_t>(i);
    }
  }

  // Its number in the list, that of the first of several; the size of the list when it is none of them.
  [[nodiscard]] std::size_t Find(std::string_view text) const {
    for (std::size_t i = first_[PlaceOf(text)]; i != 0; i = next_[i - 1]) {
      if (words_[i - 1] == text) return i - 1;
    }
    return words_.size();
  }
  // Whether one of them has that length, first and last letter: what is none of them is told by that mostly.
  [[nodiscard]] bool MayContain(std::size_t size, char first, char last) const {
    return first_[PlaceOf(size, first, last)] != 0;
  }
  [[nodiscard]] bool Contains(std::string_view text) const { return Find(text) < words_.size(); }

 private:
  static constexpr std::size_t kPlaces = 1024;

  // Length, first and last letter: enough to tell nearly all keywords of a language apart.
  static std::size_t PlaceOf(std::size_t size, char first, char last) {
    const auto letter = [](char c) { return static_cast<std::size_t>(static_cast<unsigned char>(c)); };
    return (size * 61 + letter(first) * 7 + letter(last) * 31) % kPlaces;
  }
  static std::size_t PlaceOf(std::string_view text) {
    return text.empty() ? 0 : PlaceOf(text.size(), text.front(), text.back());
  }

  std::vector<std::string_view> words_;
  std::array<std::uint16_t, kPlaces> first_{};  // By place; 1 is the first word, 0 none.
  std::vector<std::uint16_t> next_;             // Of the same place.
};

}  // namespace schemac
