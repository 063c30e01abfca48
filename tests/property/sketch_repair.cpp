// What is left of a sketch after a change must be SQL that PostgreSQL takes.
#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "compiler/support/quote.h"
#include "tests/property/random_sketch.h"

namespace schemac::testing {
namespace {

// PostgreSQL orders values of these.
bool IsComparable(Family family) { return family != Family::Opaque; }
bool IsCharacter(Family family) { return family == Family::Text; }

class Repairer {
 public:
  // `old` is what the sketch was before; what is said about columns is looked up there.
  Repairer(Sketch& sketch, const Sketch& old) : sketch_(sketch), lookup_(old) {}

  void Types() {
    const auto in_schema = [&](auto& all) {
      for (auto& it : all) {
        if (!lookup_.Has(it.schema)) it.schema = 0;
      }
    };
    in_schema(sketch_.collations), in_schema(sketch_.defaults);
    in_schema(sketch_.enums), in_schema(sketch_.domains), in_schema(sketch_.composites);
    in_schema(sketch_.sequences), in_schema(sketch_.functions), in_schema(sketch_.tables),
        in_schema(sketch_.views);
    for (SketchEnum& it : sketch_.enums) Enum(it);
    for (SketchComposite& it : sketch_.composites) {
      std::set<std::string> names;
      for (SketchAttribute& attribute : it.attributes) {
        Type(attribute.type);
        // Types may not contain each other.
        if (attribute.type.named != 0 && lookup_.FamilyOf(attribute.type) == Family::Opaque)
          attribute.type = {};
        MakeUnique(attribute.name, names);
      }
    }
    for (SketchFunction& it : sketch_.functions) {
      for (SketchType& type : it.arguments) Type(type);
    }
  }

  void Columns() {
    std::set<std::pair<Id, int>> bounds;
    for (SketchTable& it : sketch_.tables) {
      Links(it, bounds);
      for (SketchColumn& column : it.columns) Column(it, column);
    }
    std::erase_if(sketch_.tables,
                  [&](const SketchTable& it) { return it.columns.empty() && it.link == Link::None; });
  }

  void Parts() {
    for (SketchTable& it : sketch_.tables) {
      Keys(it);
      std::erase_if(it.checks, [&](const SketchCheck& check) { return !Owns(it, check.column); });
      std::erase_if(it.foreign_keys, [&](const SketchForeignKey& key) { return !Fits(it, key); });
      for (SketchForeignKey& key : it.foreign_keys) {
        if (lookup_.Column(key.column)->filling == Filling::Generated) key.action = 0;
      }
      for (SketchIndex& index : it.indexes) {
        if (it.partitioned_by != 0) index.unique = false;
      }
      Indexes(it.id, it.indexes);
      std::erase_if(it.triggers, [&](const SketchTrigger& trigger) {
        return !IsTriggerFunction(trigger.function) || !Owns(it, trigger.column);
      });
      for (SketchTrigger& trigger : it.triggers) {
        if (lookup_.Column(trigger.column)->filling == Filling::Generated)
          trigger.variant = 1;  // WHEN may not look.
      }
      std::erase_if(it.policies, [&](const SketchPolicy& policy) { return !Owns(it, policy.column); });
      std::erase_if(it.rules, [&](const SketchRule& rule) { return !Owns(it, rule.column); });
      std::erase_if(it.statistics, [&](const SketchStatistics& statistics) {
        return statistics.columns.front() == statistics.columns.back() ||
               !AllComparable(it.id, statistics.columns);
      });
    }
  }

  void Views() {
    std::set<Id> sources;
    for (const SketchTable& it : sketch_.tables) sources.insert(it.id);
    for (SketchView& it : sketch_.views) {
      std::erase_if(it.outputs, [&](const SketchOutput& output) { return !Owns(it, output.column); });
      if (!it.outputs.empty() && sources.contains(it.source)) sources.insert(it.id);
    }
    std::erase_if(sketch_.views, [&](const SketchView& it) { return !sources.contains(it.id); });
    lookup_ =
        Lookup(sketch_);  // Without the outputs that went just now: an index on one has no type any more.
    for (SketchView& it : sketch_.views) {
      if (!lookup_.HasColumn(it.source, it.where)) it.where = 0;
      std::set<std::string> names;
      for (SketchOutput& output : it.outputs) OutputName(output, names);
      if (!it.materialized) it.indexes.clear();
      Indexes(it.id, it.indexes);
    }
  }

