// Statements inside a DO block.
#pragma once

#include <cstddef>
#include <string>

namespace schemac {

// The statement with its `;`, `indent` blanks before its first line; the others stay as they are, since they
// may be inside a string. Given to EXECUTE where PL/pgSQL would read it otherwise than the server.
std::string BlockStatement(const std::string& sql, bool hand_written, std::size_t indent);

}  // namespace schemac
