#include "compiler/sql/facts.h"
#include "compiler/support/quote.h"
#include "emitters/postgres/spelling.h"

namespace schemac::emitters::postgres {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;

std::string Routine(std::string_view word, const ObjectAddress& address, const std::string& arguments) {
  // The bare name would be the function of pg_catalog.
  const bool is_hidden = address.schema == "public" && !sql::FunctionFacts(address.name).empty();
  return std::string(word) + (is_hidden ? " public." : " ") + QuoteQualified(address.schema, address.name) +
         "(" + arguments + ")";
}

std::string OnTable(std::string_view word, const ObjectAddress& address) {
  return std::string(word) + " " + QuoteIdentifier(address.member) + " ON " +
         QuoteQualified(address.schema, address.name);
}

std::string Qualified(std::string_view word, const ObjectAddress& address) {
  return std::string(word) + " " + QuoteQualified(address.schema, address.name);
}

// What DROP takes away, COMMENT ON names by the same words: `OPERATOR public.=== (integer, integer)`.
std::string NamedByDrop(std::string_view drop) {
  const std::string_view word = "DROP ";
  const std::string_view cascade = " CASCADE";
  if (drop.starts_with(word)) drop.remove_prefix(word.size());
  if (drop.ends_with(cascade)) drop.remove_suffix(cascade.size());
  return std::string(drop);
}

}  // namespace

std::string SpellAddress(const ObjectAddress& address, const schema::Object& object) {
  switch (address.kind) {
    case ObjectKind::Schema:
      return "SCHEMA " + QuoteIdentifier(address.name);
    case ObjectKind::Extension:
      return "EXTENSION " + QuoteIdentifier(address.name);
    case ObjectKind::Collation:
      return Qualified("COLLATION", address);
    case ObjectKind::Enum:
    case ObjectKind::Composite:
    case ObjectKind::Range:
      return "TYPE " + schema::FormatType({address.schema, address.name, "", false});
    case ObjectKind::Domain:
      return "DOMAIN " + schema::FormatType({address.schema, address.name, "", false});
    case ObjectKind::Sequence:
      return Qualified("SEQUENCE", address);
    case ObjectKind::Table:
      return Qualified("TABLE", address);
    case ObjectKind::Column:
      return Qualified("COLUMN", address) + "." + QuoteIdentifier(address.member);
    case ObjectKind::Function: {
      const auto* function = std::get_if<schema::Function>(&object);
      return Routine(function != nullptr && function->procedure ? "PROCEDURE" : "FUNCTION", address,
                     address.member);
    }
    case ObjectKind::Aggregate:
      return Routine("AGGREGATE", address, address.member.empty() ? "*" : address.member);
    case ObjectKind::View: {
      const auto* view = std::get_if<schema::View>(&object);
      return Qualified(view != nullptr && view->materialized ? "MATERIALIZED VIEW" : "VIEW", address);
    }
    case ObjectKind::Constraint:
      return OnTable("CONSTRAINT", address);
    case ObjectKind::Index:
      return "INDEX " + QuoteQualified(address.schema, address.member);
    case ObjectKind::Trigger:
      return OnTable("TRIGGER", address);
    case ObjectKind::Policy:
      return OnTable("POLICY", address);
    case ObjectKind::Rule:
      return OnTable("RULE", address);
    case ObjectKind::Statistics:
      return Qualified("STATISTICS", address);
    case ObjectKind::EventTrigger:
      return "EVENT TRIGGER " + QuoteIdentifier(address.name);
    case ObjectKind::Raw: {
      const auto* raw = std::get_if<schema::Raw>(&object);
      return raw != nullptr && !raw->kind.empty() ? NamedByDrop(raw->drop.text) : std::string();
    }
    case ObjectKind::Role:
      return "ROLE " + QuoteIdentifier(address.name);
    case ObjectKind::DefaultPrivileges:
    case ObjectKind::SeedRow:
      break;
  }
  return "";
}

void AppendPartComment(const std::string& spelled, const std::string& text, Statements& statements) {
  SqlWriter sql;
  sql.Write("COMMENT ON").Sql(spelled).Write("IS");
  if (text.empty()) {
    sql.Write("NULL");
  } else {
    sql.Literal(text);
  }
  statements.push_back(sql.Take());
}

Statements SpellComment(const plan::SetComment& step) {
  const std::string spelled = SpellAddress(step.address, step.object);
  Statements statements;
  if (!spelled.empty()) AppendPartComment(spelled, step.text, statements);
  return statements;
}

}  // namespace schemac::emitters::postgres
