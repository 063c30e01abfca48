// How sketches change.
#include <algorithm>
#include <utility>

#include "tests/property/random_sketch.h"

namespace schemac::testing {

void RandomSketches::ChangeOne(Sketch& sketch) {
  const std::size_t what = Below(20);
  if (sketch.tables.empty() || what < 4) return Grow(sketch);
  if (what < 6) return DropOne(sketch);
  if (what < 9) return RenameOne(sketch);
  if (what < 12) return ChangeType(sketch);
  if (what < 14) return ChangeView(sketch);
  if (what < 15) return ChangeTable(sketch);
  SketchTable& table = *Any(sketch.tables);
  if (what < 18 && !table.columns.empty()) return ChangeColumn(sketch, table);
  ChangePart(table);
}

void RandomSketches::ChangeType(Sketch& sketch) {
  switch (Below(6)) {
    case 0:
    case 1:
      if (SketchEnum* it = Any(sketch.enums)) {
        const std::size_t what = Below(4);
        if (what == 0) it->labels.erase(it->labels.begin());
        if (what == 1) std::swap(it->labels.front(), it->labels.back());
        if (what >= 2) {
          const auto place = static_cast<std::ptrdiff_t>(Below(it->labels.size() + 1));
          it->labels.insert(it->labels.begin() + place, {++last_id_, "label " + std::to_string(last_id_)});
        }
      }
      return;
    case 2:
      if (SketchDomain* it = Any(sketch.domains)) {
        if (Chance(30)) it->check = Number(5) - 1;
        if (Chance(30)) it->default_value = Number(4) - 1;
        if (Chance(20)) it->builtin = Number(12);
        if (Chance(20)) it->not_null = !it->not_null;
      }
      return;
    case 3:
      if (SketchComposite* it = Any(sketch.composites)) {
        if (Chance(40)) it->attributes.front().type = RandomType(sketch);
        if (Chance(40)) it->attributes.push_back(it->attributes.front());
        it->attributes.back().id = ++last_id_;
      }
      return;
    case 4:
      if (SketchSequence* it = Any(sketch.sequences)) {
        it->increment = 1 + Number(3);
        it->cycle = !it->cycle;
      }
      return;
    default:
      if (SketchFunction* it = Any(sketch.functions)) {
        it->body = Number(9);
        if (!it->trigger && Chance(30)) it->arguments = {RandomType(sketch)};
      }
  }
}

void RandomSketches::ChangeTable(Sketch& sketch) {
  SketchTable& table = *Any(sketch.tables);
  switch (Below(6)) {
    case 0:
      table.unlogged = !table.unlogged;
      return;
    case 1:
      table.row_security = !table.row_security;
      return;
    case 2:
      table.fillfactor = table.fillfactor == 0 ? 50 : 0;
      return;
    case 3:
      table.grants = Number(4);
      return;
    case 4:
      table.bound = Number(5);
      return;
    default:
      table.comment = table.comment.empty() ? "now it has one" : "";
  }
}

void RandomSketches::ChangeColumn(Sketch& sketch, SketchTable& table) {
  SketchColumn& column = *Any(table.columns);
  switch (Below(10)) {
    case 0:
    case 1:
      column.type = RandomType(sketch);
      return;
    case 8:
      if (const SketchCollation* it = Any(sketch.collations))
        column.collation = column.collation == 0 ? it->id : 0;
      return;
    case 2:
      column.not_null = !column.not_null;
      return;
    case 3:
    case 4:
      column.default_value = Number(4) - 1;
      return;
    case 5:
      FillColumn(sketch, table, column);
      return;
    case 6:
      column.filling = Filling::Plain;
      return;
    case 7:
      column.granted = !column.granted;
      column.comment = column.comment.empty() ? "a column" : "";
      return;
    default:
      column.statistics = column.statistics < 0 ? 50 : -1;
  }
}

void RandomSketches::ChangePart(SketchTable& table) {
  switch (Below(6)) {
    case 0:
      if (SketchKey* it = Any(table.keys)) {
        if (Chance(50)) it->deferrable = !it->deferrable;
        if (Chance(50)) it->nulls_not_distinct = !it->nulls_not_distinct;
      }
      return;
    case 1:
      if (SketchCheck* it = Any(table.checks)) it->variant = Number(9);
      return;
    case 2:
      if (SketchForeignKey* it = Any(table.foreign_keys)) {
        it->action = Number(5);
        if (Chance(30)) it->deferrable = !it->deferrable;
      }
      return;
    case 3:
      if (SketchIndex* it = Any(table.indexes)) {
        it->variant = Number(9);
        if (Chance(30)) it->unique = !it->unique;
        if (Chance(30)) it->comment = "an index";
      }
      return;
    case 4:
      if (SketchTrigger* it = Any(table.triggers)) it->variant = Number(6);
      if (SketchRule* it = Any(table.rules)) it->variant = Number(4);
      return;
    default:
      if (SketchPolicy* it = Any(table.policies)) {
        it->variant = Number(9);
        if (Chance(50)) it->role = !it->role;
        if (Chance(30)) it->command = Number(5);
      }
  }
}

void RandomSketches::ChangeView(Sketch& sketch) {
  SketchView* view = Any(sketch.views);
  if (view == nullptr) return;
  switch (Below(5)) {
    case 0:
      view->variant = Number(9);
      return;
    case 1:
      view->where = view->where == 0 ? AnyColumn(sketch, view->source) : 0;
      return;
    case 2: {
      auto output = view->outputs.front();
      output.id = ++last_id_;
      output.name = Name();
      output.column = AnyColumn(sketch, view->source);
      view->outputs.push_back(std::move(output));
      return;
    }
    case 3:
      if (view->outputs.size() > 1) view->outputs.erase(view->outputs.begin());
      return;
    default:
      view->materialized = !view->materialized;
  }
}

void RandomSketches::RenameOne(Sketch& sketch) {
  std::vector<SketchBase*> all;
  for (SketchBase& it : sketch.schemas) all.push_back(&it);
  for (SketchCollation& it : sketch.collations) all.push_back(&it);
  for (SketchEnum& it : sketch.enums) all.push_back(&it);
  for (SketchDomain& it : sketch.domains) all.push_back(&it);
  for (SketchComposite& it : sketch.composites) all.push_back(&it);
  for (SketchSequence& it : sketch.sequences) all.push_back(&it);
  for (SketchFunction& it : sketch.functions) all.push_back(&it);
  for (SketchView& it : sketch.views) all.push_back(&it);
  for (SketchTable& it : sketch.tables) {
    all.push_back(&it);
    for (SketchColumn& column : it.columns) all.push_back(&column);
    for (SketchIndex& index : it.indexes) all.push_back(&index);
    for (SketchRule& rule : it.rules) all.push_back(&rule);
  }
  SketchBase& one = **Any(all);
  SketchBase& other = **Any(all);
  if (one.name.empty()) return;
  if (Chance(20) && !other.name.empty()) return std::swap(one.name, other.name);
  one.name = Name();
  if (Chance(30) && !sketch.enums.empty()) Any(Any(sketch.enums)->labels)->text = "renamed";
  if (Chance(20)) Any(sketch.tables)->schema = AnySchema(sketch);
}

void RandomSketches::DropOne(Sketch& sketch) {
  SketchTable& table = *Any(sketch.tables);
  switch (Below(14)) {
    case 0:
      return RemoveAny(sketch.tables);
    case 1:
    case 2:
    case 3:
      return RemoveAny(table.columns);
    case 4:
      return RemoveAny(sketch.enums);
    case 5:
      return RemoveAny(sketch.views);
    case 6:
      return RemoveAny(sketch.functions);
    case 7:
      return RemoveAny(sketch.domains);
    case 8:
      return RemoveAny(table.keys);
    case 9:
      return RemoveAny(table.checks);
    case 10:
      return RemoveAny(table.indexes);
    case 11:
      return RemoveAny(table.foreign_keys);
    case 12:
      return RemoveAny(sketch.schemas);
    default:
      RemoveAny(table.triggers);
      RemoveAny(table.policies);
      RemoveAny(table.rules);
      RemoveAny(sketch.collations);
      RemoveAny(sketch.defaults);
      RemoveAny(sketch.sequences);
      RemoveAny(sketch.composites);
  }
}

}  // namespace schemac::testing
