// PostgreSQL's own parser (libpg_query) behind one door. Only files in compiler/sql include this header.
#pragma once

#include <memory>
#include <string_view>

#include <pg_query/pg_query.pb-c.h>

#include "compiler/sql/arena.h"
#include "compiler/sql/tokens.h"
#include "compiler/support/error_or.h"

namespace schemac::sql {

// A parsed script. Nodes live in an arena that goes with the tree; locations are byte offsets into the text
// given.
class ParseTree {
 public:
  // Fails with PostgreSQL's message and the byte offset of its cursor. Rejects NUL bytes and invalid UTF-8
  // before, and text that is nested so deeply that the parser would exhaust its stack.
  static ErrorOr<ParseTree> Parse(std::string_view text);
  // The same for the one statement, without its `;`, of these tokens, and faster when there is nothing
  // unusual in it.
  static ErrorOr<ParseTree> Parse(const Tokens& statement);

  [[nodiscard]] const PgQuery__ParseResult& result() const { return *result_; }
  [[nodiscard]] PgQuery__ParseResult& result() { return *result_; }

 private:
  std::shared_ptr<Arena> arena_;
  PgQuery__ParseResult* result_ = nullptr;
};

}  // namespace schemac::sql
