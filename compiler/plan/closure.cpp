// What stands in the way of a change: views, policies, triggers, keys and others that PostgreSQL refuses to
// leave in place while what they depend on goes or gets another type (manual, 5.14; ATExecAlterColumnType in
// tablecmds.c). They go first and come back after, in the form that the target gives them.
#include <algorithm>
#include <deque>
#include <set>

#include "compiler/plan/work.h"
#include "compiler/support/characters.h"
#include "compiler/support/overloaded.h"
#include "compiler/support/quote.h"
#include "schema/words.h"

namespace schemac::plan {
namespace {

using schema::DependencyKind;
using schema::ObjectAddress;
using schema::ObjectKind;

enum class Disturbance { Gone, Converted };

// Manual, 4.1.3.
constexpr std::string_view kOperatorCharacters = "+-*/<>=~!@#%^&|`?";

// The operator that a raw object is, as expressions spell it: "===" of "operator public.=== (text, integer)".
// "" for other objects.
std::string_view OperatorOf(const ObjectAddress& address) {
  constexpr std::string_view kKind = "operator ";
  if (address.kind != ObjectKind::Raw || !address.name.starts_with(kKind)) return {};
  std::string_view name(address.name);
  name = name.substr(0, name.rfind(" ("));
  name.remove_prefix(std::max(kKind.size(), name.rfind('.') + 1));
  return name.find_first_not_of(kOperatorCharacters) == std::string_view::npos ? name : std::string_view();
}

// Whether the text has an operator of that name, for whatever types: its references do not tell operators.
bool Spells(std::string_view text, std::string_view name) {
  const auto goes_on = [&](std::size_t at) {
    return at < text.size() && kOperatorCharacters.find(text[at]) != std::string_view::npos;
  };
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    if (!goes_on(at + name.size()) && (at == 0 || !goes_on(at - 1))) return true;
  }
  return false;
}

// The own name of the foreign table that a raw object is; "" for other objects. Their relations are no
// references: nothing but the text tells who reads it.
std::string_view ForeignTableOf(const ObjectAddress& address) {
  const std::string_view name(address.name);
  if (address.kind != ObjectKind::Raw || !name.starts_with("foreign table ")) return {};
  return name.substr(name.rfind('.') + 1);
}

bool HasName(std::string_view text, std::string_view name) {
  const std::vector<schema::Word> words = schema::SplitWords(text);
  return std::any_of(words.begin(), words.end(), [&](const schema::Word& word) {
    const std::string_view spelled = word.In(text);
    if (word.kind == schema::WordKind::Plain) return Lower(spelled) == name;
    return word.kind == schema::WordKind::Quoted && spelled.substr(1, spelled.size() - 2) == name;
  });
}

bool Refers(const schema::Expression& expression, const ObjectAddress& address) {
  if (const std::string_view name = ForeignTableOf(address); !name.empty())
    return HasName(expression.text, name);
  if (const std::string_view name = OperatorOf(address); !name.empty()) return Spells(expression.text, name);
  return std::any_of(expression.references.begin(), expression.references.end(),
                     [&](const schema::Reference& reference) { return reference.target == address; });
}
bool Refers(const Boxed<schema::Expression>& expression, const ObjectAddress& address) {
  return expression && Refers(*expression, address);
}

bool DependsOn(const schema::Object& object, const ObjectAddress& address) {
  bool found = false;
  schema::ForEachDependency(object, [&](const ObjectAddress& on, DependencyKind kind) {
    found = found || (kind == DependencyKind::Normal && on == address);
  });
  return found;
}

bool IsType(ObjectKind kind) {
  return kind == ObjectKind::Enum || kind == ObjectKind::Composite || kind == ObjectKind::Range ||
         kind == ObjectKind::Domain;
}

bool Names(const schema::Type& type, const ObjectAddress& address) {
  return IsType(address.kind) && type.schema == address.schema && type.name == address.name;
}

class Closure {
 public:
  explicit Closure(Work& work) : work_(work) {}

