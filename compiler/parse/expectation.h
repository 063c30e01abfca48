// What a reader would have expected where the parser found something else, in words of SQL.
#pragma once

#include <string>

#include <antlr4-runtime.h>

#include "compiler/parse/token_text.h"
#include "compiler/support/diagnostic.h"

namespace schemac::parse {

// Whether the token type is in the set.
bool Contains(const antlr4::misc::IntervalSet& tokens, std::size_t type);

// The diagnostic for `found`, met in the rule of `context` when the tokens `expected` could have followed
// `before` (nullptr at the start of the file). `expected` is empty when it is not known.
Diagnostic Unexpected(const Input& input, const antlr4::RuleContext* context,
                      const antlr4::misc::IntervalSet& expected, const antlr4::Token* before,
                      const antlr4::Token& found);

}  // namespace schemac::parse
