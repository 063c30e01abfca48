#include "compiler/support/overloaded.h"
#include "emitters/postgres/spelling.h"

namespace schemac::emitters::postgres {
namespace {

Statements AddConstraint(const schema::Constraint& constraint) {
  SqlWriter sql;
  sql.Write("ALTER TABLE").Name(constraint.table).Write("ADD");
  WriteConstraint(constraint, false, "", sql);
  return {sql.Take()};
}

}  // namespace

Statements SpellCreate(const plan::CreateObject& step) {
  return std::visit(
      Overloaded{
          [](const schema::Schema& object) { return CreateSchema(object); },
          [](const schema::Extension& object) { return CreateExtension(object); },
          [](const schema::Collation& object) { return CreateCollation(object); },
          [](const schema::Enum& object) { return CreateEnum(object); },
          [](const schema::Composite& object) { return CreateComposite(object); },
          [](const schema::Range& object) { return CreateRange(object); },
          [](const schema::Domain& object) { return CreateDomain(object); },
          [](const schema::Sequence& object) { return CreateSequence(object); },
          [&](const schema::Table& object) {
            std::vector<const schema::Table*> parents;
            for (const schema::Table& parent : step.parents) parents.push_back(&parent);
            return CreateTable(object, parents, {});
          },
          [&](const schema::Function& object) { return CreateFunction(object, step.or_replace); },
          [](const schema::Aggregate& object) { return CreateAggregate(object); },
          [&](const schema::View& object) { return CreateView(object, step.or_replace); },
          [](const schema::Constraint& object) { return AddConstraint(object); },
          [&](const schema::Index& object) { return CreateIndex(object, step.concurrently); },
          [](const schema::Trigger& object) { return CreateTrigger(object); },
          [](const schema::Policy& object) { return CreatePolicy(object); },
          [](const schema::Rule& object) { return CreateRule(object); },
          [](const schema::Statistics& object) { return CreateStatistics(object); },
          [](const schema::EventTrigger& object) { return CreateEventTrigger(object); },
          [](const schema::DefaultPrivileges& object) {
            schema::DefaultPrivileges none = object;
            none.privileges.clear();
            none.revoked.clear();
            return AlterDefaultPrivileges(none, object);
          },
          [](const schema::SeedRow& object) { return InsertRow({object}); },
          [](const schema::Raw& object) { return Verbatim(object.create.text); },
      },
      step.object);
}

}  // namespace schemac::emitters::postgres