  void Run() {
    for (const auto& [address, fate] : work_.objects) {
      if (fate.fate == Fate::Drop || fate.fate == Fate::Replace)
        open_.push_back({address, Disturbance::Gone});
    }
    for (const auto& [address, fate] : work_.columns) {
      if (fate.fate == Fate::Drop || fate.fate == Fate::Replace) {
        open_.push_back({address, Disturbance::Gone});
      } else if (fate.converts) {
        open_.push_back({address, Disturbance::Converted});
      }
    }
    while (!open_.empty()) {
      const auto [address, disturbance] = open_.front();
      open_.pop_front();
      if (address.kind == ObjectKind::Schema || address.kind == ObjectKind::Extension) continue;
      for (const auto& [dependent, kind] : work_.dependents.Of(address)) {
        if (kind == DependencyKind::Normal && dependent != address) Touch(dependent, address, disturbance);
      }
      if (address.kind == ObjectKind::Constraint) TouchGroupings(address);
      if (address.kind == ObjectKind::Index) TouchAttached(address);
      if (!OperatorOf(address).empty() || !ForeignTableOf(address).empty()) TouchUsers(address);
    }
  }

 private:
  void Touch(const ObjectAddress& dependent, const ObjectAddress& cause, Disturbance disturbance) {
    switch (dependent.kind) {
      case ObjectKind::Column:
        TouchColumn(dependent, cause);
        return;
      case ObjectKind::Table:
        // Through a column, which is touched by itself; or a child of a table that is made anew.
        if (cause.kind == ObjectKind::Table && work_.FateOf(cause) == Fate::Replace &&
            !work_.Goes(dependent)) {
          work_.Refuse(DiagnosticKind::CannotPlan, Describe(cause) + " would have to be made anew, but " +
                                                       Describe(dependent) + " depends on it");
        }
        return;
      case ObjectKind::Schema:
      case ObjectKind::Extension:
      case ObjectKind::Sequence:
      case ObjectKind::SeedRow:
      case ObjectKind::DefaultPrivileges:
      case ObjectKind::Role:
        return;
      case ObjectKind::Collation:
      case ObjectKind::Enum:
      case ObjectKind::Composite:
      case ObjectKind::Range:
      case ObjectKind::Domain:
      case ObjectKind::Function:
      case ObjectKind::Aggregate:
      case ObjectKind::View:
      case ObjectKind::Constraint:
      case ObjectKind::Index:
      case ObjectKind::Trigger:
      case ObjectKind::Policy:
      case ObjectKind::Rule:
      case ObjectKind::Statistics:
      case ObjectKind::EventTrigger:
      case ObjectKind::Raw:
        TouchObject(dependent, cause, disturbance);
        return;
    }
  }

  void TouchGroupings(const ObjectAddress& key) {
    for (const auto& [dependent, kind] : work_.dependents.Of(TableOf(key))) {
      const auto* view = work_.source.Get<schema::View>(dependent);
      if (view == nullptr) continue;
      const std::vector<ObjectAddress> keys = KeysOfGrouping(work_.source, *view);
      if (std::ranges::find(keys, key) != keys.end()) TouchObject(dependent, key, Disturbance::Gone);
    }
  }

  // The index of a partitioned table takes along those that are attached to it: one that stays is made anew.
  void TouchAttached(const ObjectAddress& parent) {
    const std::string name = QuoteQualified(parent.schema, parent.member);
    for (const schema::QualifiedName& child : work_.source.ChildrenOf(parent.qualified())) {
      for (const schema::Object* part : work_.source.PartsOf(child, ObjectKind::Index)) {
        const ObjectAddress address = AddressOf(*part);
        if (std::get<schema::Index>(*part).parent != name || work_.Goes(address)) continue;
        ObjectFate& fate = work_.objects[address];
        fate.before = part;
        fate.after = work_.target.Find(address);
        fate.fate = fate.after == nullptr ? Fate::Drop : Fate::Replace;
        fate.reason = "goes with " + Describe(parent);
        open_.push_back({address, Disturbance::Gone});
      }
    }
  }

  // Whether the operator's definition names another one: as its commutator or its negator.
  static bool NamesOperator(const schema::Object& operation, std::string_view other) {
    const std::string_view text = std::get<schema::Raw>(operation).create.text;
    return Spells(text.substr(std::min(text.find('('), text.size())), other);
  }

  // The server cuts the ties of an operator that goes (RemoveOperatorById). Where the new one does not tie
  // them again, the other has to.
  [[nodiscard]] bool LosesTie(const ObjectAddress& other, const ObjectAddress& operation) const {
    const std::string_view name = OperatorOf(other);
    const schema::Object* later = work_.target.Find(operation);
    if (name.empty() || other == operation || later == nullptr) return false;
    return NamesOperator(*work_.source.Find(other), OperatorOf(operation)) && !NamesOperator(*later, name);
  }

