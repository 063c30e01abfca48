// The text of an item of a model, as far as other objects must be known to make it.
#pragma once

#include <vector>

#include "compiler/ast/ast.h"

namespace schemac::analyze {

// All of it but the names that foreign keys refer to: those are made when all tables stand. In the order of
// the text.
std::vector<Span> TextsBeforeForeignKeys(const ast::Item& item);

}  // namespace schemac::analyze
