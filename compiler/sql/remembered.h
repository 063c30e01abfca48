// Expressions that were analysed before. A script repeats a few again and again: `0`, `true`, `now()`, and of
// columns of the same types `quantity > 0` and `deleted_at is null`. Where nothing in one is found in a
// schema, it means the same in every catalog and in every table.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <pg_query/pg_query.pb-c.h>

#include "compiler/sql/expression.h"

namespace schemac::sql {

// All that the meaning of the expression rests on, its text and the types of what it names; "" when there is
// more to it.
std::string MeaningOf(const PgQuery__Node& node, std::string_view text, const Scope& scope);

// What was made of an expression with that meaning, as one of the scope's table.
std::optional<schema::Expression> Recall(const std::string& meaning, const Scope& scope);
void Remember(std::string meaning, const schema::Expression& made, const Scope& scope);

}  // namespace schemac::sql