  // Whoever computes with the operator, or reads the foreign table. Bodies of routines find it when they run.
  void TouchUsers(const ObjectAddress& operation) {
    for (const auto& [address, object] : work_.source.objects()) {
      if (const auto* table = std::get_if<schema::Table>(&object)) {
        for (const schema::Column& column : table->columns)
          TouchColumn(ColumnAddress(table->name, column.name), operation);
      } else if (MayCompute(address.kind) ? Computes(object, operation) : LosesTie(address, operation)) {
        TouchObject(address, operation, Disturbance::Gone);
      }
    }
  }

  static bool MayCompute(ObjectKind kind) {
    return kind == ObjectKind::View || kind == ObjectKind::Constraint || kind == ObjectKind::Index ||
           kind == ObjectKind::Trigger || kind == ObjectKind::Policy || kind == ObjectKind::Rule ||
           kind == ObjectKind::Statistics;
  }

  static bool Computes(const schema::Object& object, const ObjectAddress& operation) {
    bool computes = false;
    schema::ForEachExpression(object, [&](const schema::Expression& expression) {
      computes = computes || Refers(expression, operation);
    });
    const auto* constraint = std::get_if<schema::Constraint>(&object);
    return computes || (constraint != nullptr && !OperatorOf(operation).empty() &&
                        std::any_of(constraint->elements.begin(), constraint->elements.end(),
                                    [&](const schema::IndexElement& element) {
                                      return Spells(element.exclusion_operator, OperatorOf(operation));
                                    }));
  }

  void TouchObject(const ObjectAddress& dependent, const ObjectAddress& cause, Disturbance disturbance) {
    const schema::Object* before = work_.source.Find(dependent);
    if (before == nullptr || work_.Goes(dependent)) return;
    if (disturbance == Disturbance::Converted && !MindsConversion(*before, cause)) return;
    const schema::Object* after = work_.target.Find(dependent);
    const bool cause_stays = work_.target.Has(cause);
    const bool still_depends = after != nullptr && DependsOn(*after, cause);
    if (after != nullptr && !cause_stays && !still_depends && work_.FateOf(dependent) == Fate::Alter) return;
    ObjectFate& fate = work_.objects[dependent];
    fate.before = before;
    fate.after = after;
    fate.fate = Fate::Replace;
    if (after == nullptr || (!cause_stays && still_depends)) {
      fate.fate = Fate::Drop;
      fate.after = nullptr;
      work_.dangling.insert(dependent);
    }
    fate.reason = "depends on " + Describe(cause) +
                  (disturbance == Disturbance::Converted ? ", whose type changes" : "");
    open_.push_back({dependent, Disturbance::Gone});
  }

  void TouchColumn(const ObjectAddress& address, const ObjectAddress& cause) {
    const schema::Table* table = work_.source.FindTable(address.qualified());
    const schema::Table* later = work_.target.FindTable(address.qualified());
    if (table == nullptr || later == nullptr || work_.Goes(TableOf(address)) || work_.Goes(address)) return;
    const schema::Column* before = table->FindColumn(address.member);
    const schema::Column* after = later->FindColumn(address.member);
    if (before == nullptr || after == nullptr) return;
    if (Names(before->type, cause) && Names(after->type, cause)) Retype(address, *before, *after, cause);
    if (Refers(before->generated, cause) && after->generated) {
      if (!OperatorOf(cause).empty()) {
        work_.Refuse(DiagnosticKind::CannotPlan,
                     Describe(cause) + " changes while " + Describe(address) + " is computed with it",
                     "give it a new name instead");
      }
      Enter(address, *before, *after).fate = Fate::Replace;
      open_.push_back({address, Disturbance::Gone});
    }
    if (Refers(before->default_value, cause)) Enter(address, *before, *after).resets_default = true;
    if (cause.kind == ObjectKind::Collation && before->collation == cause.qualified() &&
        after->collation == cause.qualified()) {
      work_.Refuse(DiagnosticKind::CannotPlan, Describe(cause) + " changes while " + Describe(address) +
                                                   " uses it; give it a new name instead");
    }
  }

