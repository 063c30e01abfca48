#include "tests/property/random_sketch.h"

#include <algorithm>
#include <array>

namespace schemac::testing {
namespace {

constexpr std::array<const char*, 14> kNames = {"users",
                                                "orders",
                                                "a",
                                                "b",
                                                "name",
                                                "Größe",
                                                "a b",
                                                "x\"y",
                                                "select",
                                                "it's",
                                                "status",
                                                "created_at",
                                                "a_name_of_so_many_bytes_that_what_is_derived_of_it_is_cut",
                                                "index"};
constexpr std::array<const char*, 6> kLabels = {"new", "In Progress", "done", "it's", "ü", "select"};
constexpr std::array<const char*, 3> kComments = {"what's \"this\"?", "two\nlines", "Grüße"};

}  // namespace

std::string RandomSketches::Name() {
  std::string name = kNames[Below(kNames.size())];
  if (Chance(40)) name += std::to_string(Below(6));
  return name;
}

template <typename T>
T RandomSketches::New(bool may_be_unnamed) {
  T it;
  it.id = ++last_id_;
  if (!may_be_unnamed || Chance(40)) it.name = Name();
  if (Chance(15)) it.comment = kComments[Below(kComments.size())];
  return it;
}

Id RandomSketches::AnySchema(const Sketch& sketch) {
  return sketch.schemas.empty() || Chance(60) ? 0 : sketch.schemas[Below(sketch.schemas.size())].id;
}

SketchType RandomSketches::RandomType(const Sketch& sketch) {
  SketchType type{Number(static_cast<int>(BuiltinTypes().size()))};
  if (Chance(30)) type.builtin = Number(2);
  std::vector<Id> named;
  for (const SketchEnum& it : sketch.enums) named.insert(named.end(), 2, it.id);
  for (const SketchDomain& it : sketch.domains) named.push_back(it.id);
  for (const SketchComposite& it : sketch.composites) named.push_back(it.id);
  if (!named.empty() && Chance(35)) {
    type.named = named[Below(named.size())];
    type.array = Chance(25);
  }
  return type;
}

Id RandomSketches::AnyColumn(const Sketch& sketch, Id relation) {
  const std::vector<Id> columns = Lookup(sketch).ColumnsOf(relation);
  return columns.empty() ? 0 : columns[Below(columns.size())];
}

Sketch RandomSketches::Make() {
  Sketch sketch;
  for (std::size_t i = 6 + Below(20); i > 0; --i) Grow(sketch);
  Repair(sketch);
  return sketch;
}

Sketch RandomSketches::Change(const Sketch& from) {
  Sketch sketch = from;
  for (std::size_t i = 1 + Below(8); i > 0; --i) {
    ChangeOne(sketch);
    Repair(sketch);
  }
  return sketch;
}

void RandomSketches::Grow(Sketch& sketch) {
  SketchTable* table = Any(sketch.tables);
  const std::size_t what = Below(20);
  if (table == nullptr || what < 4) return AddTable(sketch);
  if (what < 7) return AddType(sketch);
  if (what < 9) return AddView(sketch);
  if (what == 9) return AddLink(sketch);
  if (what < 12) return AddColumn(sketch, *table);
  if (what == 12 && sketch.schemas.size() < 2) {
    sketch.schemas.push_back(New<SketchBase>());
    return;
  }
  if (what == 13 && Chance(50)) return AddDefaults(sketch);
  AddPart(sketch, *table);
}

void RandomSketches::AddDefaults(Sketch& sketch) {
  auto it = New<SketchDefaults>();
  it.schema = AnySchema(sketch);
  it.on = Number(4);
  it.grant = Number(2);
  it.of_app = Chance(30);
  sketch.defaults.push_back(std::move(it));
}

void RandomSketches::AddType(Sketch& sketch) {
  const Id schema = AnySchema(sketch);
  switch (Below(8)) {
    case 0:
    case 1: {
      auto it = New<SketchEnum>();
      it.schema = schema;
      for (std::size_t i = Below(kLabels.size() - 1); i < kLabels.size(); ++i)
        it.labels.push_back({++last_id_, kLabels[i]});
      sketch.enums.push_back(std::move(it));
      return;
    }
    case 2: {
      auto it = New<SketchDomain>();
      it.schema = schema;
      it.builtin = Number(12);
      it.check = Number(4) - 1;
      it.default_value = Number(4) - 1;
      sketch.domains.push_back(std::move(it));
      return;
    }
    case 3: {
      auto it = New<SketchComposite>();
      it.schema = schema;
      for (std::size_t i = 1 + Below(3); i > 0; --i) {
        auto attribute = New<SketchAttribute>();
        attribute.type = RandomType(sketch);
        it.attributes.push_back(std::move(attribute));
      }
      sketch.composites.push_back(std::move(it));
      return;
    }
    case 5: {
      auto it = New<SketchCollation>();
      it.schema = schema;
      it.origin = Number(2);
      sketch.collations.push_back(std::move(it));
      return;
    }
    case 4: {
      auto it = New<SketchSequence>();
      it.schema = schema;
      it.increment = 1 + Number(3);
      it.max = Number(2) * 1000;
      it.cycle = Chance(30);
      sketch.sequences.push_back(std::move(it));
      return;
    }
    default: {
      auto it = New<SketchFunction>();
      it.schema = schema;
      it.trigger = Chance(50);
      it.body = Number(9);
      for (std::size_t i = it.trigger ? 0 : Below(3); i > 0; --i) it.arguments.push_back(RandomType(sketch));
      sketch.functions.push_back(std::move(it));
    }
  }
}

void RandomSketches::AddTable(Sketch& sketch) {
  auto table = New<SketchTable>();
  table.schema = AnySchema(sketch);
  table.unlogged = Chance(5);
  table.row_security = Chance(15);
  table.fillfactor = Chance(10) ? 70 : 0;
  table.grants = Chance(70) ? 0 : Number(4);
  const bool has_id = Chance(75);
  if (has_id) {
    auto id = New<SketchColumn>();
    id.name = "id";
    id.filling = static_cast<Filling>(Below(4));
    table.columns.push_back(id);
    auto key = New<SketchKey>(true);
    key.kind = KeyKind::Primary;
    key.columns = {id.id};
    table.keys.push_back(std::move(key));
  }
  for (std::size_t i = 1 + Below(4); i > 0; --i) AddColumn(sketch, table);
  sketch.tables.push_back(std::move(table));
}

void RandomSketches::AddColumn(Sketch& sketch, SketchTable& table) {
  auto column = New<SketchColumn>();
  column.type = RandomType(sketch);
  column.not_null = Chance(20);
  column.default_value = Number(4) - 1;
  if (Chance(20)) FillColumn(sketch, table, column);
  if (const SketchCollation* collation = Any(sketch.collations); collation != nullptr && Chance(40))
    column.collation = collation->id;
  if (Chance(4)) column.statistics = 100;
  if (Chance(5)) column.granted = true;
  table.columns.push_back(std::move(column));
}

void RandomSketches::FillColumn(Sketch& sketch, const SketchTable& table, SketchColumn& column) {
  column.filling = static_cast<Filling>(Below(7));
  if (column.filling == Filling::Sequence) {
    const SketchSequence* it = Any(sketch.sequences);
    column.from = it == nullptr ? 0 : it->id;
  } else if (column.filling == Filling::Function) {
    const SketchFunction* it = Any(sketch.functions);
    column.from = it == nullptr ? 0 : it->id;
  } else if (column.filling == Filling::Generated && !table.columns.empty()) {
    column.from = table.columns[Below(table.columns.size())].id;
  }
}

void RandomSketches::AddPart(Sketch& sketch, SketchTable& table) {
  const Id column = AnyColumn(sketch, table.id);
  const Id other = AnyColumn(sketch, table.id);
  switch (Below(11)) {
    case 0:
    case 1: {
      auto it = New<SketchKey>(true);
      it.kind = static_cast<KeyKind>(Below(3));
      it.columns = {column};
      if (it.kind != KeyKind::Exclusion && other != column && Chance(40)) it.columns.push_back(other);
      it.deferrable = Chance(10);
      it.nulls_not_distinct = Chance(20);
      table.keys.push_back(std::move(it));
      return;
    }
    case 2: {
      auto it = New<SketchCheck>(true);
      it.not_valid = !it.name.empty() && Chance(20);
      it.column = column;
      it.variant = Number(9);
      table.checks.push_back(std::move(it));
      return;
    }
    case 3:
    case 4: {
      auto it = New<SketchForeignKey>(true);
      const SketchTable& target = *Any(sketch.tables);
      it.column = column;
      it.target = target.id;
      it.target_column = AnyColumn(sketch, target.id);
      const SketchKey* key = target.keys.empty() ? nullptr : &target.keys[Below(target.keys.size())];
      if (key != nullptr && !key->columns.empty()) it.target_column = key->columns.front();
      it.action = Number(5);
      it.deferrable = Chance(10);
      table.foreign_keys.push_back(std::move(it));
      return;
    }
    case 5:
    case 6: {
      auto it = New<SketchIndex>(true);
      it.columns = {column};
      if (other != column && Chance(30)) it.columns.push_back(other);
      it.unique = Chance(25);
      it.descending = Chance(20);
      it.expression = Chance(30);
      it.where = Chance(35) ? other : 0;
      it.variant = Number(9);
      table.indexes.push_back(std::move(it));
      return;
    }
    case 7: {
      auto it = New<SketchTrigger>();
      const SketchFunction* function = Any(sketch.functions);
      it.function = function == nullptr ? 0 : function->id;
      it.column = column;
      it.variant = Number(6);
      table.triggers.push_back(std::move(it));
      return;
    }
    case 9: {
      auto it = New<SketchRule>();
      it.column = column;
      it.variant = Number(4);
      table.rules.push_back(std::move(it));
      return;
    }
    case 8: {
      auto it = New<SketchPolicy>();
      it.column = column;
      it.variant = Number(9);
      it.command = Number(5);
      it.role = Chance(40);
      table.policies.push_back(std::move(it));
      return;
    }
    default: {
      auto it = New<SketchStatistics>();
      it.columns = {column, other};
      table.statistics.push_back(std::move(it));
    }
  }
}

// A partitioned table with a partition, or a child of a table.
void RandomSketches::AddLink(Sketch& sketch) {
  const SketchTable* parent = Any(sketch.tables);
  auto child = New<SketchTable>();
  child.parent = parent->id;
  child.schema = parent->schema;
  child.bound = Number(5);
  child.link = parent->partitioned_by != 0 ? Link::Partition : Link::Inherits;
  if (parent->partitioned_by == 0 && Chance(60)) {
    auto partitioned = New<SketchTable>();
    for (std::size_t i = 1 + Below(3); i > 0; --i) AddColumn(sketch, partitioned);
    auto key = New<SketchColumn>();
    partitioned.partitioned_by = key.id;
    partitioned.columns.push_back(std::move(key));
    child.parent = partitioned.id;
    child.schema = 0;
    child.link = Link::Partition;
    sketch.tables.push_back(std::move(partitioned));
  } else if (child.link == Link::Inherits) {
    AddColumn(sketch, child);
  }
  sketch.tables.push_back(std::move(child));
}

void RandomSketches::AddView(Sketch& sketch) {
  auto view = New<SketchView>();
  view.schema = AnySchema(sketch);
  const bool over_view = !sketch.views.empty() && Chance(35);
  view.source = over_view ? Any(sketch.views)->id : Any(sketch.tables)->id;
  for (std::size_t i = 1 + Below(3); i > 0; --i) {
    auto output = New<SketchOutput>(true);
    output.comment.clear();
    output.column = AnyColumn(sketch, view.source);
    view.outputs.push_back(std::move(output));
  }
  view.where = Chance(50) ? AnyColumn(sketch, view.source) : 0;
  view.variant = Number(9);
  view.granted = Chance(15);
  view.materialized = Chance(25);
  if (view.materialized && Chance(50)) {
    auto index = New<SketchIndex>(true);
    index.columns = {view.outputs.front().id};
    view.indexes.push_back(std::move(index));
  }
  sketch.views.push_back(std::move(view));
}

}  // namespace schemac::testing
