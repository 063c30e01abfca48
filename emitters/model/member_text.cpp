#include "compiler/support/characters.h"
#include "compiler/support/overloaded.h"
#include "compiler/support/quote.h"
#include "emitters/expression_text.h"
#include "emitters/model/item_text.h"
#include "emitters/postgres/spelling.h"
#include "schema/partitions.h"

namespace schemac::emitters {
namespace {

using schema::ConstraintKind;

// A key that repeats the primary key of its target says no more than its name.
schema::Constraint WithoutObviousColumns(schema::Constraint constraint, const ModelContext& context) {
  if (!constraint.foreign_key) return constraint;
  for (const schema::Object* part :
       context.catalog.PartsOf(constraint.foreign_key->table, schema::ObjectKind::Constraint)) {
    const auto& key = std::get<schema::Constraint>(*part);
    if (key.kind == ConstraintKind::PrimaryKey && key.columns == constraint.foreign_key->columns &&
        !context.all_names) {
      constraint.foreign_key->columns.clear();
      break;
    }
  }
  return constraint;
}

std::string Body(const schema::Constraint& constraint, const ModelContext& context) {
  SqlWriter sql = context.Writer();
  postgres::WriteConstraintBody(WithoutObviousColumns(constraint, context), false, "", sql);
  return sql.Take();
}

std::size_t KeywordLength(ConstraintKind kind) {
  switch (kind) {
    case ConstraintKind::PrimaryKey:
      return std::string_view("primary key").size();
    case ConstraintKind::Unique:
      return std::string_view("unique").size();
    case ConstraintKind::ForeignKey:
      return std::string_view("foreign key").size();
    case ConstraintKind::Check:
      return std::string_view("check").size();
    case ConstraintKind::Exclusion:
      return std::string_view("exclude").size();
  }
  return 0;
}

// The one column that a check speaks of; "" for none or several.
std::string OnlyColumn(const schema::Constraint& constraint) {
  if (constraint.kind != ConstraintKind::Check)
    return constraint.columns.size() == 1 ? constraint.columns.front() : std::string();
  std::string column;
  for (const schema::Reference& reference : constraint.check->references) {
    if (reference.target.kind != schema::ObjectKind::Column ||
        reference.target.qualified() != constraint.table)
      continue;
    if (!column.empty() && column != reference.target.member) return "";
    column = reference.target.member;
  }
  return column;
}

// Takes `word name` out of a definition of a trigger or rule, where the name of the table stands: in a body
// it goes without saying. The first `word` outside parentheses is PostgreSQL's.
std::string WithoutTable(std::string_view definition, std::string_view word) {
  std::size_t depth = 0;
  for (std::size_t at = 0; at < definition.size();) {
    const std::size_t end = TokenEnd(definition, at);
    const std::string_view token = definition.substr(at, end - at);
    if (token == "(") ++depth;
    if (token == ")" && depth > 0) --depth;
    if (depth == 0 && Lower(token) == word) {
      std::size_t name = end;
      bool expect_name = true;
      while (name < definition.size()) {
        const std::size_t next = TokenEnd(definition, name);
        const char c = definition[name];
        if (!IsBlank(c)) {
          if (c == '.') {
            expect_name = true;
          } else if (expect_name) {
            expect_name = false;
          } else {
            break;
          }
        }
        name = next;
      }
      return LowerWords(definition.substr(0, at)) + std::string(definition.substr(name));
    }
    at = end;
  }
  return std::string(definition);
}

// In our grammar some words end the SQL before them; in parentheses they do not.
bool HoldsWord(std::string_view text, std::string_view word) {
  for (std::size_t at = 0; at < text.size(); at = TokenEnd(text, at)) {
    if (Lower(text.substr(at, TokenEnd(text, at) - at)) == word) return true;
  }
  return false;
}

}  // namespace

std::string SpellConstraint(const schema::Constraint& constraint, const ModelContext& context) {
  std::string body = Body(constraint, context);
  if (!context.all_names && context.names.IsDefault(constraint)) return body;
  return body.insert(KeywordLength(constraint.kind), " " + MemberName(constraint.name));
}

std::string SpellInline(const schema::Constraint& constraint, const ModelContext& context) {
  if (context.all_names || !constraint.comment.empty() || !constraint.include.empty() ||
      !constraint.tablespace.empty() || constraint.kind == ConstraintKind::Exclusion ||
      OnlyColumn(constraint).empty() || !context.names.IsDefault(constraint)) {
    return "";
  }
  std::string body = Body(constraint, context);
  const std::string columns = context.Writer().NameList(constraint.columns).Take();
  if (constraint.kind == ConstraintKind::ForeignKey) {
    return body.substr(KeywordLength(constraint.kind) + 1 + columns.size() + 1);
  }
  if (constraint.kind == ConstraintKind::Check) return body;
  const std::size_t at = body.find(" " + columns);
  return body.erase(at, columns.size() + 1);
}

std::string SpellIndex(const schema::Index& index, const ModelContext& context) {
  SqlWriter sql = context.Writer();
  sql.Write("INDEX");
  if (context.all_names || !context.names.IsDefault(index)) sql.Sql(MemberName(index.name));
  if (index.unique) sql.Write("UNIQUE");
  if (index.only) sql.Write("ON ONLY");
  schema::Index guarded = index;
  if (guarded.where && HoldsWord(guarded.where->text, "was"))
    guarded.where->text = "(" + guarded.where->text + ")";
  postgres::WriteIndexBody(guarded, false, sql);
  return sql.Take();
}

bool ComesFromParent(const schema::Object& part) {
  if (const auto* constraint = std::get_if<schema::Constraint>(&part)) return constraint->inherited;
  const auto* index = std::get_if<schema::Index>(&part);
  return index != nullptr && !index->parent.empty();
}

std::string SpellAttached(const schema::Object& part, const ModelContext& context) {
  const auto parent = schema::ParentPart(context.catalog, part);
  const auto* constraint = std::get_if<schema::Constraint>(&part);
  const auto* index = std::get_if<schema::Index>(&part);
  if (!parent || (constraint != nullptr && constraint->kind == ConstraintKind::Check)) return "";
  const bool is_default =
      constraint != nullptr ? context.names.IsDefault(*constraint) : context.names.IsDefault(*index);
  if (is_default && schema::BaseOf(part).comment.empty()) return "";
  SqlWriter sql = context.Writer();
  sql.Write(constraint != nullptr ? Keywords("CONSTRAINT") : Keywords("INDEX"));
  return sql.Name(schema::AddressOf(part).member).Write("PARTITION OF").Name(parent->member).Take();
}

std::string SpellTrigger(const schema::Trigger& trigger, const ModelContext& context) {
  SqlWriter sql = context.Writer();
  if (trigger.constraint) sql.Write("CONSTRAINT");
  return sql.Write("TRIGGER").Name(trigger.name).Sql(WithoutTable(trigger.definition.text, "on")).Take();
}

std::string SpellPolicy(const schema::Policy& policy, const ModelContext& context) {
  SqlWriter sql = context.Writer();
  sql.Write("POLICY").Name(policy.name);
  const std::size_t bare = sql.text().size();
  postgres::WritePolicyClauses(policy, false, sql);
  if (sql.text().size() == bare) sql.Write("FOR ALL");
  return sql.Take();
}

std::string SpellRule(const schema::Rule& rule, const ModelContext& context) {
  SqlWriter sql = context.Writer();
  return sql.Write("RULE").Name(rule.name).Sql(WithoutTable(rule.definition.text, "to")).Take();
}

std::string SpellPart(const schema::Object& part, const ModelContext& context) {
  if (ComesFromParent(part)) return SpellAttached(part, context);
  if (const auto* constraint = std::get_if<schema::Constraint>(&part))
    return SpellConstraint(*constraint, context);
  if (const auto* index = std::get_if<schema::Index>(&part)) return SpellIndex(*index, context);
  if (const auto* trigger = std::get_if<schema::Trigger>(&part)) return SpellTrigger(*trigger, context);
  if (const auto* policy = std::get_if<schema::Policy>(&part)) return SpellPolicy(*policy, context);
  return SpellRule(std::get<schema::Rule>(part), context);
}

std::vector<std::string> SpellSettings(const schema::Table& table) {
  std::vector<std::string> settings;
  if (table.row_security) settings.emplace_back("row level security");
  if (table.force_row_security) settings.emplace_back("force row level security");
  if (table.replica_identity->starts_with("index ")) {
    settings.push_back("replica identity using index " + QuoteIdentifier(table.replica_identity->substr(6)));
  } else if (!table.replica_identity.empty()) {
    settings.push_back("replica identity " + *table.replica_identity);
  }
  if (!table.clustered_on.empty()) settings.push_back("cluster on " + QuoteIdentifier(table.clustered_on));
  return settings;
}

}  // namespace schemac::emitters
