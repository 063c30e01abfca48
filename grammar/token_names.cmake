# cmake -DTOKENS=SchemaParser.tokens -DHEADER=TokenNames.h -P token_names.cmake
#
# The names of the grammar's tokens. The generated parser has them too, but tells them only once it has made its tables,
# which took a fifth of a small diff.
file(STRINGS ${TOKENS} lines REGEX "^[A-Z_]+=[0-9]+$")
set(names "")
set(type 1)
foreach(line ${lines})
  if(NOT line MATCHES "^([A-Z_]+)=${type}$")
    message(FATAL_ERROR "\"${line}\" of ${TOKENS} is not token ${type}: does this antlr4 list them in another order?")
  endif()
  string(APPEND names "    \"${CMAKE_MATCH_1}\",\n")
  math(EXPR type "${type} + 1")
endforeach()
file(WRITE ${HEADER} "#pragma once

#include <string_view>

namespace schemac::grammar {

// By type; that of the first token is 1.
inline constexpr std::string_view kTokenNames[] = {
    \"\",
${names}};

}  // namespace schemac::grammar
")
