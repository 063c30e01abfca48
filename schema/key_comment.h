// Comments on the indexes behind constraints.
#pragma once

#include <string_view>

namespace schemac::schema {

// The kind of the Raw object that a comment on the index behind a constraint is. The constraint's own comment
// is another.
inline constexpr std::string_view kKeyComment = "comment";

}  // namespace schemac::schema
