#include "compiler/support/utf8.h"

#include <cstdint>
#include <cstring>

namespace schemac {
namespace {

bool IsContinuation(unsigned char byte) { return (byte & 0xC0U) == 0x80U; }

// Length of the sequence at `at`, 0 when it is invalid. The bounds of the second byte are those of the
// Unicode Standard, table 3-7.
std::size_t SequenceLength(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t index) {
    return index < text.size() ? static_cast<unsigned char>(text[index]) : static_cast<unsigned char>(0);
  };
  const unsigned char first = byte(at);
  const unsigned char second = byte(at + 1);
  if (first < 0x80U) return 1;
  if (first >= 0xC2U && first <= 0xDFU) return IsContinuation(second) ? 2 : 0;
  if (first >= 0xE0U && first <= 0xEFU) {
    const unsigned char low = first == 0xE0U ? 0xA0U : 0x80U;
    const unsigned char high = first == 0xEDU ? 0x9FU : 0xBFU;
    return second >= low && second <= high && IsContinuation(byte(at + 2)) ? 3 : 0;
  }
  if (first >= 0xF0U && first <= 0xF4U) {
    const unsigned char low = first == 0xF0U ? 0x90U : 0x80U;
    const unsigned char high = first == 0xF4U ? 0x8FU : 0xBFU;
    return second >= low && second <= high && IsContinuation(byte(at + 2)) && IsContinuation(byte(at + 3))
               ? 4
               : 0;
  }
  return 0;
}

// Passes over bytes below 0x80 from `at` on, eight at a time: nearly all SQL is nothing else.
std::size_t SkipPlain(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if ((word & kHighBits) != 0) break;
  }
  return at;
}

}  // namespace

std::optional<std::size_t> FindInvalidUtf8(std::string_view text) {
  for (std::size_t at = SkipPlain(text, 0); at < text.size(); at = SkipPlain(text, at)) {
    const std::size_t length = SequenceLength(text, at);
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
}

}  // namespace schemac
