// Columns of tables that stay: what to do before the type changes, the change itself, and what the rows need
// afterwards.
#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "compiler/plan/facts.h"
#include "compiler/plan/inheriting_columns.h"
#include "compiler/plan/work.h"
#include "compiler/support/quote.h"
#include "schema/storage.h"
#include "schema/words.h"

namespace schemac::plan {
namespace {

using schema::Column;
using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;

// A label asks for nothing that the column's type, or a type that the text spells, does not: while its enum
// is made anew, both selves of it are there.
void AddReferences(const schema::Expression& expression, std::vector<Need>& needs) {
  for (const schema::Reference& reference : expression.references) {
    if (!IsLabel(reference.target)) needs.push_back({reference.target, false});
  }
}
void AddReferences(const Boxed<schema::Expression>& expression, std::vector<Need>& needs) {
  if (expression) AddReferences(*expression, needs);
}

// The type and collation alone.
std::vector<Need> TypeNeeds(const QualifiedName& table, const Column& column) {
  Column bare;
  bare.type = column.type;
  bare.collation = column.collation;
  std::vector<Need> needs;
  schema::ForEachDependency(table, bare, [&](const ObjectAddress& on, schema::DependencyKind kind) {
    needs.push_back({on, kind == schema::DependencyKind::Soft});
  });
  return needs;
}

bool IsInteger(const schema::Type& type) {
  return type.schema.empty() && !type.array &&
         (type.name == "smallint" || type.name == "integer" || type.name == "bigint");
}

// The server carries a default over to the new type; where that gives another expression than the one a fresh
// column would have ('x'::varchar for a text column), it is dropped and set again.
bool DefaultSurvives(const Column& before, const Column& after) {
  if (before.type.schema == after.type.schema && before.type.name == after.type.name) {
    return before.type.array == after.type.array;
  }
  return IsInteger(before.type) && IsInteger(after.type);
}

// ALTER SEQUENCE … AS moves a limit along when it was that of the old type, and ALTER COLUMN TYPE does so for
// identity columns (manual, ALTER SEQUENCE).
std::int64_t Largest(const schema::Type& type) {
  if (type.name == "smallint") return 32767;
  return type.name == "integer" ? 2147483647 : 9223372036854775807;
}
void FollowType(schema::Identity& identity, const schema::Type& from, const schema::Type& to) {
  if (identity.options.max == Largest(from)) identity.options.max = Largest(to);
  if (identity.options.min == -Largest(from) - 1) identity.options.min = -Largest(to) - 1;
}

// A new identity goes on after the largest value that is there.
Step ContinueAfterRows(const QualifiedName& table, const Column& column) {
  const schema::SequenceOptions& options = column.identity->options;
  const std::string relation = QuoteQualified(table.schema, table.name);
  const std::string name = QuoteIdentifier(column.name);
  const std::string step = options.increment < 0 ? " - " + std::to_string(-options.increment)
                                                 : " + " + std::to_string(options.increment);
  return MakeStep(RunSql{"", "SELECT setval(pg_get_serial_sequence(" + QuoteLiteral(relation) + ", " +
                                 QuoteLiteral(column.name) + "), (SELECT coalesce(" +
                                 (options.increment < 0 ? "min(" : "max(") + name + ")" + step + ", " +
                                 std::to_string(options.start) + ") FROM " + relation + "), false);"},
                  TableAddress(table), "the sequence goes on after the rows that exist");
}

bool ReadByDataStep(const Work& work, const ObjectAddress& column) {
  return std::any_of(work.data.begin(), work.data.end(), [&](const schema::ChangeData& data) {
    const auto& references = data.step.references;
    return (!data.inverted || data.step.down) &&
           std::find(references.begin(), references.end(), column) != references.end();
  });
}

// The place of a column in its table, in the target or, when it goes, in the source.
std::size_t PlaceOf(const Work& work, const ObjectAddress& column) {
  for (const schema::Catalog* catalog : {&work.target, &work.source}) {
    const schema::Table* table = catalog->FindTable(column.qualified());
    if (table == nullptr) continue;
    const auto found = std::find_if(table->columns.begin(), table->columns.end(),
                                    [&](const Column& one) { return one.name == column.member; });
    if (found != table->columns.end()) return static_cast<std::size_t>(found - table->columns.begin());
  }
  return 0;
}

class ColumnUnits {
 public:
  ColumnUnits(Work& work, ObjectAddress address, const ColumnFate& fate)
      : work_(work), address_(std::move(address)), table_(address_.qualified()), fate_(fate) {}

