#include "emitters/postgres/postgres_emitter.h"

#include <algorithm>
#include <map>
#include <set>

#include "compiler/support/overloaded.h"
#include "compiler/support/quote.h"
#include "emitters/postgres/alter_table.h"
#include "emitters/postgres/remarks.h"
#include "emitters/postgres/spelling.h"
#include "schema/keys.h"

namespace schemac::emitters {
namespace {

using postgres::ActionText;
using postgres::Statements;

// What one step needs to know of the others.
struct Surroundings {
  std::map<schema::QualifiedName, const schema::Table*> created_tables;
  postgres::Recreated recreated;
};

Surroundings Survey(const plan::Plan& plan) {
  Surroundings surroundings;
  for (const plan::Batch& batch : plan.batches) {
    for (const plan::Step& step : batch.steps) {
      surroundings.recreated.Add(step.action);
      const auto* create = std::get_if<plan::CreateObject>(&step.action);
      if (create == nullptr) continue;
      if (const auto* table = std::get_if<schema::Table>(&create->object)) {
        surroundings.created_tables.emplace(table->name, table);
      }
    }
  }
  return surroundings;
}

// Statements about a table and its parts stand together; everything else by itself.
std::string GroupOf(const plan::Step& step) {
  const schema::ObjectAddress& subject = step.subject;
  if (subject.kind == schema::ObjectKind::Table || subject.kind == schema::ObjectKind::SeedRow ||
      schema::IsTablePart(subject.kind)) {
    return QuoteQualified(subject.schema, subject.name);
  }
  return schema::Describe(subject);
}

class BatchEmitter {
 public:
  BatchEmitter(const plan::Batch& batch, const Surroundings& surroundings)
      : batch_(batch), surroundings_(surroundings) {
    out_.transaction = batch.transaction;
  }

  Batch Run() {
    for (std::size_t at = 0; at < batch_.steps.size();) at = Emit(at);
    Flush();
    return std::move(out_);
  }

 private:
  // Emits the step and those that go into the same statement; the place of the next.
  std::size_t Emit(std::size_t at) {
    const plan::Step& step = batch_.steps[at];
    if (const auto* alter = std::get_if<plan::AlterTable>(&step.action)) {
      EmitAlter(*alter, at);
      return at + 1;
    }
    Flush();
    const auto* create = std::get_if<plan::CreateObject>(&step.action);
    if (create != nullptr && std::holds_alternative<schema::Table>(create->object))
      return EmitTable(*create, at);
    Append(Spell(step.action), postgres::Remarks(step, surroundings_.recreated), GroupOf(step), {at});
    const auto* update = std::get_if<plan::UpdateRows>(&step.action);
    if (update != nullptr && update->by_pages) out_.statements.back().block = postgres::FillByPages(*update);
    return at + 1;
  }

  std::size_t EmitTable(const plan::CreateObject& create, std::size_t at) {
    const auto& table = std::get<schema::Table>(create.object);
    std::string remarks = postgres::Remarks(batch_.steps[at], surroundings_.recreated);
    std::vector<const schema::Constraint*> constraints;
    std::vector<std::size_t> steps{at};
    std::size_t next = at + 1;
    for (; next < batch_.steps.size() && Fold(table, batch_.steps[next], constraints); ++next) {
      postgres::AppendRemarks(postgres::Remarks(batch_.steps[next], surroundings_.recreated), remarks);
      steps.push_back(next);
    }
    Append(postgres::CreateTable(table, ParentsOf(create, table), constraints), remarks,
           GroupOf(batch_.steps[at]), steps);
    return next;
  }

  // Whether the constraint can stand in CREATE TABLE beside these: two keys that it would make one are
  // made one after the other.
  static bool StaysApart(const schema::Constraint& added,
                         const std::vector<const schema::Constraint*>& constraints) {
    return std::ranges::none_of(constraints, [&](const schema::Constraint* other) {
      return schema::MakeOneKey(*other, added) || schema::MakeOneKey(added, *other);
    });
  }

  // Whether the step only adds constraints that CREATE TABLE can state as well.
  static bool Fold(const schema::Table& table, const plan::Step& step,
                   std::vector<const schema::Constraint*>& constraints) {
    const auto* alter = std::get_if<plan::AlterTable>(&step.action);
    if (alter == nullptr || alter->kind != schema::ObjectKind::Table || alter->table != table.name)
      return false;
    std::vector<const schema::Constraint*> all = constraints;
    for (const plan::TableAction& action : alter->actions) {
      const auto* add = std::get_if<plan::AddConstraint>(&action);
      if (add == nullptr || add->not_valid || add->constraint.not_valid || !add->using_index.empty() ||
          !StaysApart(add->constraint, all)) {
        return false;
      }
      all.push_back(&add->constraint);
    }
    constraints = std::move(all);
    return true;
  }

