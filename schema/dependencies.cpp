#include "schema/dependencies.h"

#include <algorithm>

#include "compiler/support/overloaded.h"
#include "schema/retarget.h"

namespace schemac::schema {

namespace {

using Visit = std::function<void(const ObjectAddress&, DependencyKind)>;
using VisitView = std::function<void(const AddressView&, DependencyKind)>;

bool IsBuiltinSchema(const std::string& schema) {
  return schema.empty() || schema == "public" || schema == "pg_catalog" || schema == "information_schema";
}

// Names what an object refers to, a kind of reference at a time.
class Finder {
 public:
  explicit Finder(const VisitView& visit) : visit_(visit) {}

  // The names must be those of the object: whoever is called may compare them with the next ones.
  void At(ObjectKind kind, std::string_view schema, std::string_view name,
          DependencyKind how = DependencyKind::Normal) const {
    visit_({kind, schema, name, {}}, how);
  }
  void At(ObjectKind kind, const QualifiedName& name) const { At(kind, name.schema, name.name); }
  void InSchema(const std::string& schema) const {
    if (!IsBuiltinSchema(schema)) visit_({ObjectKind::Schema, {}, schema, {}}, DependencyKind::Normal);
  }
  // A name alone does not tell the kind of a relation or type: each that it may be is named.
  void Relation(std::string_view schema, std::string_view name,
                DependencyKind how = DependencyKind::Normal) const {
    At(ObjectKind::Table, schema, name, how);
    At(ObjectKind::View, schema, name, how);
  }
  void Relation(const QualifiedName& name) const { Relation(name.schema, name.name); }
  void OfType(const Type& type) const {
    if (type.schema.empty()) return;
    for (ObjectKind kind : {ObjectKind::Enum, ObjectKind::Composite, ObjectKind::Range, ObjectKind::Domain}) {
      At(kind, type.schema, type.name);
    }
    Relation(type.schema, type.name);
  }
  void Collated(const Boxed<QualifiedName>& collation) const {
    if (collation && collation->schema != "pg_catalog") At(ObjectKind::Collation, *collation);
  }
  void ColumnOf(const QualifiedName& table, const std::string& column) const {
    visit_({ObjectKind::Column, table.schema, table.name, column}, DependencyKind::Normal);
  }
  void ColumnsOf(const QualifiedName& table, const std::vector<std::string>& columns) const {
    for (const std::string& column : columns) ColumnOf(table, column);
  }
  void To(const Reference& reference, DependencyKind how = DependencyKind::Normal) const {
    const ObjectAddress& target = reference.target;
    if (target.kind == ObjectKind::Role) return;
    AddressView holder = target;
    if (IsLabel(target)) holder.member = {};
    visit_(holder, how);
    if (target.kind == ObjectKind::Column) Relation(target.schema, target.name, how);
  }
  void In(const Expression& expression) const {
    for (const Reference& reference : expression.references) To(reference);
  }
  void In(const Boxed<Expression>& expression) const {
    if (expression) In(*expression);
  }
  // Objects that a body names need not exist when the routine is made, unless it is parsed then (BEGIN
  // ATOMIC).
  void InRoutine(const Expression& definition) const {
    if (definition.references.empty()) return;
    const std::vector<TextRange> bodies = BodiesOfRoutine(definition.text);
    for (const Reference& reference : definition.references) {
      const auto spells = [&](const TextRange& body) {
        return reference.begin >= body.begin && reference.end <= body.end;
      };
      const bool in_body = reference.IsSpelled() ? std::ranges::any_of(bodies, spells) : !bodies.empty();
      To(reference, in_body ? DependencyKind::Soft : DependencyKind::Normal);
    }
  }
  void InColumn(const Column& column) const {
    OfType(column.type);
    Collated(column.collation);
    In(column.default_value);
    In(column.generated);
  }
  void InElements(const QualifiedName& table, const std::vector<IndexElement>& elements) const {
    for (const IndexElement& element : elements) {
      if (!element.column.empty()) ColumnOf(table, element.column);
      In(element.expression);
      Collated(element.collation);
    }
  }

