#include "compiler/support/quote.h"
#include "emitters/postgres/spelling.h"

namespace schemac::emitters::postgres {
namespace {

void WriteAttribute(const schema::CompositeAttribute& attribute, SqlWriter& sql) {
  sql.Name(attribute.name).Type(attribute.type);
  if (attribute.collation) sql.Write("COLLATE").CatalogName(*attribute.collation);
}

const schema::CompositeAttribute* FindAttribute(const schema::Composite& type, const std::string& name) {
  for (const schema::CompositeAttribute& attribute : type.attributes) {
    if (attribute.name == name) return &attribute;
  }
  return nullptr;
}

void AppendAttributeComment(const schema::QualifiedName& type, const std::string& attribute,
                            const std::string& text, Statements& statements) {
  AppendPartComment("COLUMN " + QuoteQualified(type.schema, type.name) + "." + QuoteIdentifier(attribute),
                    text, statements);
}

// `pg_catalog.POSIX`, as a catalog holds it: not quoted.
schema::QualifiedName NameOf(const std::string& text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string::npos) return {"", text};
  return {text.substr(0, dot), text.substr(dot + 1)};
}

// The options of a range are names; a catalog holds them as they were written, or without their quotes.
Statements WithOptions(SqlWriter sql, const schema::Options& options) {
  sql.Write("(");
  bool first = true;
  for (const auto& [key, value] : options) {
    if (!first) sql.Write(",");
    first = false;
    sql.Name(key).Write("=");
    if (key == "subtype" || value.find_first_of("\"(") != std::string::npos) {
      sql.Sql(value);
    } else {
      sql.CatalogName(NameOf(value));
    }
  }
  return {sql.Write(")").Take()};
}

}  // namespace

Statements CreateEnum(const schema::Enum& type) {
  SqlWriter head;
  head.Write("CREATE TYPE").Name(type.name).Write("AS ENUM (");
  SqlWriter line = head;
  for (std::size_t i = 0; i < type.labels.size(); ++i) {
    if (i > 0) line.Write(",");
    line.Literal(type.labels[i]);
  }
  line.Write(")");
  if (line.text().size() <= kLineWidth) return {line.Take()};
  SqlWriter broken = head;
  std::size_t width = kLineWidth;  // The first label starts a line.
  for (std::size_t i = 0; i < type.labels.size(); ++i) {
    const std::string label = QuoteLiteral(type.labels[i]);
    if (i > 0) broken.Write(",");
    if (width + label.size() + 2 > kLineWidth) {
      broken.Break(1);
      width = 4;
    }
    broken.Literal(type.labels[i]);
    width += label.size() + 2;
  }
  return {broken.Break(0).Write(")").Take()};
}

Statements CreateComposite(const schema::Composite& type, const SqlStyle& style) {
  SqlWriter sql(style);
  sql.Write("CREATE TYPE").Name(type.name).Write("AS (");
  for (std::size_t i = 0; i < type.attributes.size(); ++i) {
    if (i > 0) sql.Write(",");
    sql.Break(1);
    WriteAttribute(type.attributes[i], sql);
  }
  if (!type.attributes.empty()) sql.Break(0);
  Statements statements{sql.Write(")").Take()};
  for (const schema::CompositeAttribute& attribute : type.attributes) {
    if (!attribute.comment.empty())
      AppendAttributeComment(type.name, attribute.name, attribute.comment, statements);
  }
  return statements;
}

Statements AlterComposite(const schema::Composite& from, const schema::Composite& to) {
  Statements actions;
  for (const schema::CompositeAttribute& attribute : from.attributes) {
    if (FindAttribute(to, attribute.name) == nullptr) {
      actions.push_back(SqlWriter().Write("DROP ATTRIBUTE").Name(attribute.name).Take());
    }
  }
  Statements comments;
  for (const schema::CompositeAttribute& attribute : to.attributes) {
    const schema::CompositeAttribute* former = FindAttribute(from, attribute.name);
    SqlWriter action;
    if (former == nullptr) {
      action.Write("ADD ATTRIBUTE");
      WriteAttribute(attribute, action);
    } else if (former->type != attribute.type || former->collation != attribute.collation) {
      action.Write("ALTER ATTRIBUTE").Name(attribute.name).Write("TYPE").Type(attribute.type);
      if (attribute.collation) action.Write("COLLATE").CatalogName(*attribute.collation);
    }
    if (!action.text().empty()) actions.push_back(action.Take());
    const std::string& comment = former == nullptr ? std::string() : former->comment;
    if (comment != attribute.comment)
      AppendAttributeComment(to.name, attribute.name, attribute.comment, comments);
  }
  Statements statements;
  if (!actions.empty()) {
    SqlWriter sql;
    sql.Write("ALTER").Sql(SpellAddress(schema::AddressOf(to), to));
    for (std::size_t i = 0; i < actions.size(); ++i) {
      if (i > 0) sql.Write(",");
      sql.Sql(actions[i]);
    }
    statements.push_back(sql.Take());
  }
  statements.insert(statements.end(), comments.begin(), comments.end());
  return statements;
}

Statements CreateRange(const schema::Range& type, const SqlStyle& style) {
  schema::Options options{{"subtype", schema::FormatType(type.subtype)}};
  for (const auto& [key, value] : type.options) options[key] = value;
  SqlWriter sql(style);
  sql.Write("CREATE TYPE").Name(type.name).Write("AS RANGE");
  return WithOptions(std::move(sql), options);
}

Statements CreateCollation(const schema::Collation& collation, const SqlStyle& style) {
  SqlWriter sql(style);
  sql.Write("CREATE COLLATION").Name(collation.name);
  const auto copy = collation.options.find("from");
  if (copy != collation.options.end()) return {sql.Write("FROM").CatalogName(NameOf(copy->second)).Take()};
  return {sql.OptionList(collation.options).Take()};
}

Statements AddEnumLabel(const plan::AddEnumLabel& step) {
  SqlWriter sql;
  sql.Write("ALTER TYPE")
      .Type({step.type.schema, step.type.name, "", false})
      .Write("ADD VALUE IF NOT EXISTS")
      .Literal(step.label);
  if (!step.before.empty()) {
    sql.Write("BEFORE").Literal(step.before);
  } else if (!step.after.empty()) {
    sql.Write("AFTER").Literal(step.after);
  }
  return {sql.Take()};
}

}  // namespace schemac::emitters::postgres
