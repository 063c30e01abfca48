// UTF-8, the only encoding of models and scripts.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace schemac {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Byte offset of the first byte that begins no valid UTF-8 sequence (overlong forms and surrogates are
// invalid: the Unicode Standard, table 3-7).
std::optional<std::size_t> FindInvalidUtf8(std::string_view text);

}  // namespace schemac
