#include "compiler/driver/merge_conflicts.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "compiler/driver/words.h"
#include "compiler/history/places.h"
#include "compiler/support/overloaded.h"
#include "schema/dependencies.h"

namespace schemac {
namespace {

using schema::DependencyKind;
using schema::ObjectAddress;
using schema::ObjectKind;

enum class Does { Make, Remove, Rename, Change, Rows };

// One change of one side.
struct Touch {
  const schema::Change* change = nullptr;
  Does does = Does::Change;
  ObjectAddress subject;  // Of rows their table.
  std::vector<std::pair<ObjectAddress, DependencyKind>> needs;
  std::set<schema::QualifiedName> rows;  // Tables of which rows are read or written.
  std::string words;
  std::string revision;
  Span place;
};

bool IsPart(const ObjectAddress& address) {
  return address.kind == ObjectKind::Column || schema::IsTablePart(address.kind);
}

// The table of a part, and anything else itself. Views go as tables: a name tells them apart.
ObjectAddress UnitOf(const ObjectAddress& address) {
  if (IsPart(address) || address.kind == ObjectKind::View)
    return {ObjectKind::Table, address.schema, address.name, ""};
  return address;
}

// Whether what happens to `whole` happens to `part`.
bool Covers(const ObjectAddress& whole, const ObjectAddress& part) {
  if (whole == part) return true;
  const bool is_relation = whole.kind == ObjectKind::Table || whole.kind == ObjectKind::View;
  return is_relation && UnitOf(part) == UnitOf(whole);
}

class Reading {
 public:
  Reading(const schema::Change& change, Touch& touch) : change_(change), touch_(touch) {}

  void Read() {
    touch_.subject = WordsFor(change_).address;
    std::visit([&](const auto& change) { In(change); }, change_);
  }

 private:
  void In(const schema::CreateObject& create) { Object(Does::Make, create.object, true); }
  void In(const schema::DropObject& drop) { Object(Does::Remove, drop.object, false); }
  void In(const schema::AlterObject& alter) { Object(Does::Change, alter.to, true); }
  void In(const schema::RenameObject& rename) {
    touch_.does = Does::Rename;
    touch_.subject = rename.from;
  }
  void In(const schema::AddColumn& add) {
    touch_.does = Does::Make;
    Needs(add.table, add.column);
  }
  void In(const schema::DropColumn&) { touch_.does = Does::Remove; }
  void In(const schema::AlterColumn& alter) {
    touch_.does = Does::Change;
    Needs(alter.table, alter.to);
  }
  void In(const schema::ChangeData& data) {
    touch_.does = Does::Rows;
    for (const ObjectAddress& address : data.step.references) {
      const ObjectAddress table = UnitOf(address);
      touch_.rows.insert(table.qualified());
      touch_.needs.emplace_back(address, DependencyKind::Normal);
    }
    touch_.subject = touch_.rows.empty() ? ObjectAddress{ObjectKind::Raw, "", data.step.title, ""}
                                         : ObjectAddress{ObjectKind::Table, touch_.rows.begin()->schema,
                                                         touch_.rows.begin()->name, ""};
  }

  void Object(Does does, const schema::Object& object, bool is_there) {
    touch_.does = does;
    if (const auto* row = std::get_if<schema::SeedRow>(&object)) touch_.rows.insert(row->table);
    if (is_there)
      schema::ForEachDependency(object, [&](const ObjectAddress& address, DependencyKind kind) {
        touch_.needs.emplace_back(address, kind);
      });
  }
  void Needs(const schema::QualifiedName& table, const schema::Column& column) {
    schema::ForEachDependency(table, column, [&](const ObjectAddress& address, DependencyKind kind) {
      touch_.needs.emplace_back(address, kind);
    });
  }

