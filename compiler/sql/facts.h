// What PostgreSQL 15 has built in: types, functions, operators and casts of pg_catalog (facts/*.def, written
// by facts/regenerate.sh from a server's catalogs). Types go by their internal names here: int4, _text.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace schemac::sql {

struct TypeFact {
  std::string_view name;    // pg_type.typname
  std::string_view format;  // As format_type() prints it: "integer".
  char category = 'X';      // pg_type.typcategory
  bool preferred = false;
  char kind = 'b';           // pg_type.typtype: base, pseudo, range, multirange
  std::string_view element;  // Of an array type its elements' type, of a range its subtype.
};

struct CastFact {
  std::string_view source;
  std::string_view target;
  char context = 'e';  // 'i' implicit, 'a' assignment, 'e' explicit
  char method = 'f';   // 'b' binary coercible, 'f' function, 'i' by text
};

// One overload. Operators are signatures with two arguments, or one when they are prefix operators.
struct Signature {
  std::vector<std::string> arguments;
  bool variadic = false;     // The last argument may repeat; it is an array of those, or "any".
  std::size_t defaults = 0;  // How many of the last arguments may be left out.
  std::string result;
  bool returns_set = false;
  std::vector<std::pair<std::string, std::string>>
      columns;  // OUT parameters of functions that return records.
};

const TypeFact* FindTypeFact(std::string_view name);
const TypeFact* FindTypeFactByFormat(std::string_view format);
// Whether it is the row type of a system table or view, or a type of the information schema; schema "" is
// pg_catalog.
bool IsSystemRowType(std::string_view schema, std::string_view name);
const CastFact* FindCastFact(std::string_view source, std::string_view target);
// All overloads in pg_catalog; empty when there are none.
const std::vector<Signature>& FunctionFacts(std::string_view name);
const std::vector<Signature>& OperatorFacts(std::string_view name);

}  // namespace schemac::sql
