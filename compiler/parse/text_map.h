// Byte offsets of code points. ANTLR counts code points and throws on invalid UTF-8; the rest of the compiler
// counts bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace schemac::parse {

// Byte offset of the first byte that begins no valid UTF-8 sequence (overlong forms and surrogates are
// invalid).
std::optional<std::size_t> FindInvalidUtf8(std::string_view text);

// Maps the code points of `text`, which is valid UTF-8, to bytes. A byte-order mark at the start is no code
// point here. For ASCII text, nothing is stored.
class TextMap {
 public:
  explicit TextMap(std::string_view text);

  // The text without its byte-order mark.
  [[nodiscard]] std::string_view content() const { return content_; }
  // The byte in the whole text where the code point begins; one past the last code point gives the end.
  [[nodiscard]] std::uint32_t Byte(std::size_t code_point) const;

 private:
  std::string_view content_;
  std::uint32_t base_ = 0;
  std::vector<std::uint32_t> offsets_;  // Empty for ASCII.
};

}  // namespace schemac::parse
