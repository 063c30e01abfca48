#include <algorithm>

#include "schema/object.h"
#include "tests/property/sketch.h"

namespace schemac::testing {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;

class Renames {
 public:
  Renames(const Sketch& from, const Sketch& to) : from_(from), to_(to), old_(from), new_(to) {}

  schema::Intent Find() {
    for (const SketchBase& it : from_.schemas) {
      if (new_.Has(it.id) && new_.Base(it.id).name != it.name)
        Tell({ObjectKind::Schema, "", it.name, ""}, {ObjectKind::Schema, "", new_.Base(it.id).name, ""});
    }
    Kind(from_.collations, ObjectKind::Collation);
    // Arguments are a part of the name: those that have none stay what they are.
    for (const SketchFunction& it : from_.functions) {
      const bool same = std::ranges::any_of(to_.functions, [&](const SketchFunction& other) {
        return other.id == it.id && other.arguments.empty() && other.trigger == it.trigger;
      });
      if (it.arguments.empty() && same) One(it, ObjectKind::Function);
    }
    Kind(from_.enums, ObjectKind::Enum), Kind(from_.domains, ObjectKind::Domain);
    Kind(from_.composites, ObjectKind::Composite), Kind(from_.sequences, ObjectKind::Sequence);
    Kind(from_.tables, ObjectKind::Table);
    for (const SketchView& it : from_.views) {
      for (const SketchView& other : to_.views) {
        if (other.id == it.id && other.materialized == it.materialized) One(it, ObjectKind::View);
      }
    }
    for (const SketchTable& it : from_.tables) Columns(it);
    for (const SketchEnum& it : from_.enums) Labels(it);
    return std::move(intent_);
  }

 private:
  static ObjectAddress At(const Lookup& lookup, ObjectKind kind, const SketchBase& it) {
    return {kind, it.schema == 0 ? "public" : lookup.Base(it.schema).name, it.name, ""};
  }
  void Tell(const ObjectAddress& from, const ObjectAddress& to) { intent_.renames.push_back({from, to}); }

  void One(const SketchBase& it, ObjectKind kind) {
    if (!new_.Has(it.id)) return;
    const SketchBase& other = new_.Base(it.id);
    // What is in a renamed schema goes along.
    if (other.name == it.name && other.schema == it.schema) return;
    Tell(At(old_, kind, it), At(new_, kind, other));
  }
  template <typename T>
  void Kind(const std::vector<T>& all, ObjectKind kind) {
    for (const T& it : all) One(it, kind);
  }

  void Columns(const SketchTable& table) {
    if (!new_.Has(table.id)) return;
    for (const SketchColumn& it : table.columns) {
      if (!new_.Has(it.id) || new_.Base(it.id).name == it.name) continue;
      ObjectAddress from = At(old_, ObjectKind::Column, table);
      from.member = it.name;
      ObjectAddress to = At(new_, ObjectKind::Column, new_.Base(table.id));
      to.member = new_.Base(it.id).name;
      Tell(from, to);
    }
  }

  void Labels(const SketchEnum& it) {
    const SketchEnum* other = new_.Enum(it.id);
    if (other == nullptr) return;
    schema::LabelMapping mapping;
    for (const SketchLabel& label : it.labels) {
      const SketchLabel* same = nullptr;
      for (const SketchLabel& candidate : other->labels) {
        if (candidate.id == label.id) same = &candidate;
      }
      if (same == nullptr) {
        mapping.removed[label.text] = other->labels.front().text;
      } else if (same->text != label.text) {
        mapping.renamed[label.text] = same->text;
      }
    }
    if (!(mapping == schema::LabelMapping{})) intent_.labels[At(new_, ObjectKind::Enum, *other)] = mapping;
  }

  const Sketch& from_;
  const Sketch& to_;
  Lookup old_;
  Lookup new_;
  schema::Intent intent_;
};

}  // namespace

schema::Intent RenamesBetween(const Sketch& from, const Sketch& to) { return Renames(from, to).Find(); }

}  // namespace schemac::testing
