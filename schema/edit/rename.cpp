#include "schema/edit/rename.h"

#include <algorithm>

#include "compiler/support/quote.h"
#include "schema/dependencies.h"
#include "schema/edit/messages.h"
#include "schema/retarget.h"

namespace schemac::schema {

namespace {

// Carries one rename into the fields of an object. The object's own name is a field like the others.
class Renamer {
 public:
  Renamer(const ObjectAddress& from, const ObjectAddress& to) : from_(from), to_(to) {}

  // Whether the rename can touch the object at all: most do not touch most.
  [[nodiscard]] bool Concerns(const ObjectAddress& address, const Object& object) const {
    if (Retarget(address, from_, to_)) return true;
    bool concerns = false;
    ForEachExpression(object, [&](const Expression& expression) {
      concerns = concerns || std::ranges::any_of(expression.references, [&](const Reference& reference) {
                   return Retarget(reference.target, from_, to_).has_value();
                 });
    });
    return concerns || HasField(address, object);
  }

  void operator()(Object& object) const {
    if (auto* function = std::get_if<Function>(&object)) {
      RenameInRoutine(function->definition, from_, to_);
    } else {
      ForEachExpression(object, [&](Expression& expression) { RenameInExpression(expression, from_, to_); });
    }
    ForEachType(object, [&](Type& type) { RetargetType(type, from_, to_); });
    std::visit(*this, object);
  }