  void Names() {
    std::map<Id, std::set<std::string>> taken;
    std::set<std::string> schemas = {"public"};
    for (SketchBase& it : sketch_.schemas) MakeUnique(it.name, schemas);
    const auto unique = [&](auto& all) {
      for (auto& it : all) MakeUnique(it.name, taken[it.schema]);
    };
    std::set<std::tuple<Id, int, bool>> defaults;
    std::erase_if(sketch_.defaults, [&](const SketchDefaults& it) {
      return !defaults.insert({it.schema, it.on, it.of_app}).second;
    });
    unique(sketch_.collations);
    // A type of ours that is called like a built-in one is refused where it is used.
    const auto no_builtin = [](auto& all) {
      for (auto& it : all) {
        if (it.name == "name") it.name = "name_type";
      }
    };
    no_builtin(sketch_.enums), no_builtin(sketch_.domains), no_builtin(sketch_.composites);
    unique(sketch_.enums), unique(sketch_.domains), unique(sketch_.composites), unique(sketch_.sequences);
    unique(sketch_.functions), unique(sketch_.tables), unique(sketch_.views);
    for (SketchTable& it : sketch_.tables) {
      const auto parts = [&](auto& all) {
        for (auto& part : all) {
          if (!part.name.empty()) MakeUnique(part.name, taken[it.schema]);
        }
      };
      parts(it.keys), parts(it.checks), parts(it.foreign_keys), parts(it.indexes), parts(it.triggers);
      parts(it.policies), parts(it.rules), parts(it.statistics);
      std::set<std::string> columns;
      if (const SketchTable* parent = lookup_.Table(it.parent)) {
        for (const SketchColumn& column : parent->columns) columns.insert(column.name);
      }
      for (SketchColumn& column : it.columns) MakeUnique(column.name, columns);
    }
    for (SketchView& it : sketch_.views) {
      for (SketchIndex& index : it.indexes) {
        if (!index.name.empty()) MakeUnique(index.name, taken[it.schema]);
      }
    }
  }

 private:
  static void MakeUnique(std::string& name, std::set<std::string>& taken) {
    while (!taken.insert(name).second) name += "_";
  }

  static void Enum(SketchEnum& it) {
    std::set<std::string> texts;
    for (SketchLabel& label : it.labels) MakeUnique(label.text, texts);
    if (it.labels.empty()) it.labels.push_back({it.id * 1000, "only"});
  }

  void Type(SketchType& type) const {
    if (type.named == 0 || lookup_.Has(type.named)) return;
    type.named = 0;
    type.array = false;
  }

  void Links(SketchTable& it, std::set<std::pair<Id, int>>& bounds) const {
    const SketchTable* parent = lookup_.Table(it.parent);
    const bool partition = it.link == Link::Partition;
    if (parent == nullptr || parent == &it || parent->link != Link::None ||
        partition != (parent->partitioned_by != 0)) {
      it.parent = 0;
      it.link = Link::None;
    }
    if (it.partitioned_by != 0) {
      it.unlogged = false;
      it.fillfactor = 0;
      it.link = Link::None;
      if (!Owns(it, it.partitioned_by)) it.partitioned_by = 0;
    }
    if (it.link == Link::None) return;
    it.unlogged = parent->unlogged;
    if (!partition) return;
    it.columns.clear();
    it.keys.clear();
    while (!bounds.insert({it.parent, it.bound}).second) ++it.bound;
  }

  void Column(SketchTable& table, SketchColumn& it) const {
    Type(it.type);
    Fill(table, it);
    const bool has_collation = std::ranges::any_of(
        sketch_.collations, [&](const SketchCollation& collation) { return collation.id == it.collation; });
    const bool is_text = it.type.named == 0 && !it.type.array && IsCharacter(lookup_.FamilyOf(it.type));
    if (!has_collation || !is_text || it.filling == Filling::Generated) it.collation = 0;
  }

  void Fill(SketchTable& table, SketchColumn& it) const {
    const bool identity = it.filling == Filling::Identity || it.filling == Filling::IdentityByDefault;
    const bool keeps_plain = table.partitioned_by != 0 && (identity || it.filling == Filling::Serial);
    if (keeps_plain || it.id == table.partitioned_by || !CanFill(table, it)) it.filling = Filling::Plain;
    if (it.id == table.partitioned_by) it.type = {};
    switch (it.filling) {
      case Filling::Identity:
      case Filling::IdentityByDefault:
      case Filling::Serial:
      case Filling::Function:
        it.type = {};
        return;
      case Filling::Sequence:
        it.type = {2};
        return;
      case Filling::Generated:
        it.type = {IsCharacter(lookup_.FamilyOf(lookup_.TypeOfColumn(it.from))) ? 1 : 2};
        return;
      case Filling::Plain:
        return;
    }
  }

