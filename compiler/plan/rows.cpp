// Seed rows and hand-written data steps: after the structure they need, before what they read is dropped.
#include <algorithm>

#include "compiler/plan/work.h"
#include "schema/keys.h"

namespace schemac::plan {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;

class RowUnits {
 public:
  explicit RowUnits(Work& work) : work_(work) {}

  void Make() {
    structure_ = work_.units.size();
    for (const auto& [address, fate] : work_.objects) {
      if (address.kind == ObjectKind::SeedRow) MakeSeed(address, fate);
    }
    FollowKeys();
    std::optional<std::size_t> last;
    for (const schema::ChangeData& data : work_.data) last = MakeData(data, last);
  }

 private:
  void MakeSeed(const ObjectAddress& address, const ObjectFate& fate) {
    const ObjectAddress table = TableAddress(address.qualified());
    if (fate.after == nullptr && work_.Goes(table)) return;
    Unit unit;
    unit.subject = table;
    unit.rank = rank::kRows;
    const QualifiedName name = address.qualified();
    if (fate.after != nullptr) {
      const auto& row = std::get<schema::SeedRow>(*fate.after);
      const bool is_new = fate.before == nullptr || work_.Goes(table);
      unit.steps.push_back(is_new ? MakeStep(InsertRow{row, OverridesIdentity(row)}, table)
                                  : MakeStep(UpdateRow{std::get<schema::SeedRow>(*fate.before), row}, table));
      AddNeeds(*fate.after, unit.needs);
      for (const auto& [column, value] : row.values) unit.settles.push_back(ColumnAddress(name, column));
      NeedKeys(name, unit.needs);
      (is_new ? inserts_ : updates_)[name].push_back(work_.Add(std::move(unit)));
      return;
    }
    unit.steps.push_back(MakeStep(DeleteRow{std::get<schema::SeedRow>(*fate.before)}, table));
    AddNeeds(*fate.before, unit.releases);
    deletes_[name].push_back(work_.Add(std::move(unit)));
  }

  [[nodiscard]] bool OverridesIdentity(const schema::SeedRow& row) const {
    const schema::Table* table = work_.target.FindTable(row.table);
    if (table == nullptr) return false;
    return std::any_of(row.values.begin(), row.values.end(), [&](const auto& value) {
      const schema::Column* column = table->FindColumn(value.first);
      return column != nullptr && column->identity && column->identity->kind == schema::IdentityKind::Always;
    });
  }

  // ON CONFLICT (key) wants the key's unique constraint or index.
  void NeedKeys(const QualifiedName& table, std::vector<Need>& needs) const {
    for (const schema::Object* part : work_.target.PartsOf(table, ObjectKind::Constraint)) {
      if (schema::IsKey(std::get<schema::Constraint>(*part).kind)) needs.push_back({AddressOf(*part), false});
    }
    for (const schema::Object* part : work_.target.PartsOf(table, ObjectKind::Index)) {
      if (std::get<schema::Index>(*part).unique) needs.push_back({AddressOf(*part), false});
    }
  }

  // Rows of a referenced table come before and go after the rows that refer to them. A unit without steps
  // stands between, so that two large sets of rows do not need an edge for each pair.
  void FollowKeys() {
    const auto order = [&](const schema::Catalog& catalog, const auto& rows, bool referenced_first) {
      for (const auto& [table, units] : rows) {
        for (const schema::Object* part : catalog.PartsOf(table, ObjectKind::Constraint)) {
          const auto& constraint = std::get<schema::Constraint>(*part);
          if (!constraint.foreign_key || constraint.foreign_key->table == table) continue;
          const auto other = rows.find(constraint.foreign_key->table);
          if (other == rows.end()) continue;
          const auto& first = referenced_first ? other->second : units;
          const auto& then = referenced_first ? units : other->second;
          Unit between;
          between.subject = TableAddress(table);
          between.rank = rank::kRows;
          const std::size_t gate = work_.Add(std::move(between));
          for (const std::size_t unit : first) work_.precedences.push_back({unit, gate, true});
          for (const std::size_t unit : then) work_.precedences.push_back({gate, unit, true});
        }
      }
    };
    order(work_.target, inserts_, true);
    order(work_.source, deletes_, false);
  }

  std::optional<std::size_t> MakeData(const schema::ChangeData& data, std::optional<std::size_t> last) {
    const schema::DataStep& step = data.step;
    Unit unit;
    unit.rank = rank::kRows;
    if (!data.inverted) {
      unit.steps.push_back(MakeStep(RunSql{step.title, step.up}, unit.subject));
    } else if (step.down) {
      unit.steps.push_back(MakeStep(RunSql{step.title, *step.down}, unit.subject));
    } else if (step.needs_undo) {
      unit.steps.push_back(MakeStep(CannotUndo{step.title.empty() ? step.up : step.title}, unit.subject));
    } else {
      return last;
    }
    for (const ObjectAddress& reference : step.references) unit.reads.push_back({reference, false});
    if (last) unit.after.push_back(*last);
    const std::size_t run = work_.Add(std::move(unit));
    PlaceAmongStructure(run, step.references);
    return run;
  }

  // What the step does not tell that it needs, it may need all the same: after everything that is made,
  // before everything that goes. Rules that rows of tables in use must keep are made after it.
  void PlaceAmongStructure(std::size_t run, const std::vector<ObjectAddress>& references) {
    std::set<QualifiedName> touched;
    for (const ObjectAddress& reference : references) touched.insert(reference.qualified());
    for (std::size_t other = 0; other < structure_; ++other) {
      const Unit& unit = work_.units[other];
      const bool rule = unit.rank >= rank::kPrimaryKey && unit.rank <= rank::kIndex;
      const bool is_new = work_.IsNew(unit.subject);
      if (unit.rank >= rank::kDropColumn && unit.rank <= rank::kDropSchema) {
        work_.precedences.push_back({run, other, true});
      } else if (rule && !is_new && touched.contains(unit.subject.qualified())) {
        work_.precedences.push_back({run, other, true});
      } else if (unit.rank < rank::kFinishColumn || (rule && is_new) || unit.rank == rank::kView) {
        work_.precedences.push_back({other, run, true});
      }
    }
  }

  Work& work_;
  std::size_t structure_ = 0;  // Units before the first of rows.
  std::map<QualifiedName, std::vector<std::size_t>> inserts_;
  std::map<QualifiedName, std::vector<std::size_t>> updates_;
  std::map<QualifiedName, std::vector<std::size_t>> deletes_;
};

}  // namespace

void MakeRowUnits(Work& work) { RowUnits(work).Make(); }

}  // namespace schemac::plan
