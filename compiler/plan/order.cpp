// From what units need and release to edges, and to one order.
#include <algorithm>
#include <set>

#include "compiler/plan/graph.h"
#include "compiler/plan/work.h"
#include "compiler/support/characters.h"

namespace schemac::plan {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;

class Orderer {
 public:
  explicit Orderer(Work& work) : work_(work), graph_(work.units.size()) {}

  Ordered Run() {
    for (std::size_t unit = 0; unit < work_.units.size(); ++unit) AddEdges(unit);
    for (const Precedence& one : work_.precedences) Before(one.first, one.then, one.soft);
    for (const auto& [address, fate] : work_.objects) SeparateNames(address, fate);
    for (const auto& [address, fate] : work_.columns) SeparateColumn(address, fate);
    std::vector<Graph::Key> keys;
    for (const Unit& unit : work_.units) {
      keys.push_back({Describe(unit.subject), unit.rank, Describe(unit.subject)});
    }
    Graph::Order order = graph_.Sort(keys);
    if (!order.cycle.empty()) ReportCycle(order.cycle);
    for (const auto& [first, then] : order.given_up) {
      if (MindsTheLack(work_.units[then], work_.units[first])) work_.units[then].body_names_later = true;
    }
    std::vector<std::size_t> later;
    for (std::size_t unit = 0; unit < work_.units.size(); ++unit) {
      if (work_.units[unit].concurrently || work_.units[unit].apart) later.push_back(unit);
    }
    std::vector<bool> deferred = graph_.After(later, order);
    return {std::move(order.nodes), std::move(deferred)};
  }

 private:
  using Found = std::optional<std::size_t>;

  static Found Get(const std::map<ObjectAddress, std::size_t>& map, const ObjectAddress& address) {
    const auto found = map.find(address);
    return found == map.end() ? Found() : Found(found->second);
  }

  // Columns and parts go and come with their table or view.
  static std::vector<ObjectAddress> Owners(const ObjectAddress& address) {
    if (address.kind != ObjectKind::Column && !IsTablePart(address.kind)) return {};
    return {{ObjectKind::Table, address.schema, address.name, ""},
            {ObjectKind::View, address.schema, address.name, ""}};
  }

  Found Provider(ObjectAddress address) const {
    for (int depth = 0; depth < 64; ++depth) {  // Chains of aliases are as long as partitions are deep.
      if (auto unit = Get(work_.provided, address)) return unit;
      const auto alias = work_.made_with.find(address);
      if (alias == work_.made_with.end()) break;
      address = alias->second;
      if (auto unit = Get(work_.joined, address)) return unit;
    }
    for (const ObjectAddress& owner : Owners(address)) {
      if (work_.IsNew(owner)) return Get(work_.provided, owner);
    }
    return {};
  }

  Found Remover(ObjectAddress address) const {
    for (int depth = 0; depth < 64; ++depth) {
      if (auto unit = Get(work_.gone, address)) return unit;
      const auto alias = work_.gone_with.find(address);
      if (alias == work_.gone_with.end()) break;
      address = alias->second;
    }
    for (const ObjectAddress& owner : Owners(address)) {
      if (work_.Goes(owner)) return Get(work_.gone, owner);
    }
    return {};
  }

  void Before(Found first, Found then, bool soft = false) {
    if (!first || !then) return;
    const bool faint = soft && MadeIn(work_.units[*then], "plpgsql") != nullptr;
    graph_.Add(*first, *then, faint ? Graph::Bond::Faint : soft ? Graph::Bond::Soft : Graph::Bond::Firm);
  }

  // The routine of that language that the unit makes.
  static const schema::Function* MadeIn(const Unit& unit, std::string_view language) {
    for (const Step& step : unit.steps) {
      const auto* create = std::get_if<CreateObject>(&step.action);
      const auto* function = create == nullptr ? nullptr : std::get_if<schema::Function>(&create->object);
      if (function != nullptr && function->language == language) return function;
    }
    return nullptr;
  }