  void Make() {
    const schema::Table* before = work_.source.FindTable(table_);
    const schema::Table* after = work_.target.FindTable(table_);
    for (const QualifiedName& parent : ParentsOf(*after)) {
      const std::vector<QualifiedName> former = ParentsOf(*before);
      if (std::find(former.begin(), former.end(), parent) == former.end()) continue;
      // A partition that takes another place is detached while the columns change.
      if (before->partition_of != after->partition_of) continue;
      const auto found = work_.columns.find(ColumnAddress(parent, address_.member));
      if (found != work_.columns.end()) parents_.push_back(found->first);
    }
    switch (fate_.fate) {
      case Fate::Create:
        return MakeNew(work_.target);
      case Fate::Drop:
        return MakeDrop();
      case Fate::Replace:
        MakeDrop();
        return MakeNew(work_.target);
      case Fate::Alter:
        RefuseChangeOfOrigin();
        return MakeAlter(Inherited(*fate_.before));
      case Fate::Keep:
        return;
    }
  }

 private:
  Unit Start(int rank) const {
    Unit unit;
    unit.subject = TableAddress(table_);
    unit.rank = rank;
    for (const ObjectAddress& parent : parents_) unit.needs.push_back({parent, false});
    return unit;
  }
  void Do(Unit& unit, TableAction action, std::string reason = "") const {
    unit.steps.push_back(TableStep(table_, std::move(action), std::move(reason)));
  }

  // A column that is both inherited and the table's own keeps that until its parents' goes; there is no
  // statement that turns the one into the other and keeps the values.
  void RefuseChangeOfOrigin() {
    if (fate_.before->inherited == fate_.after->inherited) return;
    const bool moves = std::any_of(parents_.begin(), parents_.end(), [&](const ObjectAddress& parent) {
      return work_.Goes(parent) || work_.IsNew(parent);
    });
    if (!moves && !KeepsParents()) return;
    work_.Refuse(DiagnosticKind::CannotPlan,
                 Describe(address_) + (fate_.after->inherited ? " becomes one that is inherited only"
                                       : moves                ? " stays while that of the parent goes"
                                               : " becomes the table's own beside that of the parent"),
                 fate_.after->inherited ? "declare it in the table too"
                 : moves                ? ""
                                        : "leave it out of the table's declaration");
  }

  // Whether the table inherits from the same tables before and after, and is no partition.
  [[nodiscard]] bool KeepsParents() const {
    const schema::Table* before = work_.source.FindTable(table_);
    const schema::Table* after = work_.target.FindTable(table_);
    return before != nullptr && after != nullptr && before->inherits == after->inherits &&
           !before->partition_of && !after->partition_of;
  }

  // ALTER COLUMN TYPE must reach all parents of a column at once (ATPrepAlterColumnType in tablecmds.c).
  void RefuseUnderSeveralRoots() const {
    if (!fate_.converts || fate_.before == nullptr) return;
    if (RootsOf(work_, address_).size() < 2) return;
    work_.Refuse(DiagnosticKind::CannotPlan,
                 "the type of " + Describe(address_) + " changes, which it inherits from several tables",
                 "take the table out of its parents (NO INHERIT) in a revision before");
  }

  void MakeDrop() {
    for (const ObjectAddress& parent : parents_) {
      if (work_.Goes(parent) && fate_.before->inherited) {
        work_.gone_with[address_] = parent;
        return;
      }
    }
    Unit unit = Start(rank::kDropColumn);
    unit.needs.clear();
    if (fate_.fate == Fate::Replace) unit.rank = rank::kAlterColumn;
    Do(unit, DropColumn{*fate_.before}, fate_.reason);
    TellWhatIsKept(unit.steps.back());
    for (const schema::Object* part : work_.source.PartsOf(table_, ObjectKind::Constraint)) {
      const auto& constraint = std::get<schema::Constraint>(*part);
      const auto& columns = constraint.columns;
      if (std::find(columns.begin(), columns.end(), address_.member) != columns.end())
        LockReferenced(constraint, unit.steps.back().facts);
    }
    schema::ForEachDependency(table_, *fate_.before,
                              [&](const ObjectAddress& on, schema::DependencyKind kind) {
                                unit.releases.push_back({on, kind == schema::DependencyKind::Soft});
                              });
    ReleaseWhatGoesAlong(unit);
    work_.gone[address_] = work_.Add(std::move(unit));
  }

