// SQL text inside a catalog: defaults, checks, predicates, queries, routine definitions. Made by
// compiler/sql, which is the only place that understands SQL; here an expression is text with marked
// references and a form for comparing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schema/address.h"

namespace schemac::schema {

// Names an object in an expression. `begin`..`end` is the range of `Expression::text` that spells it (for a
// qualified name the whole dotted name), or empty (begin == end == 0) when the text does not spell it:
// `select *`.
struct Reference {
  ObjectAddress target;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] bool IsSpelled() const { return end > begin; }
};

struct Expression {
  // As the author wrote it, save that names of tables, types and functions outside `public` are qualified (it
  // means the same under PostgreSQL's default search_path) and that a query's `*` stands as the columns it
  // meant, as the server keeps it. This is what is emitted.
  std::string text;
  // A form in which two spellings of one expression are equal. Each reference stands as "\x01" in it; the
  // n-th one is the n-th of `references`. Those behind a "\x02" are a set. Its syntax is private to
  // compiler/sql/canonical*.
  std::string canonical;
  std::vector<Reference> references;

  // By canonical form and what it refers to; the text does not count.
  bool operator==(const Expression& other) const;
};

// Re-spells every reference to `from` (and to parts of it: columns of a renamed table, all that lives in a
// renamed schema) as `to`. Used by schema/edit/rename.h on every expression of a catalog.
void RenameInExpression(Expression& expression, const ObjectAddress& from, const ObjectAddress& to);

}  // namespace schemac::schema
