#include "compiler/driver/block_text.h"

#include "compiler/support/quote.h"
#include "emitters/expression_text.h"

namespace schemac {

// PL/pgSQL ends a statement at the first semicolon, and wants none that returns rows.
std::string BlockStatement(const std::string& sql, bool hand_written, std::size_t indent) {
  const std::string blanks(indent, ' ');
  if (hand_written || sql.find(';') != std::string::npos)
    return blanks + "EXECUTE " + DollarQuote(sql) + ";\n";
  return blanks + sql + (emitters::EndsInLineComment(sql) ? "\n;\n" : ";\n");
}

}  // namespace schemac
