// The planner's desk for one stretch of changes between renames: what becomes of each object, and the units
// of steps that make it so. Filled by decide, closure and the units_* files in turn, ordered by order.h.
// Internal to compiler/plan.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/plan/conversion.h"
#include "compiler/plan/plan.h"
#include "schema/dependencies.h"

namespace schemac::plan {

enum class Fate : std::uint8_t { Keep, Create, Drop, Alter, Replace };

struct ObjectFate {
  Fate fate = Fate::Keep;
  const schema::Object* before = nullptr;  // nullptr when it is new.
  const schema::Object* after = nullptr;   // nullptr when it goes.
  // A type that columns use cannot be dropped first: its former self is renamed, the columns are converted,
  // then it goes.
  bool retyped = false;
  bool or_replace = false;  // A view whose query changes in place.
  bool concurrently = false;
  std::string using_index;  // Of a new key: the unique index that becomes its own (promote.cpp).
  std::map<std::string, std::string> heirs;  // Of labels that go.
  std::string reason;
};

struct ColumnFate {
  Fate fate = Fate::Keep;
  const schema::Column* before = nullptr;
  const schema::Column* after = nullptr;
  bool converts = false;        // Its type changes, or its type is made anew under the same name.
  bool resets_default = false;  // The default goes before and comes back after.
  schema::Conversion conversion;
  Boxed<schema::Expression> backfill;
  std::string reason;
};

// Ranks of units in the order of a plan, where nothing else decides.
namespace rank {
inline constexpr int kDropDependent = 0;
inline constexpr int kSchema = 10;
inline constexpr int kExtension = 11;
inline constexpr int kCollation = 12;
inline constexpr int kType = 13;
inline constexpr int kSequence = 14;
inline constexpr int kRoutine = 15;
inline constexpr int kRaw = 16;
inline constexpr int kTable = 20;
inline constexpr int kAlterTable = 21;
inline constexpr int kPrepareColumn = 22;
inline constexpr int kAddColumn = 23;
inline constexpr int kAlterColumn = 24;
inline constexpr int kFinishColumn = 25;
inline constexpr int kPrimaryKey = 30;
inline constexpr int kUnique = 31;
inline constexpr int kCheck = 32;
inline constexpr int kExclusion = 33;
inline constexpr int kForeignKey = 34;
inline constexpr int kIndex = 40;
inline constexpr int kFinishTable = 45;
inline constexpr int kView = 50;
inline constexpr int kDependent = 55;
inline constexpr int kRows = 60;
inline constexpr int kDropColumn = 70;
inline constexpr int kDropTable = 71;
inline constexpr int kDropSequence = 72;
inline constexpr int kDropRoutine = 73;
inline constexpr int kDropType = 74;
inline constexpr int kDropExtension = 76;
inline constexpr int kDropSchema = 78;
inline constexpr int kEventTrigger = 80;
}  // namespace rank

struct Need {
  schema::ObjectAddress address;
  bool soft = false;
};

// One unit before another for a reason that is no dependency between objects.
struct Precedence {
  std::size_t first;
  std::size_t then;
  bool soft = false;
};

// Steps that stand together, and what has to stand before and after them.
struct Unit {
  schema::ObjectAddress subject;
  int rank = 0;
  std::vector<Step> steps;
  std::vector<Need> needs;     // Comes after what makes these, as the target catalog has them.
  std::vector<Need> releases;  // Stops using these: comes before what takes them away or changes their type.
  std::vector<Need> reads;     // Uses their rows: after they are there, before they are dropped.
  std::vector<schema::ObjectAddress> settles;  // Comes after rows and attributes of these columns are final.
  std::vector<schema::ObjectAddress> after_gone;  // Comes after what takes these away.
  std::vector<std::size_t> after;
  bool concurrently = false;        // Each step by itself, outside a transaction.
  bool apart = false;               // A transaction of its own, when all that need not wait for it is done.
  bool adds_labels = false;         // ALTER TYPE … ADD VALUE.
  bool body_names_later = false;    // A routine whose body cannot be checked when it is made,
  bool body_names_missing = false;  // or never: what it names is not in the target.
};

struct Work {
  Work(const schema::Catalog& source_, const schema::Catalog& target_, const Options& options_,
       DiagnosticSink& sink_)
      : source(source_), target(target_), options(options_), sink(&sink_), dependents(source_) {}
  // The same desk, whose reports go elsewhere: to try what comes of it.
  Work(const Work& other, DiagnosticSink& sink_) : Work(other) { sink = &sink_; }

