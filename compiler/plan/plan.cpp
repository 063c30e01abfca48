#include "compiler/plan/plan.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "compiler/plan/online.h"
#include "compiler/plan/work.h"
#include "compiler/support/quote.h"
#include "schema/borrowed_catalog.h"
#include "schema/diff/apply.h"
#include "schema/diff/diff.h"
#include "schema/edit/rename.h"

namespace schemac::plan {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;
using Changes = std::vector<schema::Change>;

// Keys and constraint triggers that may wait for the end of a transaction.
bool HasDeferred(const schema::Catalog& catalog) {
  const auto any = [&](ObjectKind kind, const auto& defers) {
    const schema::Catalog::Objects& objects = catalog.objects();
    for (auto it = objects.lower_bound({kind, "", "", ""}); it != objects.end() && it->first.kind == kind;
         ++it) {
      if (defers(it->second)) return true;
    }
    return false;
  };
  return any(ObjectKind::Constraint,
             [](const schema::Object& it) { return std::get<schema::Constraint>(it).initially_deferred; }) ||
         any(ObjectKind::Trigger,
             [](const schema::Object& it) { return std::get<schema::Trigger>(it).constraint; });
}

// A body that is text keeps the old label: the server looks at it when it runs, and then refuses it.
std::string BodiesThatSpell(const schema::Catalog& catalog, const ObjectAddress& label) {
  const std::string literal = QuoteLiteral(label.member);
  std::string bodies;
  for (const auto& [address, object] : catalog.objects()) {
    const auto* function = std::get_if<schema::Function>(&object);
    if (function == nullptr || function->definition.text.find(literal) == std::string::npos) continue;
    bodies += (bodies.empty() ? "" : ", ") + Describe(address);
  }
  return bodies.empty() ? "" : "bodies that still spell " + literal + ": " + bodies;
}

// Goes through the changes a stretch at a time: renames one by one, and between them everything else at once,
// for a diff has its renames first and the diff that undoes it has them last.
class Planner {
 public:
  Planner(const schema::Catalog& from, const schema::Catalog& to, const Options& options,
          DiagnosticSink& sink)
      : state_(from),
        to_(to),
        options_(options),
        sink_(sink),
        defers_(HasDeferred(from) || HasDeferred(to)) {}

  Plan Run(const Changes& changes) {
    const auto is_rename = [](const schema::Change& change) {
      return std::holds_alternative<schema::RenameObject>(change);
    };
    auto at = changes.begin();
    while (at != changes.end() && !failed_) {
      if (is_rename(*at)) {
        Rename(std::get<schema::RenameObject>(*at++));
        continue;
      }
      const auto end = std::find_if(at, changes.end(), is_rename);
      PlanRun({at, end}, end == changes.end());
      at = end;
    }
    if (!failed_ && !arrived_ && !IsThere()) Fail("the changes do not lead to the state that is wanted");
    if (failed_) return {};
    Plan plan{MakeBatches(std::move(stretches_), defers_), options_.online};
    ForgetLocksOnNewTables(plan);
    return plan;
  }

 private:
  // Catalogs may differ in what is no difference (schema::Compare).
  [[nodiscard]] bool IsThere() const {
    if (*state_ == to_) return true;
    const auto left = schema::Compare(*state_, to_, {});
    return left && left->changes.empty();
  }

  void Fail(std::string message) {
    sink_.Report(Diagnostic(DiagnosticKind::CannotPlan, Span{}, std::move(message)));
    failed_ = true;
  }

  [[nodiscard]] bool IsTaken(const ObjectAddress& address) const {
    return state_->Has(address) || state_->FindRelation(address.qualified()) ||
           state_->FindType(address.qualified());
  }

  // A new name and a new schema are two statements, and the name in between must be free: the name comes
  // first unless the old schema has it.
  void Rename(const schema::RenameObject& rename) {
    const bool moves = !IsTablePart(rename.from.kind) && rename.from.schema != rename.to.schema &&
                       OwnName(rename.from) != OwnName(rename.to);
    ObjectAddress renamed = rename.from;
    renamed.name = rename.to.name;
    if (!moves || !IsTaken(renamed)) return RenameOnce(rename);
    ObjectAddress moved = rename.from;
    moved.schema = rename.to.schema;
    if (IsTaken(moved))
      return Fail("the old name is taken in the new schema, the new one in the old: " +
                  Describe(rename.from));
    RenameOnce({rename.from, moved});
    RenameOnce({moved, rename.to});
  }