  [[nodiscard]] bool CanFill(const SketchTable& table, const SketchColumn& it) const {
    if (it.filling == Filling::Sequence) {
      return std::ranges::any_of(sketch_.sequences,
                                 [&](const auto& sequence) { return sequence.id == it.from; });
    }
    if (it.filling == Filling::Function) {
      return std::ranges::any_of(sketch_.functions, [&](const auto& function) {
        return function.id == it.from && !function.trigger && function.arguments.empty();
      });
    }
    if (it.filling != Filling::Generated) return true;
    const bool own = std::ranges::any_of(table.columns, [&](const auto& column) {
      return column.id == it.from && column.id != it.id && column.filling != Filling::Generated;
    });
    if (!own || lookup_.Column(it.from) == nullptr) return false;
    const Family family = lookup_.FamilyOf(lookup_.TypeOfColumn(it.from));
    return IsCharacter(family) || family == Family::Integer;
  }

  [[nodiscard]] bool Owns(const SketchTable& table, Id column) const {
    return column != 0 && lookup_.HasColumn(table.id, column);
  }
  [[nodiscard]] bool Owns(const SketchView& view, Id column) const {
    return column != 0 && lookup_.HasColumn(view.source, column);
  }
  [[nodiscard]] bool AllComparable(Id relation, const std::vector<Id>& columns) const {
    return std::ranges::all_of(columns, [&](Id column) {
      return lookup_.HasColumn(relation, column) &&
             IsComparable(lookup_.FamilyOf(lookup_.TypeOfColumn(column)));
    });
  }

  void Keys(SketchTable& it) const {
    bool has_primary = false;
    std::set<std::vector<Id>> columns;
    std::erase_if(it.keys, [&](const SketchKey& key) {
      const bool own = std::ranges::all_of(key.columns, [&](Id id) {
        return std::ranges::any_of(it.columns, [&](const auto& column) { return column.id == id; });
      });
      const bool covers = it.partitioned_by == 0 || std::ranges::count(key.columns, it.partitioned_by) > 0;
      if (!own || !covers || !AllComparable(it.id, key.columns)) return true;
      if (it.partitioned_by != 0 && key.kind == KeyKind::Exclusion) return true;
      // PostgreSQL makes one key of two that are the same.
      if (key.kind != KeyKind::Exclusion && !columns.insert(key.columns).second) return true;
      return key.kind == KeyKind::Primary && std::exchange(has_primary, true);
    });
  }

  void Indexes(Id relation, std::vector<SketchIndex>& indexes) const {
    std::erase_if(indexes, [&](const SketchIndex& it) { return !AllComparable(relation, it.columns); });
    for (SketchIndex& it : indexes) {
      if (!lookup_.HasColumn(relation, it.where)) it.where = 0;
    }
  }

  [[nodiscard]] bool Fits(const SketchTable& table, const SketchForeignKey& it) const {
    const SketchTable* target = nullptr;
    for (const SketchTable& other : sketch_.tables) {
      if (other.id == it.target) target = &other;
    }
    if (target == nullptr || !Owns(table, it.column) || !Owns(*target, it.target_column)) return false;
    if (target->unlogged != table.unlogged) return false;
    const bool unique = std::ranges::any_of(target->keys, [&](const SketchKey& key) {
      return key.kind != KeyKind::Exclusion && !key.deferrable &&
             key.columns == std::vector<Id>{it.target_column};
    });
    return unique && lookup_.TypeOfColumn(it.column) == lookup_.TypeOfColumn(it.target_column);
  }

  [[nodiscard]] bool IsTriggerFunction(Id id) const {
    return std::ranges::any_of(sketch_.functions, [&](const auto& it) { return it.id == id && it.trigger; });
  }

  void OutputName(SketchOutput& it, std::set<std::string>& names) const {
    std::string name = it.name;
    if (name.empty()) {
      name = lookup_.Has(it.id) ? lookup_.Base(it.column).name : "shown";
      if (name.empty()) name = "shown";
    }
    if (!names.contains(name) && (!it.name.empty() || name != "shown")) {
      names.insert(name);
      return;
    }
    MakeUnique(name, names);
    it.name = name;
  }

  Sketch& sketch_;
  Lookup lookup_;
};

}  // namespace

void Repair(Sketch& sketch) {
  // Each round may take away what others refer to.
  for (int round = 0; round < 4; ++round) {
    for (void (Repairer::*step)() :
         {&Repairer::Types, &Repairer::Columns, &Repairer::Parts, &Repairer::Views, &Repairer::Names}) {
      const Sketch old = sketch;
      (Repairer(sketch, old).*step)();
    }
  }
}

}  // namespace schemac::testing
