// What stands inside a DO block of PL/pgSQL: its SQL statements, whatever conditions, loops and handlers are
// around them. For judging what a block may do; what it does to a catalog is told by statement_do.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/sql/tokens.h"

namespace schemac::sql {

struct BlockStatement {
  std::size_t begin = 0;  // In the body.
  std::size_t end = 0;
  std::string text;  // Not what stands there when a constant is executed, or RETURNING … INTO is left out.
  bool spelled = false;  // Whether it is.
};

struct BlockContents {
  std::vector<BlockStatement> statements;
  bool opaque = false;  // Text that is put together is run, too.
};

BlockContents ReadBlockBody(std::string_view body);

// Whether a statement of the body begins at the token.
bool BeginsBlockStatement(const Tokens& tokens, std::size_t at);
// The `;` that ends the statement at the token; the number of tokens when there is none.
std::size_t EndOfBlockStatement(const Tokens& tokens, std::size_t at);

}  // namespace schemac::sql