  // The column's type is made anew under its old name. A composite type is renamed with its columns only, a
  // range type without its constructors and its multirange type, whose names are in the way then.
  void Retype(const ObjectAddress& address, const schema::Column& before, const schema::Column& after,
              const ObjectAddress& type) {
    ObjectFate& fate = work_.objects.at(type);
    if (type.kind == ObjectKind::Composite || type.kind == ObjectKind::Range) {
      if (!fate.retyped) {
        work_.Refuse(DiagnosticKind::CannotPlan, Describe(type) + " would have to be made anew, but " +
                                                     Describe(address) + " holds its values");
      }
      fate.retyped = true;
      return;
    }
    fate.retyped = true;
    ColumnFate& column = Enter(address, before, after);
    if (!column.converts) open_.push_back({address, Disturbance::Converted});
    column.converts = true;
    column.reason = Describe(type) + " is made anew";
  }

  ColumnFate& Enter(const ObjectAddress& address, const schema::Column& before, const schema::Column& after) {
    ColumnFate& fate = work_.columns[address];
    fate.before = &before;
    fate.after = &after;
    if (fate.fate == Fate::Keep) fate.fate = Fate::Alter;
    return fate;
  }

  // The column keeps its base type: keys, indexes and checks are rebuilt by the server itself, and mean the
  // same.
  bool OnlyModifiersChange(const ObjectAddress& column) const {
    const ColumnFate& fate = work_.columns.at(column);
    const schema::Type& from = fate.before->type;
    const schema::Type& to = fate.after->type;
    return from.schema == to.schema && from.name == to.name && from.array == to.array &&
           from.modifiers != to.modifiers && fate.before->collation == fate.after->collation;
  }

  bool MindsConversion(const schema::Object& object, const ObjectAddress& column) const {
    if (const auto* index = std::get_if<schema::Index>(&object)) {
      return !OnlyModifiersChange(column) &&
             (ElementsRefer(index->elements, column) || Refers(index->where, column));
    }
    if (const auto* constraint = std::get_if<schema::Constraint>(&object)) {
      if (constraint->kind == schema::ConstraintKind::ForeignKey) return BothSidesConvert(*constraint);
      return !OnlyModifiersChange(column) &&
             (Refers(constraint->check, column) || Refers(constraint->where, column) ||
              ElementsRefer(constraint->elements, column));
    }
    return true;
  }

  static bool ElementsRefer(const std::vector<schema::IndexElement>& elements, const ObjectAddress& column) {
    return std::any_of(elements.begin(), elements.end(), [&](const schema::IndexElement& element) {
      return Refers(element.expression, column);
    });
  }

  // After one side has changed, the key would compare two types that may have no common operator.
  bool BothSidesConvert(const schema::Constraint& key) const {
    const auto converts = [&](const schema::QualifiedName& table, const std::string& column) {
      const auto found = work_.columns.find(ColumnAddress(table, column));
      return found != work_.columns.end() && found->second.converts;
    };
    const std::size_t width = std::min(key.columns.size(), key.foreign_key->columns.size());
    for (std::size_t i = 0; i < width; ++i) {
      if (converts(key.table, key.columns[i]) &&
          converts(key.foreign_key->table, key.foreign_key->columns[i])) {
        return true;
      }
    }
    return false;
  }

  Work& work_;
  std::deque<std::pair<ObjectAddress, Disturbance>> open_;
};

}  // namespace

std::vector<ObjectAddress> KeysOfGrouping(const schema::Catalog& catalog, const schema::View& view) {
  std::vector<ObjectAddress> keys;
  if (view.query.canonical.find("(group") == std::string::npos) return keys;
  std::set<schema::QualifiedName> tables;
  for (const schema::Reference& reference : view.query.references) {
    if (reference.target.kind == ObjectKind::Table) tables.insert(reference.target.qualified());
  }
  for (const schema::QualifiedName& table : tables) {
    for (const schema::Object* part : catalog.PartsOf(table, ObjectKind::Constraint)) {
      if (std::get<schema::Constraint>(*part).kind == schema::ConstraintKind::PrimaryKey)
        keys.push_back(AddressOf(*part));
    }
  }
  return keys;
}

void CloseOverDependents(Work& work) { Closure(work).Run(); }

}  // namespace schemac::plan
