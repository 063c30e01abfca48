// The text of a node: PostgreSQL's trees tell where nodes begin, roughly, and never where they end.
#pragma once

#include <cstddef>
#include <optional>

#include <pg_query/pg_query.pb-c.h>

#include "compiler/sql/tokens.h"

namespace schemac::sql {

// [begin, end) of the source of the tokens.
struct Slice {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool operator==(const Slice&) const = default;
};

// The text of an expression node, without parentheses around it: what parses to the same tree by itself.
// nullopt when there is none, or it cannot be found. `tokens` are those that the tree was parsed from.
std::optional<Slice> FindSlice(const PgQuery__Node& node, const Tokens& tokens);

// The two ways to it. The first reads the text off the tree and the tokens, and knows plain shapes only; the
// second tries one slice after the other, and asks the parser for the tree of each.
std::optional<Slice> ReadSlice(const PgQuery__Node& node, const Tokens& tokens);
std::optional<Slice> SearchSlice(const PgQuery__Node& node, const Tokens& tokens);

// The only expression of `SELECT …` without a name for it, FROM or WHERE; nullptr for anything else.
const PgQuery__Node* OnlyTarget(const PgQuery__ParseResult& result);

}  // namespace schemac::sql
