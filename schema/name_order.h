// The order of names. Maps compare names more than they do anything else, and those of one schema begin
// alike.
#pragma once

#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace schemac::schema {

namespace name_order {

// As numbers, words are in the order of their bytes when the first byte in memory is the highest.
template <typename Word>
Word FirstByteHighest(const char* bytes) {
  Word word = 0;
  std::memcpy(&word, bytes, sizeof word);
  if constexpr (std::endian::native == std::endian::big || sizeof(Word) == 1) return word;
  if constexpr (sizeof(Word) == sizeof(std::uint32_t)) return __builtin_bswap32(word);
  return static_cast<Word>(__builtin_bswap64(word));
}

// Both have `size` bytes, a word at least.
template <typename Word>
std::strong_ordering CompareInWords(const char* left, const char* right, std::size_t size) {
  const auto compare = [&](std::size_t at) {
    return FirstByteHighest<Word>(left + at) <=> FirstByteHighest<Word>(right + at);
  };
  for (std::size_t at = 0; at + sizeof(Word) <= size; at += sizeof(Word)) {
    if (const auto order = compare(at); order != 0) return order;
  }
  return compare(size - sizeof(Word));  // The rest, behind bytes that are equal.
}

}  // namespace name_order

// The order of std::string, by bytes, a word at a time.
inline std::strong_ordering CompareNames(std::string_view left, std::string_view right) {
  using name_order::CompareInWords;
  const std::size_t size = left.size() < right.size() ? left.size() : right.size();
  auto order = std::strong_ordering::equal;
  if (size >= sizeof(std::uint64_t)) {
    order = CompareInWords<std::uint64_t>(left.data(), right.data(), size);
  } else if (size >= sizeof(std::uint32_t)) {
    order = CompareInWords<std::uint32_t>(left.data(), right.data(), size);
  } else if (size > 0) {
    order = CompareInWords<std::uint8_t>(left.data(), right.data(), size);
  }
  return order != 0 ? order : left.size() <=> right.size();
}

}  // namespace schemac::schema