  void operator()(Schema& it) const { Own(it.name, ObjectKind::Schema); }
  void operator()(Extension& it) const {
    Own(it.name, ObjectKind::Extension);
    InSchema(it.schema);
  }
  void operator()(Collation& it) const { Named(it.name, ObjectKind::Collation); }
  void operator()(Enum& it) const {
    if (IsLabel(from_)) {
      if (it.name == from_.qualified()) std::ranges::replace(it.labels, from_.member, to_.member);
      return;
    }
    Named(it.name, ObjectKind::Enum);
  }
  void operator()(Composite& it) const {
    Named(it.name, ObjectKind::Composite);
    for (CompositeAttribute& attribute : it.attributes) Collated(attribute.collation);
  }
  void operator()(Range& it) const { Named(it.name, ObjectKind::Range); }
  void operator()(Domain& it) const {
    Named(it.name, ObjectKind::Domain);
    Collated(it.collation);
  }
  void operator()(Sequence& it) const {
    Named(it.name, ObjectKind::Sequence);
    if (it.owned_by) Follow(*it.owned_by);
  }
  void operator()(Table& it) const {
    const QualifiedName name = it.name;
    Named(it.name, ObjectKind::Table);
    for (Column& column : it.columns) {
      Collated(column.collation);
      OfTable(column.name, name);
    }
    for (QualifiedName& parent : it.inherits) Named(parent, ObjectKind::Table);
    if (it.partition_of) Named(it.partition_of->parent, ObjectKind::Table);
    if ((from_.kind != ObjectKind::Index && from_.kind != ObjectKind::Constraint) ||
        from_.qualified() != name)
      return;
    if (it.clustered_on == from_.member) it.clustered_on = to_.member;
    if (it.replica_identity == "index " + from_.member) it.replica_identity = "index " + to_.member;
  }
  void operator()(Function& it) const {
    Named(it.name, ObjectKind::Function, it.identity_arguments);
    it.identity_arguments = RetargetTypeText(it.identity_arguments, from_, to_);
    it.returns = RetargetTypeText(it.returns, from_, to_);
    it.arguments = RetargetTypeText(it.arguments, from_, to_);
  }
  void operator()(Aggregate& it) const {
    Named(it.name, ObjectKind::Aggregate, it.identity_arguments);
    it.identity_arguments = RetargetTypeText(it.identity_arguments, from_, to_);
  }
  void operator()(View& it) const {
    const QualifiedName name = it.name;
    Named(it.name, ObjectKind::View);
    if (from_.kind != ObjectKind::Column) return;
    if (from_.qualified() == name) return RenameOutput(it);
    // A star spells no name: the column's former name stays the view's by saying it.
    const bool hidden = std::ranges::any_of(it.query.references, [&](const Reference& reference) {
      return !reference.IsSpelled() && reference.target == to_;
    });
    if (hidden && !it.columns.empty()) it.explicit_columns = true;
  }
  void operator()(Constraint& it) const {
    OwnPart(it.name, it.table, ObjectKind::Constraint);
    Columns(it.columns, it.table);
    if (auto* include = it.include.Held()) Columns(*include, it.table);
    if (auto* elements = it.elements.Held()) Elements(*elements, it.table);
    if (it.foreign_key) {
      Columns(it.foreign_key->on_delete_columns, it.table);
      Columns(it.foreign_key->columns, it.foreign_key->table);
      Named(it.foreign_key->table, ObjectKind::Table);
    }
    OnTable(it.table);
  }
  void operator()(Index& it) const {
    OwnPart(it.name, it.table, ObjectKind::Index);
    Elements(it.elements, it.table);
    if (auto* include = it.include.Held()) Columns(*include, it.table);
    if (!it.parent.empty()) it.parent = RenamedParent(it.parent);
    OnTable(it.table);
  }
  void operator()(Trigger& it) const {
    OwnPart(it.name, it.table, ObjectKind::Trigger);
    OnTable(it.table);
  }
  void operator()(Policy& it) const {
    OwnPart(it.name, it.table, ObjectKind::Policy);
    OnTable(it.table);
  }
  void operator()(Rule& it) const {
    OwnPart(it.name, it.table, ObjectKind::Rule);
    OnTable(it.table);
  }
  void operator()(Statistics& it) const { Named(it.name, ObjectKind::Statistics); }
  void operator()(EventTrigger& it) const { Own(it.name, ObjectKind::EventTrigger); }
  void operator()(DefaultPrivileges& it) const { InSchema(it.schema); }
  void operator()(SeedRow& it) const {
    Columns(it.key_columns, it.table);
    if (from_.kind == ObjectKind::Column && from_.qualified() == it.table) {
      auto value = it.values.extract(from_.member);
      if (!value.empty()) {
        value.key() = to_.member;
        it.values.insert(std::move(value));
      }
    }
    OnTable(it.table);
  }
  void operator()(Raw& it) const {
    Own(it.name, ObjectKind::Raw);
    for (ObjectAddress& address : it.depends_on) Follow(address);
  }

 private:
  // Whether the object may name `from` in a field that is no expression.
  [[nodiscard]] bool HasField(const ObjectAddress& address, const Object& object) const {
    if (from_.kind == ObjectKind::Schema) return true;
    if (IsLabel(from_)) return address == HolderOf(from_);
    const bool is_part = IsTablePart(from_.kind);
    if (is_part && address.qualified() == from_.qualified()) return true;
    if (const auto* constraint = std::get_if<Constraint>(&object)) {
      if (constraint->foreign_key && constraint->foreign_key->table == from_.qualified()) return true;
      return from_.kind == ObjectKind::Collation;
    }
    if (is_part && from_.kind != ObjectKind::Column) {
      const auto* index = std::get_if<Index>(&object);
      return std::holds_alternative<Raw>(object) || (index != nullptr && !index->parent.empty());
    }
    return std::holds_alternative<Table>(object) || std::holds_alternative<Sequence>(object) ||
           std::holds_alternative<Composite>(object) || std::holds_alternative<Domain>(object) ||
           std::holds_alternative<Range>(object) || std::holds_alternative<Raw>(object) ||
           std::holds_alternative<Function>(object) ||
           (from_.kind == ObjectKind::Collation && std::holds_alternative<Index>(object));
  }

