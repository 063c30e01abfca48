// The text that EXECUTE runs in a DO block, where it can be told without a server: string constants, `||`,
// format(), quote_ident() and quote_literal() over variables whose values are known.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/sql/tokens.h"

namespace schemac::sql {

// The variables of a block whose values are known, by name in lower case.
struct KnownVariables {
  std::map<std::string, std::string> texts;
  std::map<std::string, std::vector<std::string>> arrays;
};

// The value of the expression in the tokens [begin, end); nullopt when it cannot be told.
std::optional<std::string> ConstantText(const Tokens& tokens, std::size_t begin, std::size_t end,
                                        const KnownVariables& known);
// The same for an array of texts: ARRAY['a', 'b'], '{a,b}' of plain words, or a variable; a cast behind it is
// passed over.
std::optional<std::vector<std::string>> ConstantArray(const Tokens& tokens, std::size_t begin,
                                                      std::size_t end, const KnownVariables& known);

}  // namespace schemac::sql
