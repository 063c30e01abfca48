// The line of a model diff that tells a revision's profile.
#pragma once

#include <string>
#include <string_view>

#include "compiler/ast/ast.h"

namespace schemac {

// The text of a model diff with `profile online;` at the end of its head, or without it; `revision` is what
// was parsed from it.
std::string WithProfile(std::string_view text, const ast::Revision& revision, bool online);

}  // namespace schemac