  void Follow(ObjectAddress& address) const {
    if (auto moved = Retarget(address, from_, to_)) address = std::move(*moved);
  }
  void Own(std::string& name, ObjectKind kind) const {
    if (from_.kind == kind && from_.name == name) name = to_.name;
  }
  void OwnPart(std::string& name, const QualifiedName& table, ObjectKind kind) const {
    if (from_.kind == kind && from_.qualified() == table && from_.member == name) name = to_.member;
  }
  void Named(QualifiedName& name, ObjectKind kind, const std::string& member = "") const {
    ObjectAddress address{kind, name.schema, name.name, member};
    Follow(address);
    name = address.qualified();
  }
  // A part's table: a table or a view.
  void OnTable(QualifiedName& table) const {
    Named(table, from_.kind == ObjectKind::View ? ObjectKind::View : ObjectKind::Table);
  }
  void InSchema(std::string& schema) const {
    if (from_.kind == ObjectKind::Schema && schema == from_.name) schema = to_.name;
  }
  void Collated(Boxed<QualifiedName>& collation) const {
    if (collation) Named(*collation, ObjectKind::Collation);
  }
  void OfTable(std::string& column, const QualifiedName& table) const {
    if (from_.kind == ObjectKind::Column && from_.qualified() == table && from_.member == column)
      column = to_.member;
  }
  void Columns(std::vector<std::string>& columns, const QualifiedName& table) const {
    for (std::string& column : columns) OfTable(column, table);
  }
  void Elements(std::vector<IndexElement>& elements, const QualifiedName& table) const {
    for (IndexElement& element : elements) {
      OfTable(element.column, table);
      Collated(element.collation);
      if (element.operator_class) InSchema(element.operator_class->schema);
    }
  }
  [[nodiscard]] std::string RenamedParent(const std::string& parent) const {
    if (from_.kind == ObjectKind::Schema) {
      const std::string prefix = QuoteIdentifier(from_.name) + ".";
      return parent.starts_with(prefix) ? QuoteIdentifier(to_.name) + "." + parent.substr(prefix.size())
                                        : parent;
    }
    if (from_.kind != ObjectKind::Index && from_.kind != ObjectKind::Constraint) return parent;
    const bool same = parent == QuoteQualified(from_.schema, from_.member);
    return same ? QuoteQualified(to_.schema, to_.member) : parent;
  }
  // ALTER VIEW … RENAME COLUMN.
  void RenameOutput(View& view) const {
    std::ranges::replace(view.columns, from_.member, to_.member);
    view.explicit_columns = true;
    RenameKey(view.column_comments);
    RenameKey(view.column_privileges);
    RenameKey(view.column_defaults);
  }
  template <typename Value>
  void RenameKey(Rare<std::map<std::string, Value>>& said) const {
    std::map<std::string, Value>* map = said.Held();
    if (map == nullptr) return;
    auto node = map->extract(from_.member);
    if (node.empty()) return;
    node.key() = to_.member;
    map->insert(std::move(node));
  }