  const schema::Catalog& source;
  const schema::Catalog& target;
  const Options& options;
  DiagnosticSink* sink;
  schema::Dependents dependents;  // In `source`.

  std::map<schema::ObjectAddress, ObjectFate> objects;
  std::map<schema::ObjectAddress, ColumnFate> columns;
  std::vector<schema::ChangeData> data;
  // What depends on something that goes, in a state between two renames where the target still lists it: it
  // goes as well.
  std::set<schema::ObjectAddress> dangling;

  std::vector<Unit> units;
  std::vector<Precedence> precedences;
  std::map<schema::ObjectAddress, std::size_t> provided;  // The unit after which the object is there.
  std::map<schema::ObjectAddress, std::size_t>
      settled;  // The unit after which a column's rows and default are final.
  std::map<schema::ObjectAddress, std::size_t> gone;       // The unit that takes the object away.
  std::map<schema::ObjectAddress, std::size_t> disturbed;  // The unit that changes a column's type.
  std::map<schema::ObjectAddress, std::size_t>
      prepared;                                         // The unit that drops a column's default or identity.
  std::map<schema::ObjectAddress, std::size_t> left;    // The unit that detaches a table from former parents.
  std::map<schema::ObjectAddress, std::size_t> joined;  // The unit that attaches a table to its new parents.
  // What comes or goes with something else, without a statement of its own: a part of a dropped table, a
  // partition's index.
  std::map<schema::ObjectAddress, schema::ObjectAddress> made_with;
  std::map<schema::ObjectAddress, schema::ObjectAddress> gone_with;

