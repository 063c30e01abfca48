// From analysed source to schema::Expression: the author's text with its references, names spelled as they
// must be outside of the author's search path.
#pragma once

#include <cstddef>
#include <optional>
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

// A `*` of the text, [begin, end), and the columns it stands for.
struct SpelledStar {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string columns;  // "o.id, o.total"
};

// The text [begin, end) of the source: comments blanked, relations, types and functions qualified unless they
// are in `public`.
schema::Expression MakeExcerpt(const Tokens& tokens, std::size_t begin, std::size_t end, Findings findings);

// The text [begin, end) of the source with the columns for which each `*` stands in its place, as PostgreSQL
// stores a query: columns that come later, and their order in the table, do not change it. nullopt when there
// is none.
std::optional<std::string> SpellStars(const Tokens& tokens, std::size_t begin, std::size_t end,
                                      std::vector<SpelledStar> stars);

// A name whose schema is left out, spelled as in `token`: keywords that follow a dot as they are need quotes
// then.
std::string SpellAlone(std::string_view token, std::string_view name);

}  // namespace schemac::sql