  const ObjectAddress& from_;
  const ObjectAddress& to_;
};

// As RenameEnumLabel() words it.
Done CheckLabelRename(const Catalog& catalog, const ObjectAddress& from, const ObjectAddress& to) {
  const auto* type = catalog.Get<Enum>(HolderOf(from));
  if (type == nullptr) return DoesNotExist(HolderOf(from));
  if (HolderOf(from) != HolderOf(to))
    return Invalid("cannot rename " + Describe(from) + " to " + Describe(to));
  const auto has = [&](const std::string& label) {
    return std::ranges::find(type->labels, label) != type->labels.end();
  };
  if (!has(from.member)) return Unknown(Quoted(from.member) + " is not an existing enum label");
  if (has(to.member)) return Duplicate("enum label " + Quoted(to.member) + " already exists");
  return std::monostate();
}

Done CheckRename(const Catalog& catalog, const ObjectAddress& from, const ObjectAddress& to) {
  if (IsLabel(from)) return CheckLabelRename(catalog, from, to);
  if (from.kind != to.kind) return Invalid("cannot rename " + Describe(from) + " to " + Describe(to));
  if (!catalog.Has(from)) return DoesNotExist(from);
  if (OwnName(to).empty()) return Invalid("the new name of " + Describe(from) + " is empty");
  const bool part = IsTablePart(from.kind);
  if (part && from.qualified() != to.qualified())
    return Invalid(Describe(from) + " cannot move to another table");
  const bool routine = from.kind == ObjectKind::Function || from.kind == ObjectKind::Aggregate;
  if (routine && from.member != to.member)
    return Invalid("a rename cannot change the arguments of " + Describe(from));
  if (from.schema != to.schema && !catalog.Has({ObjectKind::Schema, "", to.schema, ""})) {
    return DoesNotExist({ObjectKind::Schema, "", to.schema, ""});
  }
  if (catalog.Has(to)) {
    if (from.kind != ObjectKind::Column) return Duplicate(Describe(to) + " already exists");
    return Duplicate("column " + Quoted(to.member) + " of relation " + Quoted(to.name) + " already exists");
  }
  return std::monostate();
}

struct Moved {
  ObjectAddress from;
  Object object;
};

// The names that the moved objects take are free, once they have left their old ones.
Done PutMoved(Catalog& catalog, std::vector<Moved> moved) {
  std::vector<Object> before;
  for (const Moved& it : moved) {
    before.push_back(*catalog.Find(it.from));
    catalog.Remove(it.from);
  }
  for (std::size_t i = 0; i < moved.size(); ++i) {
    const Object& object = moved[i].object;
    if (Done free = CheckNames(catalog, object, AddressOf(object)); !free) {
      for (std::size_t j = 0; j < i; ++j) catalog.Remove(AddressOf(moved[j].object));
      for (Object& old : before) catalog.Put(std::move(old));
      return free;
    }
    catalog.Put(object);
  }
  return std::monostate();
}

// All that the rename may touch.
std::vector<ObjectAddress> MayConcern(const Catalog& catalog, const ObjectAddress& from) {
  std::vector<ObjectAddress> addresses;
  if (from.kind == ObjectKind::Schema) {
    for (const auto& [address, object] : catalog.objects()) addresses.push_back(address);
    return addresses;
  }
  addresses = catalog.Mentioning(from.qualified());
  if (from.kind != ObjectKind::Index && from.kind != ObjectKind::Constraint) return addresses;
  std::ranges::copy(catalog.Mentioning({"", QuoteQualified(from.schema, from.member)}),
                    std::back_inserter(addresses));
  std::ranges::sort(addresses);
  addresses.erase(std::unique(addresses.begin(), addresses.end()), addresses.end());
  return addresses;
}

// ALTER TABLE … SET SCHEMA takes the sequences along that the table's columns own.
std::vector<ObjectAddress> SequencesThatFollow(const Catalog& catalog, const Rename& rename) {
  std::vector<ObjectAddress> sequences;
  if (rename.from.kind != ObjectKind::Table || rename.from.schema == rename.to.schema) return sequences;
  auto place = catalog.objects().lower_bound({ObjectKind::Sequence, rename.from.schema, "", ""});
  for (; place != catalog.objects().end() && place->first.kind == ObjectKind::Sequence; ++place) {
    if (place->first.schema != rename.from.schema) break;
    const auto& owner = std::get<Sequence>(place->second).owned_by;
    if (owner && owner->qualified() == rename.from.qualified()) sequences.push_back(place->first);
  }
  return sequences;
}

// The identity column that has the sequence, if that is what `address` names.
std::optional<ObjectAddress> IdentityColumn(const Catalog& catalog, const ObjectAddress& address) {
  if (address.kind != ObjectKind::Sequence || catalog.Has(address)) return std::nullopt;
  const auto owner = catalog.FindRelation(address.qualified());
  return owner && owner->kind == ObjectKind::Column ? owner : std::nullopt;
}

// The sequence of an identity column is no object of its own; its name is an attribute of the column.
Done RenameIdentitySequence(Catalog& catalog, const ObjectAddress& column, const Rename& rename) {
  if (rename.from.schema != rename.to.schema) {
    return Invalid("cannot move " + Describe(rename.from) + " away from its identity column");
  }
  if (catalog.FindRelation(rename.to.qualified())) {
    return Duplicate("relation " + Quoted(rename.to.name) + " already exists");
  }
  Table table = *catalog.FindTable(column.qualified());
  table.FindColumn(column.member)->identity->sequence_name = rename.to.name;
  catalog.Put(std::move(table));
  return std::monostate();
}

// The same column or check of the tables that inherit it from this one.
std::vector<ObjectAddress> SameInChildren(const Catalog& catalog, const ObjectAddress& part) {
  std::vector<ObjectAddress> children;
  if (part.kind != ObjectKind::Column && part.kind != ObjectKind::Constraint) return children;
  for (const QualifiedName& name : catalog.ChildrenOf(part.qualified())) {
    const ObjectAddress own{part.kind, name.schema, name.name, part.member};
    if (!catalog.Has(own)) continue;
    const auto* constraint = catalog.Get<Constraint>(own);
    const bool inherits =
        constraint == nullptr || (constraint->inherited && constraint->kind == ConstraintKind::Check);
    if (inherits) children.push_back(own);
  }
  return children;
}

}  // namespace

void RenameInObject(Object& object, const Rename& rename) { Renamer(rename.from, rename.to)(object); }

ErrorOr<std::monostate> ApplyRename(Catalog& catalog, const Rename& rename) {
  if (rename.from == rename.to) return std::monostate();
  if (auto column = IdentityColumn(catalog, rename.from); column && rename.to.kind == ObjectKind::Sequence) {
    return RenameIdentitySequence(catalog, *column, rename);
  }
  if (Done fits = CheckRename(catalog, rename.from, rename.to); !fits) return fits;
  const std::vector<ObjectAddress> sequences = SequencesThatFollow(catalog, rename);
  for (const ObjectAddress& sequence : sequences) {
    if (sequence.name == rename.to.name || catalog.FindRelation({rename.to.schema, sequence.name})) {
      return Duplicate("relation " + Quoted(sequence.name) + " already exists in schema " +
                       Quoted(rename.to.schema));
    }
  }
  const Renamer renamer(rename.from, rename.to);
  std::vector<Moved> moved;
  std::vector<ObjectAddress> touched;
  const auto look_at = [&](const ObjectAddress& address, const Object& object) {
    if (!renamer.Concerns(address, object)) return;
    // Objects whose names enter a name space are taken out and put back.
    if (!Retarget(address, rename.from, rename.to)) {
      touched.push_back(address);
      return;
    }
    Object renamed = object;
    renamer(renamed);
    moved.push_back({address, std::move(renamed)});
  };
  for (const ObjectAddress& address : MayConcern(catalog, rename.from)) {
    look_at(address, *catalog.Find(address));
  }
  if (Done put = PutMoved(catalog, std::move(moved)); !put) return put;
  for (const ObjectAddress& address : touched) {
    Object renamed = *catalog.Find(address);
    renamer(renamed);
    catalog.Put(std::move(renamed));  // So that the catalog notices a parent or a sequence of another name.
  }
  for (const ObjectAddress& sequence : sequences) {
    ObjectAddress to = sequence;
    to.schema = rename.to.schema;
    if (Done done = ApplyRename(catalog, {sequence, to}); !done) return done;
  }
  for (const ObjectAddress& child : SameInChildren(catalog, rename.from)) {
    ObjectAddress to = child;
    to.member = rename.to.member;
    if (Done done = ApplyRename(catalog, {child, to}); !done) return done;
  }
  return std::monostate();
}

}  // namespace schemac::schema