  void operator()(const Schema&) const {}
  void operator()(const Extension& it) const { InSchema(it.schema); }
  void operator()(const Collation& it) const { InSchema(it.name.schema); }
  void operator()(const Enum& it) const { InSchema(it.name.schema); }
  void operator()(const Composite& it) const {
    InSchema(it.name.schema);
    for (const CompositeAttribute& attribute : it.attributes) {
      OfType(attribute.type);
      Collated(attribute.collation);
    }
  }
  void operator()(const Range& it) const {
    InSchema(it.name.schema);
    OfType(it.subtype);
  }
  void operator()(const Domain& it) const {
    InSchema(it.name.schema);
    OfType(it.type);
    Collated(it.collation);
    In(it.default_value);
    for (const DomainConstraint& constraint : it.constraints) In(constraint.check);
  }
  void operator()(const Sequence& it) const {
    InSchema(it.name.schema);
    if (!it.owned_by) return;
    // The column's default may need the sequence: whoever owns it is told afterwards.
    visit_(*it.owned_by, DependencyKind::Soft);
    At(ObjectKind::Table, it.owned_by->schema, it.owned_by->name, DependencyKind::Soft);
  }
  void operator()(const Table& it) const {
    for (const Column& column : it.columns) InColumn(column);
    BesidesColumns(it);
  }
  void BesidesColumns(const Table& it) const {
    InSchema(it.name.schema);
    for (const QualifiedName& parent : it.inherits) At(ObjectKind::Table, parent);
    if (it.partition_of) {
      At(ObjectKind::Table, it.partition_of->parent);
      In(it.partition_of->bound);
    }
    if (it.partition_key) In(it.partition_key->elements);
  }
  void operator()(const Function& it) const {
    InSchema(it.name.schema);
    InRoutine(it.definition);
  }
  void operator()(const Aggregate& it) const {
    InSchema(it.name.schema);
    In(it.definition);
  }
  void operator()(const View& it) const {
    InSchema(it.name.schema);
    In(it.query);
    for (const auto& [column, value] : it.column_defaults) In(value);
  }
  void operator()(const Constraint& it) const {
    At(ObjectKind::Table, it.table);
    ColumnsOf(it.table, it.columns);
    ColumnsOf(it.table, it.include);
    InElements(it.table, it.elements);
    In(it.check);
    In(it.where);
    if (!it.foreign_key) return;
    At(ObjectKind::Table, it.foreign_key->table);
    ColumnsOf(it.foreign_key->table, it.foreign_key->columns);
  }
  void operator()(const Index& it) const {
    Relation(it.table);
    InElements(it.table, it.elements);
    ColumnsOf(it.table, it.include);
    In(it.where);
  }
  void operator()(const Trigger& it) const {
    Relation(it.table);
    In(it.definition);
  }
  void operator()(const Policy& it) const {
    At(ObjectKind::Table, it.table);
    In(it.using_expression);
    In(it.with_check);
  }
  void operator()(const Rule& it) const {
    Relation(it.table);
    In(it.definition);
  }
  void operator()(const Statistics& it) const {
    InSchema(it.name.schema);
    In(it.definition);
  }
  void operator()(const EventTrigger& it) const { In(it.definition); }
  void operator()(const DefaultPrivileges& it) const { InSchema(it.schema); }
  void operator()(const SeedRow& it) const {
    Relation(it.table);
    ColumnsOf(it.table, it.key_columns);
    for (const auto& [column, value] : it.values) {
      ColumnOf(it.table, column);
      In(value);
    }
  }
  void operator()(const Raw& it) const {
    for (const ObjectAddress& address : it.depends_on) visit_(address, DependencyKind::Normal);
    In(it.create);
  }

