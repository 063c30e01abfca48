# cmake -DPARSER=SchemaParser.cpp -P tables_at_first_use.cmake
#
# The generated parser makes its tables out of their serialized form when the program starts, whether anything is to
# be parsed or not: half of all that `schemac --version` did. Here its constructor makes them, once.
file(READ ${PARSER} text)

function(replace_in_text old new)
  string(FIND "${text}" "${old}" place)
  if(place EQUAL -1)
    message(FATAL_ERROR "\"${old}\" is not in the generated parser: does this antlr4 initialize it elsewhere?")
  endif()
  string(REPLACE "${old}" "${new}" replaced "${text}")
  set(text "${replaced}" PARENT_SCOPE)
endfunction()

replace_in_text("SchemaParser::Initializer SchemaParser::_init;" "")
replace_in_text("Parser(input) {" "Parser(input) {\n  static const Initializer tables_made;")
file(WRITE ${PARSER} "${text}")
