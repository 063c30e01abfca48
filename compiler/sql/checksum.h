// What a script says, as one number.
#pragma once

#include <string>
#include <string_view>

namespace schemac::sql {

// A checksum of the parsed statements: comments, blanks, the case of keywords and where lines break do not
// count, constants do. What the parser does not accept counts by its tokens. 16 hex digits.
std::string ChecksumOf(std::string_view script);

}  // namespace schemac::sql