 private:
  const VisitView& visit_;
};

VisitView WithCopies(const Visit& visit) {
  return [&visit](const AddressView& target, DependencyKind how) { visit(target.Copy(), how); };
}

void Each(Boxed<Expression>& expression, const std::function<void(Expression&)>& visit) {
  if (expression) visit(*expression);
}

void EachOfElements(std::vector<IndexElement>& elements, const std::function<void(Expression&)>& visit) {
  for (IndexElement& element : elements) Each(element.expression, visit);
}

void EachOfTable(Table& table, const std::function<void(Expression&)>& visit) {
  for (Column& column : table.columns) {
    Each(column.default_value, visit);
    Each(column.generated, visit);
  }
  if (table.partition_key) visit(table.partition_key->elements);
  if (table.partition_of) visit(table.partition_of->bound);
}

// Whether the columns are those of the foreign key, in any order (transformFkeyCheckAttrs in tablecmds.c).
bool SameSet(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  return std::ranges::is_permutation(left, right);
}

bool IsPlainUnique(const Index& index) {
  return index.unique && !index.where && !index.elements.empty() &&
         std::ranges::all_of(index.elements, [](const IndexElement& it) { return !it.column.empty(); });
}

}  // namespace

void ForEachDependency(const Object& object,
                       const std::function<void(const ObjectAddress&, DependencyKind)>& visit) {
  ForEachDependencyView(object, WithCopies(visit));
}

void ForEachDependencyView(const Object& object,
                           const std::function<void(const AddressView&, DependencyKind)>& visit) {
  std::visit(Finder(visit), object);
}

void ForEachDependency(const QualifiedName& table, const Column& column,
                       const std::function<void(const ObjectAddress&, DependencyKind)>& visit) {
  // A column that reads another of its table needs that column; the table is its own.
  const VisitView others = [&](const AddressView& target, DependencyKind how) {
    const bool own = (target.kind == ObjectKind::Table || target.kind == ObjectKind::View) &&
                     target.name == table.name && target.schema == table.schema;
    if (!own) visit(target.Copy(), how);
  };
  Finder(others).InColumn(column);
}

void ForEachExpression(Object& object, const std::function<void(Expression&)>& visit) {
  std::visit(Overloaded{
                 [](Schema&) {},
                 [](Extension&) {},
                 [](Collation&) {},
                 [](Enum&) {},
                 [](Composite&) {},
                 [](Range&) {},
                 [](Sequence&) {},
                 [](DefaultPrivileges&) {},
                 [&](Domain& it) {
                   Each(it.default_value, visit);
                   for (DomainConstraint& constraint : it.constraints) visit(constraint.check);
                 },
                 [&](Table& it) { EachOfTable(it, visit); },
                 [&](View& it) {
                   visit(it.query);
                   if (auto* defaults = it.column_defaults.Held()) {
                     for (auto& [column, value] : *defaults) visit(value);
                   }
                 },
                 [&](Constraint& it) {
                   Each(it.check, visit);
                   if (auto* elements = it.elements.Held()) EachOfElements(*elements, visit);
                   Each(it.where, visit);
                 },
                 [&](Index& it) {
                   EachOfElements(it.elements, visit);
                   Each(it.where, visit);
                 },
                 [&](Policy& it) {
                   Each(it.using_expression, visit);
                   Each(it.with_check, visit);
                 },
                 [&](SeedRow& it) {
                   for (auto& [column, value] : it.values) visit(value);
                 },
                 [&](Raw& it) {
                   visit(it.create);
                   visit(it.drop);
                 },
                 [&](Function& it) { visit(it.definition); },
                 [&](Aggregate& it) { visit(it.definition); },
                 [&](Trigger& it) { visit(it.definition); },
                 [&](Rule& it) { visit(it.definition); },
                 [&](Statistics& it) { visit(it.definition); },
                 [&](EventTrigger& it) { visit(it.definition); },
             },
             object);
}

void ForEachExpression(const Object& object, const std::function<void(const Expression&)>& visit) {
  // The walk changes nothing by itself, and `visit` cannot.
  ForEachExpression(const_cast<Object&>(object), [&](Expression& expression) { visit(expression); });
}

void ForEachType(Object& object, const std::function<void(Type&)>& visit) {
  if (auto* table = std::get_if<Table>(&object)) {
    for (Column& column : table->columns) visit(column.type);
  } else if (auto* composite = std::get_if<Composite>(&object)) {
    for (CompositeAttribute& attribute : composite->attributes) visit(attribute.type);
  } else if (auto* range = std::get_if<Range>(&object)) {
    visit(range->subtype);
  } else if (auto* domain = std::get_if<Domain>(&object)) {
    visit(domain->type);
  } else if (auto* sequence = std::get_if<Sequence>(&object)) {
    visit(sequence->type);
  }
}

namespace {

// The primary key and the unique constraints over these columns, in the order in which they are taken.
std::vector<ObjectAddress> KeysOver(const Catalog& catalog, const QualifiedName& table,
                                    const std::vector<std::string>& columns) {
  std::vector<ObjectAddress> keys;
  for (const Object* object : catalog.PartsOf(table, ObjectKind::Constraint)) {
    const auto& key = std::get<Constraint>(*object);
    const bool primary = key.kind == ConstraintKind::PrimaryKey;
    if ((!primary && key.kind != ConstraintKind::Unique) || key.deferrable) continue;
    if (SameSet(key.columns, columns)) keys.insert(primary ? keys.begin() : keys.end(), AddressOf(*object));
  }
  return keys;
}

void AddUniqueIndexesOver(const Catalog& catalog, const QualifiedName& table,
                          const std::vector<std::string>& columns, std::vector<ObjectAddress>& keys) {
  for (const Object* object : catalog.PartsOf(table, ObjectKind::Index)) {
    const auto& index = std::get<Index>(*object);
    if (!IsPlainUnique(index)) continue;
    std::vector<std::string> indexed;
    for (const IndexElement& element : index.elements) indexed.push_back(element.column);
    if (SameSet(indexed, columns)) keys.push_back(AddressOf(*object));
  }
}

}  // namespace

std::vector<ObjectAddress> FindUniqueKeys(const Catalog& catalog, const QualifiedName& table,
                                          const std::vector<std::string>& columns) {
  std::vector<ObjectAddress> keys = KeysOver(catalog, table, columns);
  AddUniqueIndexesOver(catalog, table, columns, keys);
  return keys;
}

std::optional<ObjectAddress> FindReferencedKey(const Catalog& catalog, const Constraint& foreign_key) {
  if (!foreign_key.foreign_key) return std::nullopt;
  const ForeignKey& key = *foreign_key.foreign_key;
  std::vector<ObjectAddress> keys = KeysOver(catalog, key.table, key.columns);
  if (keys.empty()) AddUniqueIndexesOver(catalog, key.table, key.columns, keys);  // A constraint goes before.
  return keys.empty() ? std::nullopt : std::optional(keys.front());
}

Dependents::ByTarget Dependents::OfAllNamed(const QualifiedName& name) const {
  ByTarget dependents;
  const auto add = [&](const ObjectAddress& target, const ObjectAddress& dependent, DependencyKind how) {
    if (target.name != name.name || target.schema != name.schema || target == dependent ||
        !catalog_.Has(target)) {
      return;
    }
    auto [place, is_new] = dependents[target].emplace(dependent, how);
    if (!is_new && how == DependencyKind::Normal) place->second = how;
  };
  for (const ObjectAddress& address : catalog_.Mentioning(name)) {
    const Object& object = *catalog_.Find(address);
    const Visit of_object = [&](const ObjectAddress& target, DependencyKind how) {
      add(target, address, how);
    };
    const auto* table = std::get_if<Table>(&object);
    if (table == nullptr) {
      ForEachDependency(object, of_object);
      const auto* constraint = std::get_if<Constraint>(&object);
      if (constraint == nullptr || !constraint->foreign_key) continue;
      // On any of the keys, for all that is known.
      for (const ObjectAddress& key :
           FindUniqueKeys(catalog_, constraint->foreign_key->table, constraint->foreign_key->columns)) {
        add(key, address, DependencyKind::Normal);
      }
      continue;
    }
    // What a column needs is the column's need; the rest is the table's.
    const VisitView of_table = WithCopies(of_object);
    Finder(of_table).BesidesColumns(*table);
    for (const Column& column : table->columns) {
      const ObjectAddress dependent{ObjectKind::Column, table->name.schema, table->name.name, column.name};
      ForEachDependency(table->name, column, [&](const ObjectAddress& target, DependencyKind how) {
        add(target, dependent, how);
      });
    }
  }
  return dependents;
}

const std::map<ObjectAddress, DependencyKind>& Dependents::Of(const ObjectAddress& address) const {
  static const std::map<ObjectAddress, DependencyKind> kNone;
  auto [named, is_new] = known_.try_emplace(address.qualified());
  if (is_new) named->second = OfAllNamed(named->first);
  const auto found = named->second.find(address);
  return found == named->second.end() ? kNone : found->second;
}

}  // namespace schemac::schema