  // What goes with a column whose values another one has: what that one's type cannot hold.
  void TellWhatIsKept(Step& drop) const {
    const auto kept = work_.options.kept.find(address_);
    if (kept == work_.options.kept.end()) return;
    const std::string lost = LostByNarrowing(fate_.before->type, kept->second.type);
    drop.facts.loses_data = !lost.empty();
    drop.facts.lost = lost.empty() ? "" : lost + " of " + Describe(address_);
    drop.facts.hazard = lost.empty() ? "" : "narrow-type";
    if (lost.empty() && drop.reason.empty()) {
      drop.reason = "schemac: allow drop-column because " + QuoteIdentifier(kept->second.column) +
                    " has the same values";
    }
  }

  // Keys and indexes that go with the column use other things until then: the key that they refer to, a
  // function of a predicate. Other columns of their own are none of those: any of them takes them along.
  void ReleaseWhatGoesAlong(Unit& unit) const {
    for (const ObjectKind kind : {ObjectKind::Constraint, ObjectKind::Index}) {
      for (const schema::Object* part : work_.source.PartsOf(table_, kind)) {
        const auto along = work_.gone_with.find(AddressOf(*part));
        if (along == work_.gone_with.end() || along->second != address_) continue;
        const auto* constraint = std::get_if<schema::Constraint>(part);
        // A column of a primary key may be NULL only when the key is gone.
        const bool primary = constraint != nullptr && constraint->kind == schema::ConstraintKind::PrimaryKey;
        std::vector<Need> needs;
        AddNeeds(*part, needs);
        for (Need& need : needs) {
          const bool own = need.address.kind == ObjectKind::Column && need.address.qualified() == table_;
          if (!own || (primary && !work_.Goes(need.address))) unit.releases.push_back(std::move(need));
        }
        if (constraint == nullptr || !constraint->foreign_key) continue;
        AddReferencedKeys(work_.source, *constraint, unit.releases);
      }
    }
  }

  void MakeNew(const schema::Catalog& target) {
    const Column& column = *fate_.after;
    for (const ObjectAddress& parent : parents_) {
      if (!work_.IsNew(parent) || IsItsOwn(address_)) continue;
      // ADD COLUMN reaches the children; what differs there is altered afterwards.
      work_.made_with[address_] = parent;
      Column made = *work_.columns.at(parent).after;
      made.comment.clear();
      made.privileges.clear();
      if (fate_.backfill) made.not_null = column.not_null;
      MakeAlter(made);
      return;
    }
    const bool later = fate_.backfill || (LacksOwnValue(target) && ReadByDataStep(work_, address_));
    Column added = column;
    added.storage.clear();
    added.statistics.reset();
    added.options.clear();
    added.comment.clear();
    added.privileges.clear();
    if (later) added.not_null = false;
    if (fate_.backfill) {  // Either would fill the rows with something else.
      added.default_value.reset();
      added.identity.reset();
    }
    Unit unit = Start(rank::kAddColumn);
    // A parent's ADD COLUMN meets it and leaves it the table's own (ATExecAddColumn in tablecmds.c).
    std::erase_if(unit.needs, [&](const Need& need) { return work_.IsNew(need.address); });
    for (const QualifiedName& child : target.ChildrenOf(table_)) {
      const ObjectAddress below = ColumnAddress(child, address_.member);
      if (work_.columns.contains(below) && work_.IsNew(below) && IsItsOwn(below))
        unit.needs.push_back({below, false});
    }
    unit.needs.push_back({TableAddress(table_), false});
    schema::ForEachDependency(table_, added, [&](const ObjectAddress& on, schema::DependencyKind kind) {
      unit.needs.push_back({on, kind == schema::DependencyKind::Soft});
    });
    const bool fails = LacksValue(work_, address_, fate_) && !work_.IsNew(TableAddress(table_));
    Do(unit, AddColumn{added},
       fails ? "fails when the table has rows: they have no value for it" : fate_.reason);
    if (fails) unit.steps.back().facts.hazard = "required-column";
    Attributes(added, column, unit);
    Column remarked = column;
    remarked.identity = added.identity;  // One that comes later brings its remarks.
    Append(unit.steps, RemarksOfNewColumn(work_, *target.Find(TableAddress(table_)), remarked));
    const std::size_t made = work_.Add(std::move(unit));
    work_.provided[address_] = made;
    Finish(added, column, made);
  }

