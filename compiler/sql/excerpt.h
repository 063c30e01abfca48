// From analysed source to schema::Expression: the author's text with its references, names spelled as they
// must be outside of the author's search path.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "compiler/sql/canonical_term.h"
#include "compiler/sql/tokens.h"
#include "schema/expression.h"

namespace schemac::sql {

// What was found out about the text of an expression.
struct Findings {
  CanonicalForm form;
  std::vector<Mention> mentions;  // Every spelled reference, those of `form` among them.
  std::vector<std::pair<Mention, std::string>>
      respellings;  // Ranges to be spelled otherwise that refer to nothing.
};

// The text [begin, end) of the source: comments blanked, relations, types and functions qualified unless they
// are in `public`.
schema::Expression MakeExcerpt(const Tokens& tokens, std::size_t begin, std::size_t end, Findings findings);

}  // namespace schemac::sql
