#include "compiler/support/overloaded.h"
#include "compiler/support/quote.h"
#include "emitters/postgres/spelling.h"

namespace schemac::emitters::postgres {
namespace {

Statements DropNamed(const schema::Object& object) {
  return {SqlWriter().Write("DROP").Sql(SpellAddress(schema::AddressOf(object), object)).Take()};
}

std::string First(const Statements& statements) {
  return statements.empty() ? std::string() : statements.front();
}

}  // namespace

Statements SpellDrop(const schema::Object& object, bool concurrently) {
  return std::visit(
      Overloaded{
          [&](const schema::Schema&) { return DropNamed(object); },
          [&](const schema::Extension&) { return DropNamed(object); },
          [&](const schema::Collation&) { return DropNamed(object); },
          [&](const schema::Enum&) { return DropNamed(object); },
          [&](const schema::Composite&) { return DropNamed(object); },
          [&](const schema::Range&) { return DropNamed(object); },
          [&](const schema::Domain&) { return DropNamed(object); },
          [&](const schema::Sequence&) { return DropNamed(object); },
          [&](const schema::Table&) { return DropNamed(object); },
          [&](const schema::Function&) { return DropNamed(object); },
          [&](const schema::Aggregate&) { return DropNamed(object); },
          [&](const schema::View&) { return DropNamed(object); },
          [](const schema::Constraint& constraint) {
            SqlWriter sql;
            sql.Write("ALTER TABLE").Name(constraint.table).Write("DROP CONSTRAINT").Name(constraint.name);
            return Statements{sql.Take()};
          },
          [&](const schema::Index& index) {
            if (!concurrently) return DropNamed(object);
            SqlWriter sql;
            sql.Write("DROP INDEX CONCURRENTLY IF EXISTS")
                .Name(schema::QualifiedName{index.table.schema, index.name});
            return Statements{sql.Take()};
          },
          [&](const schema::Trigger&) { return DropNamed(object); },
          [&](const schema::Policy&) { return DropNamed(object); },
          [&](const schema::Rule&) { return DropNamed(object); },
          [&](const schema::Statistics&) { return DropNamed(object); },
          [&](const schema::EventTrigger&) { return DropNamed(object); },
          [](const schema::DefaultPrivileges& defaults) {
            schema::DefaultPrivileges none = defaults;
            none.privileges.clear();
            none.revoked.clear();
            return AlterDefaultPrivileges(defaults, none);
          },
          [](const schema::SeedRow& row) { return DeleteRow(row); },
          [](const schema::Raw& raw) { return Verbatim(raw.drop.text); },
      },
      object);
}

std::string FormerDefinition(const schema::Object& object) {
  return std::visit(
      Overloaded{
          [](const schema::Schema&) { return std::string(); },
          [](const schema::Extension& extension) { return First(CreateExtension(extension)); },
          [](const schema::Collation& collation) { return First(CreateCollation(collation)); },
          [](const schema::Enum& type) { return First(CreateEnum(type)); },
          [](const schema::Composite& type) { return First(CreateComposite(type)); },
          [](const schema::Range& type) { return First(CreateRange(type)); },
          [](const schema::Domain& domain) { return First(CreateDomain(domain)); },
          [](const schema::Sequence& sequence) { return First(CreateSequence(sequence)); },
          [](const schema::Table&) { return std::string(); },
          [](const schema::Function& function) { return First(CreateFunction(function, false)); },
          [](const schema::Aggregate& aggregate) { return First(CreateAggregate(aggregate)); },
          [](const schema::View& view) { return First(CreateView(view, false)); },
          [](const schema::Constraint& constraint) {
            SqlWriter sql;
            WriteConstraint(constraint, false, "", sql);
            return sql.Take();
          },
          [](const schema::Index& index) { return First(CreateIndex(index, false)); },
          [](const schema::Trigger& trigger) { return First(CreateTrigger(trigger)); },
          [](const schema::Policy& policy) { return First(CreatePolicy(policy)); },
          [](const schema::Rule& rule) { return First(CreateRule(rule)); },
          [](const schema::Statistics& statistics) { return First(CreateStatistics(statistics)); },
          [](const schema::EventTrigger& trigger) { return First(CreateEventTrigger(trigger)); },
          [](const schema::DefaultPrivileges&) { return std::string(); },
          [](const schema::SeedRow& row) { return First(InsertRow({row})); },
          [](const schema::Raw& raw) { return First(Verbatim(raw.create.text)); },
      },
      object);
}

}  // namespace schemac::emitters::postgres