  // Whether a table declares the new column beside its parents. A partition cannot.
  [[nodiscard]] bool IsItsOwn(const ObjectAddress& column) const {
    const schema::Table& table = *work_.target.FindTable(column.qualified());
    return !table.partition_of && !table.FindColumn(column.member)->inherited;
  }

  [[nodiscard]] bool LacksOwnValue(const schema::Catalog&) const {
    return !fate_.after->default_value && !fate_.after->identity && !fate_.after->generated;
  }

  // The column as changes to the same column of its parents leave it: ALTER TABLE reaches the children
  // (ATSimpleRecursion and ATPrepAlterColumnType in tablecmds.c).
  Column Inherited(Column column) {
    for (const ObjectAddress& parent : parents_) {
      const ColumnFate& above = work_.columns.at(parent);
      if (above.fate != Fate::Alter) continue;
      const Column& before = *above.before;
      const Column& after = *above.after;
      if (above.converts) {
        column.type = after.type;
        column.collation = after.collation;
        converted_above_ = true;
      }
      const bool default_moves = before.default_value != after.default_value || above.resets_default ||
                                 IsOverruled(above) || (above.converts && !DefaultSurvives(before, after));
      if (default_moves) column.default_value = after.default_value;
      if (before.not_null != after.not_null) column.not_null = after.not_null;
      if (before.storage != after.storage) column.storage = after.storage;
      if (before.statistics != after.statistics) column.statistics = after.statistics;
      work_.made_with.try_emplace(address_, parent);
    }
    return column;
  }

  void MakeAlter(const Column& before) {
    const Column& after = *fate_.after;
    RefuseUnderSeveralRoots();
    const bool converts = before.type != after.type || before.collation != after.collation ||
                          (fate_.converts && !converted_above_ && fate_.fate == Fate::Alter);
    const bool retyped = fate_.converts && !fate_.reason.empty();
    const bool resets = before.default_value && !(converted_above_ && !converts) &&
                        (fate_.resets_default || (converts && (retyped || !DefaultSurvives(before, after))));
    Unit prepare = Start(rank::kPrepareColumn);
    Prepare(before, resets, prepare);
    std::optional<std::size_t> last;
    if (!prepare.steps.empty()) {
      AddReferences(before.default_value, prepare.releases);
      AddReferences(before.generated, prepare.releases);
      last = work_.Add(std::move(prepare));
      work_.prepared[address_] = *last;
    }
    Unit change = Start(rank::kAlterColumn);
    if (last) change.after.push_back(*last);
    if (before.not_null && !after.not_null) Do(change, DropNotNull{after.name});
    const bool loosens = !change.steps.empty();
    if (converts) Convert(before, change);
    Attributes(before, after, change);
    if (!change.steps.empty()) {
      last = work_.Add(std::move(change));
      work_.provided[address_] = *last;
      if (converts || loosens) work_.disturbed[address_] = *last;
    } else if (last) {
      work_.provided[address_] = *last;
    }
    Column now = before;
    if (resets) now.default_value.reset();
    if (converts && now.identity) FollowType(*now.identity, before.type, after.type);
    Finish(now, after, last);
  }

  void Prepare(const Column& before, bool resets, Unit& unit) const {
    const Column& after = *fate_.after;
    if (before.default_value && (resets || !after.default_value))
      Do(unit, DropDefault{after.name}, fate_.reason);
    if (before.identity && !after.identity) Do(unit, DropIdentity{after.name});
    if (before.generated && !after.generated) Do(unit, DropExpression{after.name});
  }

