// What PostgreSQL calls the column of an index that is an expression (FigureIndexColname in parse_target.c).
// The name goes into the name of the index.
#pragma once

#include <string>
#include <string_view>

namespace schemac::schema {

// "lower" for `lower(name)`, "int4" for `(data ->> 'n')::integer`, "coalesce", "case"; "" where PostgreSQL
// finds none (it then says "expr").
std::string IndexColumnName(std::string_view expression);

}  // namespace schemac::schema
