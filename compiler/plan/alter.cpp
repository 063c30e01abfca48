// From one state of an object to another, where PostgreSQL can alter or replace it: all kinds but tables and
// types.
#include "compiler/plan/work.h"
#include "compiler/support/overloaded.h"

namespace schemac::plan {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;

Step AlterRelation(const ObjectAddress& subject, const QualifiedName& name, ObjectKind kind,
                   bool materialized, TableAction action) {
  AlterTable alter{name, kind, materialized, {}};
  alter.actions.push_back(std::move(action));
  return MakeStep(std::move(alter), subject);
}

void AddOptions(std::vector<Step>& steps, const ObjectAddress& subject, const QualifiedName& name,
                ObjectKind kind, bool materialized, const schema::Options& before,
                const schema::Options& after) {
  if (before == after) return;
  steps.push_back(AlterRelation(subject, name, kind, materialized, OptionChanges(before, after)));
}

// OR REPLACE sets the query and the options; comment, privileges and column defaults stay (manual, CREATE
// VIEW).
void AlterView(schema::View before, const schema::View& after, bool or_replace, std::vector<Step>& steps) {
  const ObjectAddress address = schema::AddressOf(after);
  const auto alter = [&](TableAction action) {
    steps.push_back(
        AlterRelation(address, after.name, ObjectKind::View, after.materialized, std::move(action)));
  };
  if (or_replace) {
    schema::View query = after;
    query.column_defaults.clear();
    steps.push_back(MakeStep(CreateObject{std::move(query), true, false, {}}, address));
    before.options = after.options;
  }
  AddOptions(steps, address, after.name, ObjectKind::View, after.materialized, before.options, after.options);
  for (const auto& [column, value] : before.column_defaults) {
    if (!after.column_defaults->contains(column)) alter(DropDefault{column});
  }
  for (const auto& [column, value] : after.column_defaults) {
    const auto had = before.column_defaults->find(column);
    if (had == before.column_defaults.end() || !(had->second == value)) alter(SetDefault{column, value});
  }
  if (before.access_method != after.access_method) alter(SetAccessMethod{after.access_method});
  if (before.tablespace != after.tablespace) alter(SetTablespace{after.tablespace});
}

void AlterConstraint(const schema::Constraint& before, const schema::Constraint& after,
                     std::vector<Step>& steps) {
  if (after.inherited) return;  // Follows the parent's.
  if (before.deferrable != after.deferrable || before.initially_deferred != after.initially_deferred) {
    steps.push_back(TableStep(after.table, AlterConstraintDeferral{after}));
  }
  if (before.not_valid && !after.not_valid) steps.push_back(TableStep(after.table, ValidateStep(after)));
  const QualifiedName index{after.table.schema, after.name};
  const ObjectAddress address = schema::AddressOf(after);
  AddOptions(steps, address, index, ObjectKind::Index, false, before.options, after.options);
  if (before.tablespace != after.tablespace) {
    steps.push_back(AlterRelation(address, index, ObjectKind::Index, false, SetTablespace{after.tablespace}));
  }
}

void AlterIndex(const schema::Index& before, const schema::Index& after, std::vector<Step>& steps) {
  const QualifiedName name{after.table.schema, after.name};
  const ObjectAddress address = schema::AddressOf(after);
  AddOptions(steps, address, name, ObjectKind::Index, false, before.options, after.options);
  if (before.tablespace != after.tablespace) {
    steps.push_back(AlterRelation(address, name, ObjectKind::Index, false, SetTablespace{after.tablespace}));
  }
}

void AlterTheExtension(const schema::Extension& before, const schema::Extension& after,
                       std::vector<Step>& steps) {
  schema::Extension from = before;
  from.comment = after.comment;
  from.privileges = after.privileges;
  schema::Extension to = after;
  // Left to the server, the version or schema is whatever is there.
  if (to.version.empty()) to.version = from.version;
  if (to.schema.empty()) to.schema = from.schema;
  if (!(from == to)) steps.push_back(MakeStep(AlterExtension{from, to}, schema::AddressOf(after)));
}

}  // namespace

ValidateConstraint ValidateStep(const schema::Constraint& constraint) {
  ValidateConstraint validate{constraint.name};
  if (constraint.foreign_key) validate.referenced = constraint.foreign_key->table;
  return validate;
}

SetOptions OptionChanges(const schema::Options& before, const schema::Options& after) {
  schema::OptionChanges changes = schema::ChangesBetween(before, after);
  return {std::move(changes.set), std::move(changes.reset)};
}

std::vector<Step> AlterSteps(const ObjectFate& fate) {
  const schema::Object& before = *fate.before;
  const ObjectAddress address = schema::AddressOf(*fate.after);
  std::vector<Step> steps;
  std::visit(Overloaded{
                 [](const schema::Schema&) {},  // Being a template is told to schemac, not to the server.
                 [&](const schema::Extension& to) {
                   AlterTheExtension(std::get<schema::Extension>(before), to, steps);
                 },
                 [](const schema::Collation&) {},
                 [](const schema::Enum&) {},  // types.cpp
                 [](const schema::Composite&) {},
                 [](const schema::Range&) {},
                 [](const schema::Domain&) {},
                 [&](const schema::Sequence& to) {
                   // OWNED BY is a unit of its own: the owner may come later.
                   schema::Sequence from = std::get<schema::Sequence>(before);
                   from.owned_by = to.owned_by;
                   if (!SameButForRemarks(from, to))
                     steps.push_back(MakeStep(AlterSequence{from, to}, address));
                 },
                 [](const schema::Table&) {},  // tables.cpp
                 [&](const schema::Function& to) {
                   if (!SameButForRemarks(before, to))
                     steps.push_back(MakeStep(CreateObject{to, true, false, {}}, address));
                 },
                 [](const schema::Aggregate&) {},
                 [&](const schema::View& to) {
                   AlterView(std::get<schema::View>(before), to, fate.or_replace, steps);
                 },
                 [&](const schema::Constraint& to) {
                   AlterConstraint(std::get<schema::Constraint>(before), to, steps);
                 },
                 [&](const schema::Index& to) { AlterIndex(std::get<schema::Index>(before), to, steps); },
                 [&](const schema::Trigger& to) {
                   if (std::get<schema::Trigger>(before).firing == to.firing) return;
                   steps.push_back(TableStep(to.table, SetTriggerFiring{to.name, to.firing}));
                 },
                 [](const schema::Policy&) {},
                 [&](const schema::Rule& to) {
                   if (std::get<schema::Rule>(before).firing == to.firing) return;
                   steps.push_back(TableStep(to.table, SetRuleFiring{to.name, to.firing}));
                 },
                 [&](const schema::Statistics& to) {
                   if (std::get<schema::Statistics>(before).target == to.target) return;
                   steps.push_back(MakeStep(AlterStatisticsTarget{to}, address));
                 },
                 [&](const schema::EventTrigger& to) {
                   if (std::get<schema::EventTrigger>(before).firing == to.firing) return;
                   steps.push_back(MakeStep(AlterEventTriggerFiring{to}, address));
                 },
                 [&](const schema::DefaultPrivileges& to) {
                   steps.push_back(MakeStep(
                       AlterDefaultPrivileges{std::get<schema::DefaultPrivileges>(before), to}, address));
                 },
                 [](const schema::SeedRow&) {},  // rows.cpp
                 [](const schema::Raw&) {},
             },
             *fate.after);
  Append(steps, RemarkChanges(before, *fate.after));
  return steps;
}

}  // namespace schemac::plan
