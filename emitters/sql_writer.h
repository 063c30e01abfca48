// Builds one SQL statement word by word. Only a literal converts to Keywords, so that an author's text cannot
// slip in unquoted: names, types and values have functions of their own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "schema/object.h"

namespace schemac::emitters {

class Keywords {
 public:
  consteval Keywords(const char* literal)
      : text(literal) {}  // NOLINT: implicit, so that a literal can stand here
  std::string_view text;
};

struct SqlStyle {
  bool lower = false;           // Keywords in lower case, as in our own language.
  std::string home = "public";  // Names of this schema stand bare, besides those of public.
};

// Puts one blank between words, none after `(` or a line break and none before `,` and `)`.
class SqlWriter {
 public:
  SqlWriter() = default;
  explicit SqlWriter(SqlStyle style) : style_(std::move(style)) {}

  SqlWriter& Write(Keywords words);
  SqlWriter& Name(std::string_view identifier);
  SqlWriter& Name(const schema::QualifiedName& name);
  // A collation or an operator class: those of pg_catalog stand bare.
  SqlWriter& CatalogName(const schema::QualifiedName& name);
  SqlWriter& Type(const schema::Type& type);
  SqlWriter& Literal(std::string_view value);
  SqlWriter& Number(std::int64_t value);
  // SQL that PostgreSQL's parser has accepted before: expressions, queries, definitions.
  SqlWriter& Sql(std::string_view text);
  SqlWriter& Parenthesised(std::string_view text);
  // What follows the last word without a blank: the arguments of a routine.
  SqlWriter& Attached(std::string_view text);
  // `(a, b, c)`.
  SqlWriter& NameList(const std::vector<std::string>& names);
  // `WITH`-style `(key = value, …)`.
  SqlWriter& OptionList(const schema::Options& options);
  // `(key, …)`, as RESET has it.
  SqlWriter& OptionKeys(const std::vector<std::string>& keys);
  // A new line, indented by so many steps of four blanks.
  SqlWriter& Break(int indent);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const SqlStyle& style() const { return style_; }
  [[nodiscard]] std::string Take() { return std::move(text_); }

 private:
  void Separate(char next);

  SqlStyle style_;
  std::string text_;
  bool line_comment_ = false;  // The text may end in a `--` comment: the next word needs a line of its own.
};

}  // namespace schemac::emitters