  const schema::Change& change_;
  Touch& touch_;
};

Span PlaceIn(const ast::File& file, const Touch& touch) {
  if (const auto* data = std::get_if<schema::ChangeData>(touch.change))
    return PlaceOfRows(file, data->step.title, touch.subject.qualified());
  return PlaceOf(file, touch.subject);
}

// Parts that come or go with their table are not told by themselves, unless they need something.
bool GoesAlong(const Touch& touch, const std::set<ObjectAddress>& gone) {
  return touch.does == Does::Remove && IsPart(touch.subject) && gone.contains(UnitOf(touch.subject));
}

std::vector<Touch> TouchesOf(const History& history, const std::vector<BranchRevision>& branch) {
  std::vector<Touch> touches;
  for (const BranchRevision& one : branch) {
    std::vector<Touch> of_revision;
    std::set<ObjectAddress> gone;
    for (const schema::Change& change : one.migration.diff.changes) {
      Touch touch;
      touch.change = &change;
      Reading(change, touch).Read();
      touch.words = Sentence(WordsFor(change));
      touch.revision = one.id;
      touch.place = PlaceIn(history.revisions()[one.revision].file, touch);
      if (touch.does == Does::Remove && !IsPart(touch.subject)) gone.insert(UnitOf(touch.subject));
      of_revision.push_back(std::move(touch));
    }
    std::erase_if(of_revision, [&](const Touch& touch) { return GoesAlong(touch, gone); });
    std::move(of_revision.begin(), of_revision.end(), std::back_inserter(touches));
  }
  return touches;
}

// Statements on rows neither see nor hinder these.
bool LeavesRowsAlone(const schema::Change& change) {
  if (const auto* add = std::get_if<schema::AddColumn>(&change)) {
    const schema::Column& column = add->column;
    return !column.not_null || column.default_value || column.generated || column.identity;
  }
  const auto* create = std::get_if<schema::CreateObject>(&change);
  if (create == nullptr) return false;
  const auto* index = std::get_if<schema::Index>(&create->object);
  return std::holds_alternative<schema::Statistics>(create->object) || (index != nullptr && !index->unique);
}

// Labels of an enum that go or get another name.
bool TakesLabels(const Touch& touch) {
  const auto* alter = std::get_if<schema::AlterObject>(touch.change);
  if (alter == nullptr) return false;
  const auto* from = std::get_if<schema::Enum>(&alter->from);
  const auto* to = std::get_if<schema::Enum>(&alter->to);
  return from != nullptr && to != nullptr && std::ranges::any_of(from->labels, [&](const std::string& label) {
           return std::ranges::find(to->labels, label) == to->labels.end();
         });
}

// What a side does that others cannot work with afterwards; "" for nothing.
const char* VerbOf(const Touch& touch) {
  if (touch.does == Does::Remove) return "drops";
  if (touch.does == Does::Rename) return "renames";
  return TakesLabels(touch) ? "changes labels of" : "";
}

class Judge {
 public:
  explicit Judge(const BothOrders& states) : states_(states) {}

  // How the order of the two matters; nullopt when it does not.
  [[nodiscard]] std::optional<Conflict> Compare(const Touch& left, const Touch& right) const {
    if (auto found = Gone(left, right)) return found;
    if (auto found = Gone(right, left)) return found;
    if (auto found = OnRows(left, right)) return found;
    if (left.subject != right.subject || left.does == Does::Rows || right.does == Does::Rows)
      return std::nullopt;
    if (left.does == Does::Make && right.does == Does::Make) return BothMake(left, right);
    if (left.does == Does::Change && right.does == Does::Change) return BothChange(left, right);
    return std::nullopt;
  }

 private:
  // One side drops or renames what the other touches or needs.
  static std::optional<Conflict> Gone(const Touch& taker, const Touch& other) {
    const std::string_view verb = VerbOf(taker);
    if (verb.empty()) return std::nullopt;
    const std::string what = schema::Describe(taker.subject);
    const bool changes_itself = taker.does == Does::Change && other.subject == taker.subject;
    if (other.does != Does::Rows && !changes_itself && Covers(taker.subject, other.subject)) {
      if (other.subject == taker.subject && other.does == taker.does)
        return Conflict{Conflict::Kind::Fails,
                        fmt::format("both sides {} {}", other.does == Does::Remove ? "drop" : "rename", what),
                        {},
                        {}};
      return Conflict{
          Conflict::Kind::Fails,
          fmt::format("{} {} {}; {}: {}", taker.revision, verb, what, other.revision, other.words),
          {},
          {}};
    }
    for (const auto& [need, kind] : other.needs) {
      if (!Covers(taker.subject, need)) continue;
      return Conflict{kind == DependencyKind::Soft ? Conflict::Kind::Bodies : Conflict::Kind::Fails,
                      fmt::format("{} {} {}, which {} needs: {}", taker.revision, verb, what, other.revision,
                                  other.words),
                      {},
                      {}};
    }
    return std::nullopt;
  }