  void Convert(const Column& before, Unit& unit) {
    const Column& after = *fate_.after;
    ColumnFate one = fate_;
    one.before = &before;
    SetColumnType set{after.name, after.type, after.collation, ConversionOf(work_, address_, one)};
    if (set.using_expression) {
      for (const schema::Reference& reference : set.using_expression->references) {
        if (reference.target.kind != ObjectKind::Column) unit.needs.push_back({reference.target, false});
      }
    }
    const bool in_place = !set.using_expression && before.collation == after.collation &&
                          schema::IsBinaryCoercible(before.type, after.type);
    Do(unit, std::move(set), fate_.reason);
    // The table of facts calls these two ChangeTypeRewriting and ChangeTypeInPlace.
    unit.steps.back().facts.rewrites = !in_place;
    unit.steps.back().facts.scans = !in_place;
    if (const std::string lost = LostByNarrowing(before.type, after.type); !lost.empty()) {
      Facts& facts = unit.steps.back().facts;
      facts.loses_data = true;
      facts.lost = lost + " of " + Describe(address_);
      facts.hazard = "narrow-type";
    }
    for (Need& need : TypeNeeds(table_, after)) unit.needs.push_back(std::move(need));
    for (Need& need : TypeNeeds(table_, before)) {
      const auto type = work_.objects.find(need.address);
      if (type != work_.objects.end() && type->second.retyped) need.address = FormerSelf(work_, need.address);
      unit.releases.push_back(std::move(need));
    }
  }

  void Attributes(const Column& before, const Column& after, Unit& unit) const {
    if (before.storage != after.storage) {
      const std::string storage =
          after.storage.empty() ? schema::OwnStorage(work_.target, after.type) : *after.storage;
      Do(unit, SetStorage{after.name, storage});
    }
    if (before.compression != after.compression) Do(unit, SetCompression{after.name, after.compression});
    if (before.statistics != after.statistics) Do(unit, SetColumnStatistics{after.name, after.statistics});
    if (before.options == after.options) return;
    schema::OptionChanges changes = schema::ChangesBetween(before.options, after.options);
    Do(unit, SetColumnOptions{after.name, std::move(changes.set), std::move(changes.reset)});
  }

  // Values for rows first, then what demands them.
  void Finish(const Column& now, const Column& after, std::optional<std::size_t> last) {
    Unit unit = Start(rank::kFinishColumn);
    if (last) unit.after.push_back(*last);
    unit.settles = parents_;
    const bool is_new = fate_.fate == Fate::Create || fate_.fate == Fate::Replace;
    if (fate_.backfill && parents_.empty()) {
      unit.steps.push_back(MakeStep(UpdateRows{table_, after.name, *fate_.backfill}, TableAddress(table_),
                                    is_new ? "a value for the rows that exist" : "before NULL is refused"));
      AddReferences(*fate_.backfill, unit.reads);
    }
    if (after.default_value && now.default_value != after.default_value) {
      Do(unit, SetDefault{after.name, *after.default_value});
      AddReferences(*after.default_value, unit.needs);
      // The value may be a label that its enum gets in this plan.
      for (Need& need : TypeNeeds(table_, after)) unit.needs.push_back(std::move(need));
    }
    if (after.not_null && !now.not_null) {
      const bool fails = !is_new && LacksValue(work_, address_, fate_);
      Do(unit, SetNotNull{after.name}, fails ? "fails when rows hold NULL" : "");
      if (fails) unit.steps.back().facts.hazard = "required-column";
    }
    if (after.identity && !now.identity) {
      Do(unit, AddIdentity{after.name, *after.identity});
      unit.steps.push_back(ContinueAfterRows(table_, after));
      Append(unit.steps, RemarksOfNewIdentity(work_, table_, after));
    } else if (after.identity && *after.identity != *now.identity) {
      AlterIdentity(now, after, unit);
    }
    // What the parent's ADD COLUMN made has no remarks yet.
    if (fate_.fate == Fate::Alter || work_.made_with.contains(address_)) {
      Append(unit.steps, RemarkChanges(*work_.target.Find(TableAddress(table_)), address_, now.comment,
                                       after.comment, now.privileges, after.privileges));
    }
    if (unit.steps.empty()) return;
    const std::size_t settled = work_.Add(std::move(unit));
    work_.settled[address_] = settled;
    work_.provided.try_emplace(address_, settled);
  }

  void AlterIdentity(const Column& now, const Column& after, Unit& unit) const {
    schema::Identity from = *now.identity;
    const schema::Identity& to = *after.identity;
    if (from.sequence_name != to.sequence_name) {
      const schema::Object hidden = HiddenSequence(table_, now);
      const ObjectAddress renamed{ObjectKind::Sequence, table_.schema, to.sequence_name, ""};
      unit.steps.push_back(MakeStep(RenameObject{AddressOf(hidden), renamed, hidden}, TableAddress(table_)));
      from.sequence_name = to.sequence_name;
    }
    static_cast<schema::ObjectBase&>(from) = to;
    if (from != to) Do(unit, SetIdentity{after.name, from, to});
    Append(unit.steps, IdentityRemarkChanges(table_, now, after));
  }