  // Whether the server refuses to make the routine before the other thing that its body names: all of a body
  // in SQL is looked at, of one in PL/pgSQL the types of its variables.
  static bool MindsTheLack(const Unit& routine, const Unit& named) {
    if (MadeIn(routine, "sql") != nullptr) return true;
    const schema::Function* function = MadeIn(routine, "plpgsql");
    const bool is_type = named.subject.kind != ObjectKind::Function;
    return function != nullptr && is_type && DeclaresVariables(function->definition.text);
  }

  static bool DeclaresVariables(std::string_view body) {
    const std::string_view declare = "declare";
    const auto same = [](char c, char lower) { return Lower(c) == lower; };
    return std::search(body.begin(), body.end(), declare.begin(), declare.end(), same) != body.end();
  }

  void AddEdges(std::size_t number) {
    const Unit& unit = work_.units[number];
    std::set<ObjectAddress> kept;
    for (const Need& need : unit.needs) {
      const Found provider = Provider(need.address);
      Before(provider, number, need.soft);
      if (provider) kept.insert(need.address);
      AfterOtherOverloads(need.address, number);
      const bool is_routine = unit.subject.kind == ObjectKind::Function;
      if (need.soft || is_routine) AfterColumnsOf(work_.settled, need.address, number);
      if (is_routine) AfterColumnsOf(work_.provided, need.address, number);
    }
    for (const Need& release : unit.releases) {
      // Needed before and after: the unit changes something else about an object that bears the change of
      // what it needs.
      if (kept.contains(release.address)) continue;
      Before(number, Remover(release.address), release.soft);
      Before(number, Get(work_.disturbed, release.address), release.soft);
    }
    for (const ObjectAddress& other : unit.after_gone) Before(Remover(other), number);
    for (const ObjectAddress& column : unit.settles) Before(Get(work_.settled, column), number);
    for (const Need& read : unit.reads) AddRead(number, read);
    for (const std::size_t first : unit.after) graph_.Add(first, number);
  }

  // A call means the overload that fits best of those that are there: the ones that go must be gone.
  void AfterOtherOverloads(const ObjectAddress& function, std::size_t number) {
    if (function.kind != ObjectKind::Function) return;
    for (const ObjectAddress& overload : work_.source.FindFunctions(function.qualified())) {
      if (overload != function) Before(Get(work_.gone, overload), number, true);
    }
  }

  // The body of a routine names a table, and is read with the columns that the table has then.
  void AfterColumnsOf(const std::map<ObjectAddress, std::size_t>& units, const ObjectAddress& table,
                      std::size_t number) {
    if (table.kind != ObjectKind::Table) return;
    for (auto at = units.lower_bound({ObjectKind::Column, table.schema, table.name, ""});
         at != units.end() && at->first.kind == ObjectKind::Column &&
         at->first.qualified() == table.qualified();
         ++at) {
      Before(at->second, number, true);
    }
  }

  // A value for the rows is read after it is there; NOT NULL is demanded after whoever reads a column may
  // have filled it.
  void AddRead(std::size_t number, const Need& read) {
    Before(Provider(read.address), number, read.soft);
    if (work_.FateOf(read.address) == Fate::Drop || !Owners(read.address).empty()) {
      const Found remover = Remover(read.address);
      if (!work_.target.Has(read.address)) Before(number, remover, read.soft);
    }
    const auto column = work_.columns.find(read.address);
    if (column == work_.columns.end()) return;
    const Found settled = Get(work_.settled, read.address);
    if (column->second.backfill) {
      Before(settled, number, true);
    } else {
      Before(number, settled, read.soft);
    }
  }

  static bool TakesRelationName(const schema::Object& object) {
    const ObjectKind kind = AddressOf(object).kind;
    if (const auto* constraint = std::get_if<schema::Constraint>(&object)) {
      return constraint->kind != schema::ConstraintKind::Check &&
             constraint->kind != schema::ConstraintKind::ForeignKey;
    }
    return kind == ObjectKind::Table || kind == ObjectKind::View || kind == ObjectKind::Sequence ||
           kind == ObjectKind::Composite || kind == ObjectKind::Index;
  }
  // A sequence has no row type, and must not have the name of a type all the same (heap_create_with_catalog
  // in heap.c).
  static bool MindsTypes(ObjectKind kind) {
    return kind == ObjectKind::Table || kind == ObjectKind::View || kind == ObjectKind::Composite ||
           kind == ObjectKind::Enum || kind == ObjectKind::Domain || kind == ObjectKind::Range ||
           kind == ObjectKind::Sequence;
  }