  void RenameOnce(const schema::RenameObject& rename) {
    ObjectAddress owner = HolderOf(rename.from);
    if (owner.kind == ObjectKind::Column) {
      owner = TableOf(owner);
      if (!state_->Has(owner)) owner.kind = ObjectKind::View;
    }
    std::optional<schema::Object> object;
    if (const schema::Object* found = state_->Find(owner)) {
      object = *found;
    } else if (owner.kind == ObjectKind::Sequence) {  // Hidden behind an identity column.
      schema::Sequence hidden;
      hidden.name = owner.qualified();
      object = hidden;
    }
    if (!object) return Fail("there is no " + Describe(rename.from) + " to rename");
    Unit unit;
    unit.subject = IsTablePart(rename.to.kind) ? TableOf(rename.to) : HolderOf(rename.to);
    unit.steps.push_back(MakeStep(RenameObject{rename.from, rename.to, *object}, unit.subject,
                                  IsLabel(rename.from) ? BodiesThatSpell(to_, rename.from) : ""));
    auto done = schema::ApplyRename(state_.Own(), {rename.from, rename.to});
    if (!done) return Fail(done.error().message);
    if (stretches_.empty() || !renaming_) stretches_.emplace_back();
    stretches_.back().units.push_back(std::move(unit));
    stretches_.back().deferred.push_back(false);
    renaming_ = true;
  }

  // Drops of what an earlier stretch has taken away are done.
  Changes StillToDo(Changes changes) const {
    std::erase_if(changes, [&](const schema::Change& change) {
      const auto* drop = std::get_if<schema::DropObject>(&change);
      return drop != nullptr && !state_->Has(AddressOf(drop->object));
    });
    return changes;
  }

  void PlanRun(Changes changes, bool last) {
    renaming_ = false;
    std::optional<schema::Catalog> between;
    if (!last) {
      auto applied = schema::Apply(*state_, {StillToDo(changes)});
      if (!applied) return Fail(applied.error().message);
      between = *std::move(applied);
    }
    Work work(*state_, last ? to_ : *between, options_, sink_);
    const std::size_t errors = sink_.error_count();
    Decide(work, changes);
    CloseOverDependents(work);
    CheckHazards(work);
    if (last) {
      for (const ObjectAddress& address : work.dangling) {
        work.Refuse(DiagnosticKind::CannotPlan, Describe(address) +
                                                    " would be left without what it needs: it " +
                                                    work.objects.at(address).reason);
      }
    }
    MakeUnits(work);
    if (options_.online) MakeOnline(work);
    const Ordered ordered = OrderUnits(work);
    if (sink_.error_count() != errors) {
      failed_ = true;
      return;
    }
    Stretch stretch;
    for (const std::size_t unit : ordered.units) {
      stretch.units.push_back(std::move(work.units[unit]));
      stretch.deferred.push_back(ordered.deferred[unit]);
    }
    stretches_.push_back(std::move(stretch));
    NoteNewTables(work);
    arrived_ = last;
    if (last) return;
    for (const ObjectAddress& address : work.dangling) between->Remove(address);
    state_.Replace(*std::move(between));
  }

  void NoteNewTables(const Work& work) {
    for (const auto& [address, fate] : work.objects) {
      const bool relation = address.kind == ObjectKind::Table || address.kind == ObjectKind::View;
      if (relation && work.IsNew(address)) new_relations_.insert(address.qualified());
    }
  }

  void ForgetLocksOnNewTables(Plan& plan) const {
    for (Batch& batch : plan.batches) {
      for (Step& step : batch.steps) {
        Facts& facts = step.facts;
        const bool locked = !facts.locks.empty();
        const auto is_new = [&](const Lock& lock) { return new_relations_.contains(lock.relation); };
        // The first relation is the one that is worked on; a new foreign key only locks the other.
        const bool on_new = locked && is_new(facts.locks.front());
        std::erase_if(facts.locks, is_new);
        if (on_new) facts.rewrites = facts.scans = facts.updates_rows = false;
      }
    }
  }

  schema::BorrowedCatalog state_;
  const schema::Catalog& to_;
  const Options& options_;
  DiagnosticSink& sink_;
  const bool defers_;
  std::vector<Stretch> stretches_;
  std::set<schema::QualifiedName> new_relations_;
  bool renaming_ = false;  // The last stretch is one of renames.
  bool arrived_ = false;   // `to_` was the target of the last stretch.
  bool failed_ = false;
};

}  // namespace

Plan MakePlan(const schema::Catalog& from, const schema::Catalog& to, const schema::Diff& diff,
              const Options& options, DiagnosticSink& sink) {
  return Planner(from, to, options, sink).Run(diff.changes);
}

}  // namespace schemac::plan
