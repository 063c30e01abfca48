// The escapes of E'…' strings.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace schemac::parse {

// Appends to `value` what `contents` (between the quotes of an E string) means, as PostgreSQL 15
// manual, 4.1.2.2. Returns the offset of the first escape that means nothing, a zero byte or no character, if
// there is one.
std::optional<std::size_t> DecodeEscapeString(std::string_view contents, std::string& value);

}  // namespace schemac::parse