  std::vector<const schema::Table*> ParentsOf(const plan::CreateObject& create,
                                              const schema::Table& table) const {
    std::vector<const schema::Table*> parents;
    std::set<schema::QualifiedName> known;
    for (const schema::Table& parent : create.parents) {
      parents.push_back(&parent);
      known.insert(parent.name);
    }
    std::vector<schema::QualifiedName> names = table.inherits;
    if (table.partition_of) names.push_back(table.partition_of->parent);
    for (const schema::QualifiedName& name : names) {
      const auto created = surroundings_.created_tables.find(name);
      if (!known.contains(name) && created != surroundings_.created_tables.end())
        parents.push_back(created->second);
    }
    return parents;
  }

  void EmitAlter(const plan::AlterTable& alter, std::size_t at) {
    const plan::Step& step = batch_.steps[at];
    if (pending_ != nullptr && (pending_->table != alter.table || pending_->kind != alter.kind)) Flush();
    std::string remarks = postgres::Remarks(step, surroundings_.recreated);
    for (const plan::TableAction& action : alter.actions) {
      for (ActionText& text : postgres::SpellAction(alter, action)) {
        if (!postgres::MayJoin(actions_, text)) Flush();
        pending_ = &alter;
        pending_group_ = GroupOf(step);
        if (pending_steps_.empty() || pending_steps_.back() != at) pending_steps_.push_back(at);
        // The remarks of a step stand at its first statement.
        postgres::AppendRemarks(remarks, pending_remarks_);
        remarks.clear();
        actions_.push_back(std::move(text));
      }
    }
  }

  void Flush() {
    if (actions_.empty()) return;
    Append({postgres::JoinActions(*pending_, actions_)}, pending_remarks_, pending_group_, pending_steps_);
    pending_ = nullptr;
    actions_.clear();
    pending_remarks_.clear();
    pending_steps_.clear();
  }

  void Append(Statements statements, const std::string& remarks, const std::string& group,
              const std::vector<std::size_t>& steps) {
    if (statements.empty() && !remarks.empty()) statements.emplace_back();
    for (std::size_t i = 0; i < statements.size(); ++i) {
      out_.statements.push_back({i == 0 ? remarks : std::string(), std::move(statements[i]), group, steps});
    }
  }

  Statements Spell(const plan::Action& action) const {
    return std::visit(
        Overloaded{
            [](const plan::CreateObject& a) { return postgres::SpellCreate(a); },
            [](const plan::DropObject& a) { return postgres::SpellDrop(a.object, a.concurrently); },
            [](const plan::RenameObject& a) { return postgres::SpellRename(a); },
            [](const plan::AlterTable&) { return Statements(); },  // Collected by EmitAlter.
            [](const plan::AddEnumLabel& a) { return postgres::AddEnumLabel(a); },
            [](const plan::AlterSequence& a) { return postgres::AlterSequence(a.from, a.to); },
            [](const plan::AlterDomain& a) { return postgres::AlterDomain(a.from, a.to); },
            [](const plan::AlterComposite& a) { return postgres::AlterComposite(a.from, a.to); },
            [](const plan::AlterExtension& a) { return postgres::AlterExtension(a.from, a.to); },
            [](const plan::AlterEventTriggerFiring& a) {
              return postgres::AlterEventTriggerFiring(a.event_trigger);
            },
            [](const plan::AlterStatisticsTarget& a) {
              return postgres::AlterStatisticsTarget(a.statistics);
            },
            [](const plan::SetComment& a) { return postgres::SpellComment(a); },
            [](const plan::Grant& a) { return postgres::SpellGrant(a); },
            [](const plan::Revoke& a) { return postgres::SpellRevoke(a); },
            [](const plan::AlterDefaultPrivileges& a) {
              return postgres::AlterDefaultPrivileges(a.from, a.to);
            },
            [](const plan::UpdateRows& a) { return postgres::UpdateRows(a); },
            [this](const plan::InsertRow& a) { return Insert(a); },
            [](const plan::UpdateRow& a) { return postgres::UpdateRow(a.from, a.to); },
            [](const plan::DeleteRow& a) { return postgres::DeleteRow(a.row); },
            [](const plan::RunSql& a) { return postgres::Verbatim(a.sql); },
            [](const plan::CannotUndo&) { return Statements(); },
        },
        action);
  }

  // A table made by the same plan shows its identity columns.
  Statements Insert(plan::InsertRow step) const {
    const auto table = surroundings_.created_tables.find(step.row.table);
    if (table != surroundings_.created_tables.end()) {
      for (const schema::Column& column : table->second->columns) {
        const bool always = column.identity && column.identity->kind == schema::IdentityKind::Always;
        if (always && step.row.values.contains(column.name)) step.overriding_identity = true;
      }
    }
    return postgres::InsertRow(step);
  }

  const plan::Batch& batch_;
  const Surroundings& surroundings_;
  Batch out_;
  // The ALTER TABLE statement being collected.
  const plan::AlterTable* pending_ = nullptr;
  std::vector<ActionText> actions_;
  std::string pending_remarks_;
  std::string pending_group_;
  std::vector<std::size_t> pending_steps_;
};

}  // namespace

Script EmitPostgres(const plan::Plan& plan) {
  const Surroundings surroundings = Survey(plan);
  Script script;
  for (const plan::Batch& batch : plan.batches) script.push_back(BatchEmitter(batch, surroundings).Run());
  return script;
}

}  // namespace schemac::emitters
