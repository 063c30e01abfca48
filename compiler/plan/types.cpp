// Enums, composite types, ranges and domains.
#include <algorithm>
#include <iterator>

#include "compiler/plan/work.h"
#include "compiler/support/quote.h"

namespace schemac::plan {
namespace {

using schema::Object;
using schema::ObjectAddress;
using schema::ObjectKind;

bool Has(const std::vector<std::string>& labels, const std::string& label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

std::vector<Step> AddLabels(const schema::Enum& from, const schema::Enum& to) {
  std::vector<Step> steps;
  const std::vector<std::string>& present = from.labels;
  const std::size_t had = present.size();
  std::size_t kept = 0;
  for (std::size_t i = 0; i < to.labels.size(); ++i) {
    const std::string& label = to.labels[i];
    if (kept < had && label == present[kept]) {
      ++kept;
      continue;
    }
    AddEnumLabel add{to.name, label, "", ""};
    if (i == 0 && kept < had) add.before = present[kept];
    if (i > 0 && kept < had) add.after = to.labels[i - 1];
    steps.push_back(MakeStep(add, AddressOf(to)));
  }
  return steps;
}

// One step for each thing that differs; the states between lead from one to the other.
std::vector<Step> AlterDomainSteps(const schema::Domain& from, const schema::Domain& to) {
  std::vector<Step> steps;
  schema::Domain now = from;
  now.comment = to.comment;
  now.privileges = to.privileges;
  const auto move_to = [&](schema::Domain next) {
    if (next == now) return;
    steps.push_back(MakeStep(AlterDomain{now, next}, AddressOf(to)));
    now = std::move(next);
  };
  const auto same = [](const schema::DomainConstraint& left, const schema::DomainConstraint& right) {
    return left.name == right.name && left.check == right.check && (left.not_valid || !right.not_valid);
  };
  for (const schema::DomainConstraint& constraint : from.constraints) {
    const bool stays =
        std::any_of(to.constraints.begin(), to.constraints.end(),
                    [&](const schema::DomainConstraint& other) { return same(constraint, other); });
    if (stays) continue;
    schema::Domain next = now;
    std::erase_if(next.constraints,
                  [&](const schema::DomainConstraint& other) { return other.name == constraint.name; });
    move_to(std::move(next));
  }
  for (const schema::DomainConstraint& constraint : to.constraints) {
    schema::Domain next = now;
    const auto place =
        std::lower_bound(next.constraints.begin(), next.constraints.end(), constraint,
                         [](const schema::DomainConstraint& left, const schema::DomainConstraint& right) {
                           return left.name < right.name;
                         });
    if (place == next.constraints.end() || place->name != constraint.name) {
      next.constraints.insert(place, constraint);
      move_to(std::move(next));
      continue;
    }
    place->not_valid = constraint.not_valid;
    const auto at = place - next.constraints.begin();
    move_to(next);
    next.constraints[static_cast<std::size_t>(at)].comment = constraint.comment;
    move_to(std::move(next));
  }
  schema::Domain next = now;
  next.default_value = to.default_value;
  move_to(next);
  next.not_null = to.not_null;
  move_to(next);
  return steps;
}

std::vector<Step> AlterCompositeSteps(const schema::Composite& from, const schema::Composite& to) {
  std::vector<Step> steps;
  schema::Composite now = from;
  now.comment = to.comment;
  now.privileges = to.privileges;
  for (schema::CompositeAttribute& attribute : now.attributes) {
    const auto other =
        std::find_if(to.attributes.begin(), to.attributes.end(),
                     [&](const schema::CompositeAttribute& a) { return a.name == attribute.name; });
    if (other != to.attributes.end()) attribute.comment = other->comment;
  }
  schema::Composite commented_before = now;
  if (!(now == to)) {
    schema::Composite bare = to;
    for (schema::CompositeAttribute& attribute : bare.attributes) {
      const bool is_new =
          std::none_of(from.attributes.begin(), from.attributes.end(),
                       [&](const schema::CompositeAttribute& a) { return a.name == attribute.name; });
      if (is_new) attribute.comment.clear();
    }
    steps.push_back(MakeStep(AlterComposite{commented_before, bare}, AddressOf(to)));
  }
  for (const schema::CompositeAttribute& attribute : to.attributes) {
    const auto other =
        std::find_if(from.attributes.begin(), from.attributes.end(),
                     [&](const schema::CompositeAttribute& a) { return a.name == attribute.name; });
    const std::string before = other == from.attributes.end() ? "" : other->comment;
    if (before != attribute.comment) {
      const ObjectAddress address = ColumnAddress(to.name, attribute.name);
      steps.push_back(MakeStep(SetComment{address, to, attribute.comment}, AddressOf(to)));
    }
  }
  return steps;
}

std::vector<Step> AlterTypeSteps(const ObjectFate& fate) {
  const Object& after = *fate.after;
  std::vector<Step> steps;
  if (const auto* type = std::get_if<schema::Enum>(&after)) {
    steps = AddLabels(std::get<schema::Enum>(*fate.before), *type);
  }
  if (const auto* domain = std::get_if<schema::Domain>(&after)) {
    steps = AlterDomainSteps(std::get<schema::Domain>(*fate.before), *domain);
  }
  if (const auto* composite = std::get_if<schema::Composite>(&after)) {
    steps = AlterCompositeSteps(std::get<schema::Composite>(*fate.before), *composite);
  }
  return steps;
}

Object Renamed(Object object, const std::string& name) {
  if (auto* one = std::get_if<schema::Enum>(&object)) one->name.name = name;
  if (auto* one = std::get_if<schema::Domain>(&object)) one->name.name = name;
  if (auto* one = std::get_if<schema::Range>(&object)) one->name.name = name;
  return object;
}

// The old type steps aside, the new one takes its name, columns are converted (columns.cpp), the old one
// goes.
void MakeRetypeUnits(Work& work, const ObjectAddress& address, const ObjectFate& fate) {
  const ObjectAddress former = FormerSelf(work, address);
  Unit make;
  make.subject = address;
  make.rank = rank::kType;
  make.steps.push_back(MakeStep(RenameObject{address, former, *fate.before}, address,
                                "made anew: PostgreSQL cannot change it in place"));
  if (const std::vector<std::string> lost = LostLabels(fate); !lost.empty()) {
    Facts& facts = make.steps.back().facts;
    facts.loses_data = true;
    facts.lost = ListOfLabels(lost) + " of " + Describe(address);
    facts.hazard = "drop-label";
    make.steps.back().reason = "made anew without labels it had: fails when rows hold one of them";
  }
  make.steps.push_back(MakeStep(CreateObject{*fate.after, false, false, {}}, address));
  Append(make.steps, RemarksOfNew(work, *fate.after));
  AddNeeds(*fate.after, make.needs);
  const std::size_t made = work.Add(std::move(make));
  work.provided[address] = made;
  work.gone[address] = made;
  Unit drop;
  drop.subject = address;
  drop.rank = rank::kDropType;
  drop.steps.push_back(MakeStep(DropObject{Renamed(*fate.before, former.name)}, address));
  drop.after.push_back(made);
  // The former self of a type that this one was built on can go only after it.
  schema::ForEachDependency(*fate.before, [&](const ObjectAddress& on, schema::DependencyKind) {
    const auto other = work.objects.find(on);
    if (other != work.objects.end() && other->second.retyped)
      drop.releases.push_back({FormerSelf(work, on), false});
  });
  work.gone[former] = work.Add(std::move(drop));
}

// Whether values that the server would have to look at must fulfil more than before.
bool DemandsMore(const schema::Domain& from, const schema::Domain& to) {
  if (to.not_null && !from.not_null) return true;
  return std::ranges::any_of(to.constraints, [&](const schema::DomainConstraint& constraint) {
    return !constraint.not_valid &&
           std::ranges::none_of(from.constraints, [&](const schema::DomainConstraint& had) {
             return had.name == constraint.name && had.check == constraint.check && !had.not_valid;
           });
  });
}

// The server looks at columns of the domain, but refuses to look into arrays and composites of it
// (get_rels_with_domain in typecmds.c).
void RefuseWithinContainers(Work& work, const ObjectAddress& domain) {
  const auto refuse = [&](const ObjectAddress& column) {
    work.Refuse(
        DiagnosticKind::CannotPlan,
        Describe(domain) + " cannot demand more of its values while " + Describe(column) +
            " holds them within others",
        "PostgreSQL checks columns of the domain only: add the constraint NOT VALID, or make a new domain");
  };
  for (const auto& [dependent, kind] : work.dependents.Of(domain)) {
    if (dependent.kind == ObjectKind::Composite) {
      for (const auto& [column, how] : work.dependents.Of(dependent)) {
        if (column.kind == ObjectKind::Column && !work.Goes(column) && !work.Goes(TableOf(column)))
          return refuse(column);
      }
    }
    if (dependent.kind != ObjectKind::Column || work.Goes(dependent) || work.Goes(TableOf(dependent)))
      continue;
    const schema::Table* table = work.source.FindTable(dependent.qualified());
    const schema::Column* column = table == nullptr ? nullptr : table->FindColumn(dependent.member);
    if (column != nullptr && column->type.array && column->type.name == domain.name) return refuse(dependent);
  }
}

}  // namespace

bool LabelsGrowInPlace(const schema::Enum& from, const schema::Enum& to) {
  std::size_t at = 0;
  for (const std::string& label : from.labels) {
    while (at < to.labels.size() && to.labels[at] != label) ++at;
    if (at == to.labels.size()) return false;
    ++at;
  }
  return true;
}

std::vector<std::string> LostLabels(const ObjectFate& fate) {
  std::vector<std::string> lost;
  const auto* from = std::get_if<schema::Enum>(fate.before);
  const auto* to = std::get_if<schema::Enum>(fate.after);
  if (from == nullptr || to == nullptr) return lost;
  std::copy_if(
      from->labels.begin(), from->labels.end(), std::back_inserter(lost),
      [&](const std::string& label) { return !Has(to->labels, label) && !fate.heirs.contains(label); });
  return lost;
}

std::string ListOfLabels(const std::vector<std::string>& labels) {
  std::string list;
  for (const std::string& label : labels) list += (list.empty() ? "" : ", ") + QuoteLiteral(label);
  return (labels.size() == 1 ? "label " : "labels ") + list;
}

ObjectAddress FormerSelf(const Work& work, const ObjectAddress& type) {
  ObjectAddress former = type;
  for (int number = 0;; ++number) {
    const std::string suffix = number == 0 ? "_old" : "_old" + std::to_string(number);
    std::string stem = type.name;
    while (stem.size() + suffix.size() > 63) {  // One whole UTF-8 character at a time.
      while ((static_cast<unsigned char>(stem.back()) & 0xC0U) == 0x80U) stem.pop_back();
      stem.pop_back();
    }
    former.name = stem + suffix;
    const schema::QualifiedName name{former.schema, former.name};
    const bool taken = work.source.FindType(name) || work.target.FindType(name) ||
                       work.source.FindRelation(name) || work.target.FindRelation(name);
    if (!taken) return former;
  }
}

void MakeTypeUnits(Work& work, const ObjectAddress& address, const ObjectFate& fate) {
  if (fate.retyped) {
    MakeRetypeUnits(work, address, fate);
    return;
  }
  const auto* domain = std::get_if<schema::Domain>(fate.after);
  if (domain != nullptr && DemandsMore(std::get<schema::Domain>(*fate.before), *domain))
    RefuseWithinContainers(work, address);
  Unit unit;
  unit.subject = address;
  unit.rank = rank::kType;
  unit.steps = AlterTypeSteps(fate);
  Append(unit.steps, RemarkChanges(*fate.before, *fate.after));
  AddNeeds(*fate.after, unit.needs);
  AddNeeds(*fate.before, unit.releases);
  unit.adds_labels = std::any_of(unit.steps.begin(), unit.steps.end(), [](const Step& step) {
    return std::holds_alternative<AddEnumLabel>(step.action);
  });
  work.provided[address] = work.Add(std::move(unit));
}

}  // namespace schemac::plan
