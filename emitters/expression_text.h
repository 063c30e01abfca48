// What can be told about a piece of SQL from its tokens alone: enough to decide on parentheses. Whoever is in
// doubt adds them.
#pragma once

#include <string>
#include <string_view>

namespace schemac::emitters {

// Where the token that starts at `at` ends: a string ('…', E'…', $tag$…$tag$), a quoted name, a comment, a
// word, a number, or one byte. Unterminated ones end with the text.
std::size_t TokenEnd(std::string_view text, std::size_t at);

// Whether what is put behind the text would be part of a `--` comment.
bool EndsInLineComment(std::string_view text);

// Words outside quotes and parentheses in lower case.
std::string LowerWords(std::string_view text);

// Whether the text is one literal, name, call or parenthesised expression, with casts behind it perhaps: what
// may stand after DEFAULT without parentheses (b_expr in PostgreSQL's gram.y, and less than that).
bool IsSimpleExpression(std::string_view text);

// The text, in parentheses unless it is simple.
std::string DefaultText(std::string_view text);

// Whether it is one call and nothing else: `lower(name)`. Such an expression may be an index element without
// parentheses.
bool IsPlainCall(std::string_view text);

// The value of a storage parameter or view option: bare where PostgreSQL reads it back the same, else a
// string.
std::string OptionValueText(std::string_view value);

}  // namespace schemac::emitters