  static std::optional<Conflict> OnRows(const Touch& left, const Touch& right) {
    if (left.rows.empty() && right.rows.empty()) return std::nullopt;
    const auto meets = [](const Touch& rows, const Touch& other) {
      if (LeavesRowsAlone(*other.change)) return false;
      return std::ranges::any_of(rows.rows, [&](const schema::QualifiedName& table) {
        return other.rows.contains(table) ||
               UnitOf(other.subject) == ObjectAddress{ObjectKind::Table, table.schema, table.name, ""};
      });
    };
    const bool both_seeds =
        left.does != Does::Rows && right.does != Does::Rows && !left.rows.empty() && !right.rows.empty();
    if (both_seeds || (!meets(left, right) && !meets(right, left))) return std::nullopt;
    return Conflict{Conflict::Kind::Rows,
                    fmt::format("whether the order matters to the rows cannot be told; {}: {}; {}: {}",
                                left.revision, left.words, right.revision, right.words),
                    {},
                    {}};
  }

  static std::optional<Conflict> BothMake(const Touch& left, const Touch& right) {
    const std::string what = schema::Describe(left.subject);
    const bool same = *left.change == *right.change;
    return Conflict{Conflict::Kind::Fails,
                    same ? fmt::format("both sides make {}", what)
                         : fmt::format("two different things are called {}", what),
                    {},
                    {}};
  }

  [[nodiscard]] std::optional<Conflict> BothChange(const Touch& left, const Touch& right) const {
    if (!states_.left_first || !states_.right_first || SameInBoth(left.subject)) return std::nullopt;
    return Conflict{Conflict::Kind::Last,
                    fmt::format("both sides change {}; {}: {}; {}: {}", schema::Describe(left.subject),
                                left.revision, left.words, right.revision, right.words),
                    {},
                    {}};
  }

  [[nodiscard]] bool SameInBoth(const ObjectAddress& address) const {
    if (address.kind == ObjectKind::Column) {
      const auto column = [&](const schema::Catalog& state) {
        const schema::Table* table = state.FindTable(address.qualified());
        return table == nullptr ? nullptr : table->FindColumn(address.member);
      };
      const schema::Column* one = column(*states_.left_first);
      const schema::Column* two = column(*states_.right_first);
      return one != nullptr && two != nullptr && *one == *two;
    }
    const schema::Object* one = states_.left_first->Find(address);
    const schema::Object* two = states_.right_first->Find(address);
    return one != nullptr && two != nullptr && *one == *two;
  }

  const BothOrders& states_;
};

std::string Line(const Sources& sources, const Touch& touch) {
  const LineColumn place = sources.Locate(touch.place.source, touch.place.begin);
  return fmt::format("{}: {} ({}:{}:{})", touch.revision, touch.words, sources.Get(touch.place.source).name,
                     place.line, place.column);
}

}  // namespace

Comparison CompareBranches(const Sources& sources, const History& history,
                           const std::vector<BranchRevision>& left, const std::vector<BranchRevision>& right,
                           const BothOrders& states) {
  const std::vector<Touch> of_left = TouchesOf(history, left);
  const std::vector<Touch> of_right = TouchesOf(history, right);
  const Judge judge(states);
  Comparison comparison;
  std::set<std::pair<ObjectAddress, ObjectAddress>> told;
  std::set<ObjectAddress> troubled;
  for (const Touch& one : of_left) {
    for (const Touch& two : of_right) {
      std::optional<Conflict> conflict = judge.Compare(one, two);
      if (!conflict) continue;
      troubled.insert({UnitOf(one.subject), UnitOf(two.subject)});
      // One about each pair of tables is enough to find the others.
      if (!told.emplace(UnitOf(one.subject), UnitOf(two.subject)).second) continue;
      conflict->left = one.place;
      conflict->right = two.place;
      comparison.conflicts.push_back(*std::move(conflict));
    }
  }
  std::map<ObjectAddress, std::pair<std::vector<const Touch*>, std::vector<const Touch*>>> by_unit;
  for (const Touch& touch : of_left) by_unit[UnitOf(touch.subject)].first.push_back(&touch);
  for (const Touch& touch : of_right) by_unit[UnitOf(touch.subject)].second.push_back(&touch);
  for (const auto& [unit, sides] : by_unit) {
    if (sides.first.empty() || sides.second.empty()) continue;
    Shared shared{schema::Describe(unit), {}, troubled.contains(unit)};
    for (const auto* side : {&sides.first, &sides.second}) {
      for (const Touch* touch : *side) shared.lines.push_back(Line(sources, *touch));
    }
    comparison.shared.push_back(std::move(shared));
  }
  return comparison;
}

}  // namespace schemac