  [[nodiscard]] Fate FateOf(const schema::ObjectAddress& address) const;
  [[nodiscard]] bool Goes(const schema::ObjectAddress& address) const;   // Dropped or replaced.
  [[nodiscard]] bool IsNew(const schema::ObjectAddress& address) const;  // Created or replaced.
  // Reports a plan that cannot be made.
  void Refuse(DiagnosticKind kind, std::string message, std::string fix = "");
  std::size_t Add(Unit unit) {
    units.push_back(std::move(unit));
    return units.size() - 1;
  }
};

inline schema::ObjectAddress ColumnAddress(const schema::QualifiedName& table, const std::string& column) {
  return {schema::ObjectKind::Column, table.schema, table.name, column};
}
inline schema::ObjectAddress TableAddress(const schema::QualifiedName& table) {
  return {schema::ObjectKind::Table, table.schema, table.name, ""};
}

// decide.cpp: the fate of everything that the changes name.
void Decide(Work& work, const std::vector<schema::Change>& changes);
// promote.cpp: unique indexes that become the index of a new key instead of being dropped.
void PromoteIndexes(Work& work);
// in_place.cpp: whether ALTER statements or CREATE OR REPLACE lead from one to the other. Both have the same
// address.
bool AltersInPlace(const schema::Object& before, const schema::Object& after);
// in_place.cpp: whether they differ in nothing but comment and privileges.
bool SameButForRemarks(const schema::Object& before, const schema::Object& after);
// closure.cpp: what else has to go and come back around the changes.
void CloseOverDependents(Work& work);
// closure.cpp: the primary keys that a view with GROUP BY may depend on, since grouping by one lets it show
// the other columns. Whether it makes use of that is not told apart.
std::vector<schema::ObjectAddress> KeysOfGrouping(const schema::Catalog& catalog, const schema::View& view);
// hazards.cpp: reports what loses data without leave, and what rows would refuse.
void CheckHazards(Work& work);
bool Allowed(const Work& work, const std::string& hazard);

// units.cpp: all units of the work, by kind of object.
void MakeUnits(Work& work);
void AddNeeds(const schema::Object& object, std::vector<Need>& needs);
// The keys that a foreign key may rest on: the server took the oldest, which a catalog does not tell.
void AddReferencedKeys(const schema::Catalog& catalog, const schema::Constraint& constraint,
                       std::vector<Need>& needs);
void Append(std::vector<Step>& steps, std::vector<Step> more);
// partitions.cpp: what drops a foreign key, or its table, frees the partitions of the table that it refers
// to.
void ReleasePartitions(const Work& work, const schema::Constraint& constraint, std::vector<Need>& releases);
// Partitions that go although a foreign key to their parent stays are detached first.
void LeaveHeldParents(Work& work);
// implied.cpp: fills `gone_with` and `made_with` for what PostgreSQL drops and makes by itself.
void FindImplied(Work& work);
// Parts of a table or view that go without a step of their own, once FindImplied has run.
std::vector<const schema::Object*> PartsGoneWith(const Work& work, const schema::QualifiedName& relation);
// alter.cpp: the steps from one state to another of objects that are neither tables nor types.
std::vector<Step> AlterSteps(const ObjectFate& fate);
ValidateConstraint ValidateStep(const schema::Constraint& constraint);
SetOptions OptionChanges(const schema::Options& before, const schema::Options& after);
// columns.cpp
void MakeColumnUnits(Work& work);
// Whether a column that is new and NOT NULL has nothing to put into rows that exist (no default of any kind,
// no value told, no data step), or one that becomes NOT NULL nothing in place of the NULLs that rows may
// hold.
bool LacksValue(const Work& work, const schema::ObjectAddress& column, const ColumnFate& fate);
// The check that is validated and says that the column is not NULL, in the state before; nullopt when there
// is none.
std::optional<schema::ObjectAddress> ProofOfNotNull(const Work& work, const schema::ObjectAddress& column);
// types.cpp
void MakeTypeUnits(Work& work, const schema::ObjectAddress& address, const ObjectFate& fate);
// Where the former self of a type waits while columns are converted.
schema::ObjectAddress FormerSelf(const Work& work, const schema::ObjectAddress& type);
// Whether labels are added and nothing else happens to them.
bool LabelsGrowInPlace(const schema::Enum& from, const schema::Enum& to);
// The labels that are gone and have no successor, though rows may hold them.
std::vector<std::string> LostLabels(const ObjectFate& fate);
// `label 'a'`, `labels 'a', 'b'`.
std::string ListOfLabels(const std::vector<std::string>& labels);
// tables.cpp
void MakeTableUnits(Work& work, const schema::ObjectAddress& address, const ObjectFate& fate);
// A table leaves its parents before their columns change, and joins them after.
void OrderAroundParents(Work& work);
// CLUSTER ON and REPLICA IDENTITY USING INDEX, after everything else has made its units.
void MakeIndexChoicesOfKeptTables(Work& work);
// rows.cpp
void MakeRowUnits(Work& work);
// conversions.cpp: the USING clause of a type change; Refuse()s when there is no way. nullopt: none is
// needed.
std::optional<schema::Expression> ConversionOf(Work& work, const schema::ObjectAddress& column,
                                               const ColumnFate& fate);

// remarks.cpp: comments and privileges.
// Those of an object that has just been created.
std::vector<Step> RemarksOfNew(const Work& work, const schema::Object& object);
// `owner` is the table. With those of the sequence that an identity column brings along.
std::vector<Step> RemarksOfNewColumn(const Work& work, const schema::Object& owner,
                                     const schema::Column& column);
// The difference between two states of one object; columns of views included, columns of tables not.
std::vector<Step> RemarkChanges(const schema::Object& before, const schema::Object& after);
std::vector<Step> RemarkChanges(const schema::Object& owner, const schema::ObjectAddress& address,
                                const std::string& comment_before, const std::string& comment_after,
                                const schema::Privileges& before, const schema::Privileges& after);

// Of the hidden sequence of an identity column alone: a new one, and the difference between two states.
std::vector<Step> RemarksOfNewIdentity(const Work& work, const schema::QualifiedName& table,
                                       const schema::Column& column);
std::vector<Step> IdentityRemarkChanges(const schema::QualifiedName& table, const schema::Column& before,
                                        const schema::Column& after);

// order.cpp: edges and one order. Refuse()s, naming it, when there is a cycle.
struct Ordered {
  std::vector<std::size_t> units;
  // By unit: what stands outside of the main transaction, or something after that.
  std::vector<bool> deferred;
};
Ordered OrderUnits(Work& work);

// batches.cpp: the stretches of a plan one after the other; where they are cut into transactions.
struct Stretch {
  std::vector<Unit> units;     // In their order.
  std::vector<bool> deferred;  // By place in `units`.
};
std::vector<Batch> MakeBatches(std::vector<Stretch> stretches, bool deferred_keys);

// A step with its facts; `subject` is for grouping.
Step MakeStep(Action action, const schema::ObjectAddress& subject, std::string reason = "");
Step TableStep(const schema::QualifiedName& table, TableAction action, std::string reason = "");

}  // namespace schemac::plan
