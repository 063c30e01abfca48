// The only functions that quote identifiers and literals on their way into SQL or into the schema language.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace schemac {

// In bytes: NAMEDATALEN - 1.
inline constexpr std::size_t kLongestIdentifier = 63;

// As PostgreSQL's quote_identifier() (src/backend/utils/adt/ruleutils.c): bare when it is [a-z_][a-z0-9_$]*
// and no keyword other than an unreserved one, else in double quotes with quotes doubled. `name` must not
// contain NUL.
std::string QuoteIdentifier(std::string_view name);
// The same at the end of a text.
void AppendIdentifier(std::string& text, std::string_view name);

// `name`, or `schema.name` when `schema` is neither empty nor "public" (SQL.md: qualified unless public).
std::string QuoteQualified(std::string_view schema, std::string_view name);

// A string literal that means `value` whatever standard_conforming_strings says: '…' with quotes doubled, or
// E'…' when it holds a backslash.
std::string QuoteLiteral(std::string_view value);

// `$$…$$` around a body, with a tag that does not occur in it: $$, then $body$, $body1$, …
std::string DollarQuote(std::string_view body);

// Whether the word is a keyword that must be quoted as an identifier (PostgreSQL 15 manual, appendix C, and
// the newer keywords of 16 to 18).
bool IsReservedKeyword(std::string_view word);

// Cut to PostgreSQL's 63 bytes without splitting a UTF-8 sequence (NAMEDATALEN - 1; pg_mbcliplen).
std::string_view TruncateIdentifier(std::string_view name);

}  // namespace schemac
