// Which function or operator a call means, as PostgreSQL decides it (manual, 10.2 and 10.3;
// src/backend/parser/parse_func.c).
#pragma once

#include <optional>
#include <vector>

#include "compiler/sql/facts.h"
#include "compiler/sql/type_key.h"

namespace schemac::sql {

struct Overload {
  std::size_t index = 0;   // Of the candidates; meaningless when `is_certain` is false.
  bool is_certain = true;  // False when types that we do not know leave several, all with this result.
  std::vector<TypeKey>
      arguments;  // The type that each argument given takes; kUndetermined leaves it as it is.
  TypeKey result;
};

// `actual` holds kUnknown for untyped literals and kUndetermined where nothing is known. Nullopt when none
// fits or when PostgreSQL would call the call ambiguous.
std::optional<Overload> ResolveOverload(const TypeSystem& types, const std::vector<Signature>& candidates,
                                        const std::vector<TypeKey>& actual);

// The same for operators, with their rule for an untyped literal beside a typed operand.
std::optional<Overload> ResolveOperator(const TypeSystem& types, std::string_view name,
                                        const std::vector<TypeKey>& actual);

}  // namespace schemac::sql
