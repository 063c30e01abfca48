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
  if constexpr (std::endian::native == std::endian::big) return word;
  if constexpr (sizeof(Word) == sizeof(std::uint32_t)) return __builtin_bswap32(word);
  return static_cast<Word>(__builtin_bswap64(word));
}

// Less than eight bytes as one number; two of them have the order of the bytes when they are as many.
inline std::uint64_t ShortAsNumber(const char* bytes, std::size_t size) {
  if (size >= sizeof(std::uint32_t)) {
    const std::uint64_t first = FirstByteHighest<std::uint32_t>(bytes);
    return first << 32U | FirstByteHighest<std::uint32_t>(bytes + size - sizeof(std::uint32_t));
  }
  if (size == 0) return 0;
  const auto byte = [&](std::size_t at) { return std::uint64_t{static_cast<unsigned char>(bytes[at])}; };
  return byte(0) << 16U | byte(size / 2) << 8U | byte(size - 1);
}

}  // namespace name_order

// The order of std::string, by bytes, a word at a time.
inline std::strong_ordering CompareNames(std::string_view left, std::string_view right) {
  using Word = std::uint64_t;
  using name_order::FirstByteHighest;
  const std::size_t size = left.size() < right.size() ? left.size() : right.size();
  if (size >= sizeof(Word)) {
    // The last word overlaps the one before, whose bytes are equal then.
    for (std::size_t at = 0;; at += sizeof(Word)) {
      const bool is_last = at + sizeof(Word) >= size;
      if (is_last) at = size - sizeof(Word);
      const Word one = FirstByteHighest<Word>(left.data() + at);
      const Word other = FirstByteHighest<Word>(right.data() + at);
      if (one != other) return one < other ? std::strong_ordering::less : std::strong_ordering::greater;
      if (is_last) break;
    }
  } else {
    const Word one = name_order::ShortAsNumber(left.data(), size);
    const Word other = name_order::ShortAsNumber(right.data(), size);
    if (one != other) return one < other ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  return left.size() <=> right.size();
}

}  // namespace schemac::schema