  // What takes a name comes after what had it.
  void SeparateNames(const ObjectAddress& address, const ObjectFate& fate) {
    if (fate.after == nullptr || !work_.IsNew(address)) return;
    if (fate.fate == Fate::Replace && !fate.retyped) Before(Remover(address), Provider(address));
    const QualifiedName name{address.schema, OwnName(address)};
    if (TakesRelationName(*fate.after)) Separate(work_.source.FindRelation(name), address);
    if (MindsTypes(address.kind)) Separate(work_.source.FindType(name), address);
    if (const auto* constraint = std::get_if<schema::Constraint>(fate.after)) SeparateKeys(*constraint);
    if (address.kind == ObjectKind::Function || address.kind == ObjectKind::Aggregate) {
      ObjectAddress other = address;
      other.kind = address.kind == ObjectKind::Function ? ObjectKind::Aggregate : ObjectKind::Function;
      Separate(other, address);
    }
    if (address.kind == ObjectKind::Sequence) AfterIdentity(address);
    if (const auto* table = std::get_if<schema::Table>(fate.after)) {
      for (const schema::Column& column : table->columns) {
        if (column.identity)
          SeparateSequence({table->name.schema, column.identity->sequence_name}, Provider(address));
      }
    }
  }

  void Separate(const std::optional<ObjectAddress>& former, const ObjectAddress& address) {
    if (former && *former != address) Before(Remover(*former), Provider(address));
  }

  // A table has one primary key at a time.
  void SeparateKeys(const schema::Constraint& added) {
    if (added.kind != schema::ConstraintKind::PrimaryKey) return;
    for (const schema::Object* part : work_.source.PartsOf(added.table, ObjectKind::Constraint)) {
      if (std::get<schema::Constraint>(*part).kind == added.kind)
        Separate(AddressOf(*part), AddressOf(added));
    }
  }

  void SeparateSequence(const QualifiedName& name, Found unit) {
    if (auto former = work_.source.FindRelation(name)) Before(Remover(*former), unit);
  }

  void SeparateColumn(const ObjectAddress& address, const ColumnFate& fate) {
    if (fate.fate == Fate::Replace) Before(Remover(address), Provider(address));
    if (fate.after == nullptr || !fate.after->identity || (fate.before != nullptr && fate.before->identity))
      return;
    const Found unit = fate.before == nullptr ? Provider(address) : Get(work_.settled, address);
    SeparateSequence({address.schema, fate.after->identity->sequence_name}, unit);
  }

  // The hidden sequence of an identity goes when the identity does.
  void AfterIdentity(const ObjectAddress& sequence) {
    if (identities_.empty()) {
      for (const auto& [address, fate] : work_.columns) {
        if (fate.before == nullptr || !fate.before->identity) continue;
        identities_[{address.schema, fate.before->identity->sequence_name}] = address;
      }
    }
    const auto found = identities_.find(sequence.qualified());
    if (found == identities_.end()) return;
    Before(Get(work_.prepared, found->second), Provider(sequence));
    Before(Remover(found->second), Provider(sequence));
  }

  void ReportCycle(const std::vector<std::size_t>& cycle) {
    std::string names;
    std::string last;
    for (const std::size_t unit : cycle) {
      const std::string name = Describe(work_.units[unit].subject);
      if (name == last) continue;
      names += (names.empty() ? "" : ", ") + name;
      last = name;
    }
    work_.Refuse(DiagnosticKind::CannotPlan,
                 "these objects need each other in a ring, and no order of steps fits: " + names,
                 "split the change into two revisions");
  }

  Work& work_;
  Graph graph_;
  std::map<QualifiedName, ObjectAddress> identities_;
};

}  // namespace

Ordered OrderUnits(Work& work) { return Orderer(work).Run(); }

}  // namespace schemac::plan
