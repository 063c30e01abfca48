#include "emitters/sql_writer.h"

#include <cctype>

#include "compiler/support/characters.h"
#include "compiler/support/quote.h"
#include "emitters/expression_text.h"

namespace schemac::emitters {
namespace {

// `toast.autovacuum_enabled` is two identifiers with a dot between.
std::string OptionKey(std::string_view key) {
  const std::size_t dot = key.find('.');
  if (dot == std::string_view::npos) return QuoteIdentifier(key);
  return QuoteIdentifier(key.substr(0, dot)) + "." + QuoteIdentifier(key.substr(dot + 1));
}

}  // namespace

void SqlWriter::Separate(char next) {
  if (line_comment_) {
    text_ += '\n';
    line_comment_ = false;
    return;
  }
  if (text_.empty() || next == ',' || next == ')') return;
  const char last = text_.back();
  if (last != ' ' && last != '\n' && last != '(') text_ += ' ';
}

SqlWriter& SqlWriter::Write(Keywords words) {
  Separate(words.text.front());
  for (const char c : words.text) text_ += style_.lower ? Lower(c) : c;
  return *this;
}

SqlWriter& SqlWriter::Name(std::string_view identifier) {
  Separate('a');
  text_ += QuoteIdentifier(identifier);
  return *this;
}

SqlWriter& SqlWriter::Name(const schema::QualifiedName& name) {
  Separate('a');
  text_ += name.schema == style_.home ? QuoteIdentifier(name.name) : QuoteQualified(name.schema, name.name);
  return *this;
}

SqlWriter& SqlWriter::CatalogName(const schema::QualifiedName& name) {
  return name.schema == "pg_catalog" ? Name(name.name) : Name(name);
}

SqlWriter& SqlWriter::Type(const schema::Type& type) {
  Separate('a');
  // A bare name that pg_catalog has as well would mean that one.
  if (type.schema == style_.home && style_.home != "public" && !schema::CanonicalBuiltinType(type.name)) {
    schema::Type bare = type;
    bare.schema = "public";
    text_ += schema::FormatType(bare);
  } else {
    text_ += schema::FormatType(type);
  }
  return *this;
}

SqlWriter& SqlWriter::Literal(std::string_view value) {
  Separate('a');
  text_ += QuoteLiteral(value);
  return *this;
}

SqlWriter& SqlWriter::Number(std::int64_t value) {
  Separate('a');
  text_ += std::to_string(value);
  return *this;
}

SqlWriter& SqlWriter::Sql(std::string_view text) {
  Separate('a');
  text_ += text;
  line_comment_ = EndsInLineComment(text);
  return *this;
}

SqlWriter& SqlWriter::Parenthesised(std::string_view text) {
  Write("(").Sql(text);
  return Write(")");
}

SqlWriter& SqlWriter::Attached(std::string_view text) {
  text_ += text;
  line_comment_ = EndsInLineComment(text);
  return *this;
}

SqlWriter& SqlWriter::NameList(const std::vector<std::string>& names) {
  Write("(");
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) Write(",");
    Name(names[i]);
  }
  return Write(")");
}

SqlWriter& SqlWriter::OptionList(const schema::Options& options) {
  Write("(");
  bool first = true;
  for (const auto& [key, value] : options) {
    if (!first) Write(",");
    first = false;
    Sql(OptionKey(key));
    if (!value.empty()) Write("=").Sql(OptionValueText(value));
  }
  return Write(")");
}

SqlWriter& SqlWriter::OptionKeys(const std::vector<std::string>& keys) {
  Write("(");
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i > 0) Write(",");
    Sql(OptionKey(keys[i]));
  }
  return Write(")");
}

SqlWriter& SqlWriter::Break(int indent) {
  line_comment_ = false;
  while (!text_.empty() && text_.back() == ' ') text_.pop_back();
  text_ += '\n';
  text_.append(static_cast<std::size_t>(indent) * 4, ' ');
  return *this;
}

}  // namespace schemac::emitters