  Work& work_;
  ObjectAddress address_;
  QualifiedName table_;
  const ColumnFate& fate_;
  std::vector<ObjectAddress>
      parents_;  // The same column of tables it inherits from, where that changes as well.
  bool converted_above_ = false;
};

bool HasDefaultOfItsDomain(const schema::Catalog& catalog, const schema::Type& type) {
  if (type.schema.empty() || type.array) return false;
  const auto* domain = catalog.Get<schema::Domain>({ObjectKind::Domain, type.schema, type.name, ""});
  return domain != nullptr && (domain->default_value || HasDefaultOfItsDomain(catalog, domain->type));
}

bool BecomesRequired(const ColumnFate& fate) {
  if (fate.after == nullptr || !fate.after->not_null) return false;
  return fate.fate == Fate::Create || (fate.fate == Fate::Alter && !fate.before->not_null);
}

// What a parent's column lacks is asked once, there: its statements reach the rows of the children.
bool IsRequiredAbove(const Work& work, const ObjectAddress& column) {
  const schema::Table* table = work.target.FindTable(column.qualified());
  const std::vector<QualifiedName> parents = ParentsOf(*table);
  return std::any_of(parents.begin(), parents.end(), [&](const QualifiedName& parent) {
    const auto above = work.columns.find(ColumnAddress(parent, column.member));
    return above != work.columns.end() && BecomesRequired(above->second);
  });
}

// Whether the check is `column IS NOT NULL` and nothing more.
bool SaysNotNull(const schema::Expression& check, const ObjectAddress& column) {
  if (check.references.size() != 1 || check.references.front().target != column) return false;
  std::vector<schema::Word> words = schema::SplitWords(check.text);
  while (words.size() > 2 && words.front().In(check.text) == "(" && words.back().In(check.text) == ")") {
    words.erase(words.begin());
    words.pop_back();
  }
  const auto is = [&](std::size_t at, std::string_view keyword) {
    return schema::IsKeyword(words[at], check.text, keyword);
  };
  return words.size() == 4 && words.front().begin == check.references.front().begin && is(1, "is") &&
         is(2, "not") && is(3, "null");
}

}  // namespace

// A validated check proves to the server as well that no row holds NULL: it leaves the scan out (manual,
// ALTER TABLE, SET NOT NULL).
std::optional<ObjectAddress> ProofOfNotNull(const Work& work, const ObjectAddress& column) {
  const auto& objects = work.source.objects();
  auto place = objects.lower_bound({ObjectKind::Constraint, column.schema, column.name, ""});
  for (; place != objects.end() && place->first.kind == ObjectKind::Constraint &&
         place->first.qualified() == column.qualified();
       ++place) {
    const auto& constraint = std::get<schema::Constraint>(place->second);
    if (constraint.check && !constraint.not_valid && SaysNotNull(*constraint.check, column))
      return place->first;
  }
  return std::nullopt;
}

bool LacksValue(const Work& work, const ObjectAddress& column, const ColumnFate& fate) {
  if (!BecomesRequired(fate) || fate.after->inherited || fate.backfill || ReadByDataStep(work, column)) {
    return false;
  }
  const Column& after = *fate.after;
  if (fate.fate == Fate::Alter) return !IsRequiredAbove(work, column) && !ProofOfNotNull(work, column);
  return !after.default_value && !after.identity && !after.generated &&
         !HasDefaultOfItsDomain(work.target, after.type);
}

void MakeColumnUnits(Work& work) {
  EnterOverruled(work);
  using Entry = std::pair<const ObjectAddress, ColumnFate>;
  std::vector<std::pair<std::size_t, const Entry*>> columns;
  columns.reserve(work.columns.size());
  for (const Entry& entry : work.columns) columns.emplace_back(PlaceOf(work, entry.first), &entry);
  // New columns stand for ever in the order in which they are added: that of the target.
  std::stable_sort(columns.begin(), columns.end(), [](const auto& left, const auto& right) {
    const ObjectAddress& one = left.second->first;
    const ObjectAddress& other = right.second->first;
    return std::tie(one.schema, one.name, left.first) < std::tie(other.schema, other.name, right.first);
  });
  for (const auto& [place, entry] : columns) ColumnUnits(work, entry->first, entry->second).Make();
}

}  // namespace schemac::plan
