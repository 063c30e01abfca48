#include "tests/property/random_catalog.h"

#include <algorithm>
#include <array>
#include <set>

#include "schema/edit/drop.h"
#include "schema/edit/names.h"
#include "schema/edit/rename.h"
#include "tests/property/sql_builder.h"

namespace schemac::schema {

namespace {

constexpr std::array<const char*, 16> kNames = {
    "users",
    "order",
    "a",
    "b",
    "name",
    "Größe",
    "a b",
    "x\"y",
    "a.b",
    "🙂",
    "select",
    "it's",
    "$1",
    "日本語日本語日本語日本語日本語日本語日本語",
    "very_long_name_that_fills_all_of_the_sixty_three_bytes_there_are",
    "new\nline"};

ObjectAddress At(ObjectKind kind, const QualifiedName& name, std::string member = "") {
  return {kind, name.schema, name.name, std::move(member)};
}

bool WasRenamed(const Intent& intent, const ObjectAddress& address) {
  return std::ranges::any_of(intent.renames,
                             [&](const auto& it) { return it.from == address || it.to == address; });
}

}  // namespace

std::string RandomCatalogs::Name() {
  std::string name = kNames[Below(kNames.size())];
  if (Chance(45)) name += std::to_string(Below(9));
  return std::string(TruncateIdentifier(name));
}

std::string RandomCatalogs::SchemaName(const Catalog& catalog) {
  const auto schemas = All<Schema>(catalog);
  return schemas[Below(schemas.size())]->name;
}

template <typename T>
std::vector<const T*> RandomCatalogs::All(const Catalog& catalog) const {
  std::vector<const T*> all;
  for (const auto& [address, object] : catalog.objects()) {
    if (const auto* it = std::get_if<T>(&object)) all.push_back(it);
  }
  return all;
}

const Table* RandomCatalogs::AnyTable(const Catalog& catalog) {
  const auto tables = All<Table>(catalog);
  return tables.empty() ? nullptr : tables[Below(tables.size())];
}

ObjectAddress RandomCatalogs::ColumnOf(const Table& table) {
  return At(ObjectKind::Column, table.name, table.columns[Below(table.columns.size())].name);
}

Type RandomCatalogs::RandomType(const Catalog& catalog) {
  const auto enums = All<Enum>(catalog);
  if (!enums.empty() && Chance(25)) {
    const QualifiedName& name = enums[Below(enums.size())]->name;
    return {name.schema, name.name, "", Chance(30)};
  }
  constexpr std::array<const char*, 5> kTypes = {"integer", "text", "jsonb", "timestamp with time zone",
                                                 "uuid"};
  if (Chance(20)) return {"", "character varying", std::to_string(1 + Below(99)), false};
  return {"", kTypes[Below(kTypes.size())], "", Chance(10)};
}

Column RandomCatalogs::RandomColumn(Catalog& catalog, const QualifiedName& table) {
  Column column;
  column.name = Name();
  column.type = RandomType(catalog);
  column.not_null = Chance(40);
  if (Chance(20)) column.comment = "what's \"this\"?";
  if (Chance(15)) column.privileges.Edit().insert({"reader", "SELECT", false});
  const auto enums = All<Enum>(catalog);
  const auto sequences = All<Sequence>(catalog);
  if (Chance(10)) {
    column.identity = Identity{{}, IdentityKind::Always, {}, ChooseSequenceName(catalog, table, column.name)};
    if (Chance(40)) column.identity->privileges.Edit().insert({"reader", "USAGE", Chance(50)});
    if (Chance(20)) column.identity->comment = "of a \"sequence\"";
  } else if (!sequences.empty() && Chance(15)) {
    const Sequence& sequence = *sequences[Below(sequences.size())];
    column.default_value =
        Sql("nextval('").Name(At(ObjectKind::Sequence, sequence.name)).Text("'::regclass)");
  } else if (!enums.empty() && Chance(20)) {
    column.default_value = Sql("'x'::").Name(At(ObjectKind::Enum, enums[Below(enums.size())]->name));
  } else if (Chance(20)) {
    column.default_value = Sql(std::to_string(Below(5)));
  }
  return column;
}

void RandomCatalogs::AddType(Catalog& catalog) {
  const QualifiedName name{SchemaName(catalog), Name()};
  if (catalog.FindType(name) || catalog.FindRelation(name)) return;
  switch (Below(5)) {
    case 0:
    case 1: {
      Enum it;
      it.name = name;
      for (std::size_t i = 0; i <= Below(4); ++i) it.labels.push_back("label" + std::to_string(i));
      it.privileges = BuiltinPrivileges(ObjectKind::Enum);
      return catalog.Put(it);
    }
    case 2: {
      Domain it;
      it.name = name;
      it.type = RandomType(catalog);
      it.constraints.push_back({name.name + "_check", Sql("VALUE IS NOT NULL"), false, ""});
      return catalog.Put(it);
    }
    case 3: {
      Composite it;
      it.name = name;
      it.attributes.push_back({Name(), RandomType(catalog), std::nullopt, ""});
      return catalog.Put(it);
    }
    default: {
      Sequence it;
      it.name = name;
      it.options.increment = 1 + static_cast<int>(Below(3));
      const Table* table = AnyTable(catalog);  // PostgreSQL wants the two in one schema.
      if (table != nullptr && !table->columns.empty() && table->name.schema == name.schema) {
        it.owned_by = ColumnOf(*table);
      }
      return catalog.Put(it);
    }
  }
}

void RandomCatalogs::AddTable(Catalog& catalog) {
  Table table;
  table.name = {SchemaName(catalog), Name()};
  if (catalog.FindRelation(table.name) || catalog.FindType(table.name)) return;
  for (std::size_t i = 0; i <= Below(6); ++i) {
    Column column = RandomColumn(catalog, table.name);
    if (column.identity && i > 0) column.identity.reset();
    if (table.FindColumn(column.name) == nullptr) table.columns.push_back(std::move(column));
  }
  table.unlogged = Chance(10);
  table.row_security = Chance(20);
  if (Chance(20)) table.options["fillfactor"] = "70";
  if (Chance(30)) table.comment = "a table";
  if (Chance(30)) table.privileges.Edit().insert({"", "SELECT", false});
  catalog.Put(std::move(table));
}

void RandomCatalogs::AddConstraintTo(Catalog& catalog, const Table& table) {
  Constraint it;
  it.table = table.name;
  const ObjectAddress column = ColumnOf(table);
  it.columns = {column.member};
  switch (Below(4)) {
    case 0:
      it.kind = ConstraintKind::PrimaryKey;
      break;
    case 1:
      it.kind = ConstraintKind::Unique;
      break;
    case 2: {
      it.kind = ConstraintKind::ForeignKey;
      const Table& target = *AnyTable(catalog);
      if (target.columns.empty()) return;
      it.foreign_key.emplace();
      it.foreign_key->table = target.name;
      it.foreign_key->columns = {ColumnOf(target).member};
      break;
    }
    default:
      it.kind = ConstraintKind::Check;
      it.columns.clear();
      it.check = Sql("").Name(column).Text(" IS DISTINCT FROM ").Name(ColumnOf(table));
  }
  it.name = Chance(70) ? ChooseConstraintName(catalog, it) : Name();
  const ObjectAddress address = AddressOf(it);
  if (catalog.Has(address) || catalog.FindRelation({it.table.schema, it.name})) return;
  catalog.Put(it);
}

void RandomCatalogs::AddPart(Catalog& catalog) {
  const Table* table = AnyTable(catalog);
  if (table == nullptr || table->columns.empty()) return;
  const ObjectAddress column = ColumnOf(*table);
  const ObjectAddress self = At(ObjectKind::Table, table->name);
  switch (Below(7)) {
    case 0: {
      Index it;
      it.table = table->name;
      IndexElement element;
      if (Chance(50)) {
        element.column = column.member;
      } else {
        element.expression = Sql("lower(").Name(column).Text("::text)");
      }
      it.elements = {element};
      it.unique = Chance(30);
      if (Chance(30)) it.where = Sql("").Name(column).Text(" IS NOT NULL");
      it.name = Chance(70) ? ChooseIndexName(catalog, it) : Name();
      if (!catalog.FindRelation({it.table.schema, it.name})) catalog.Put(it);
      return;
    }
    case 1: {
      Trigger it;
      it.table = table->name;
      it.name = Name();
      it.definition =
          Sql("BEFORE UPDATE OF ").Name(column).Text(" ON ").Name(self).Text(" EXECUTE FUNCTION f()");
      if (!catalog.Has(AddressOf(it))) catalog.Put(it);
      return;
    }
    case 2: {
      Policy it;
      it.table = table->name;
      it.name = Name();
      it.using_expression = Sql("").Name(column).Text(" = 1");
      if (!catalog.Has(AddressOf(it))) catalog.Put(it);
      return;
    }
    case 3: {
      SeedRow it;
      it.table = table->name;
      it.key_columns = {column.member};
      it.key = "[" + std::to_string(Below(3)) + "]";
      it.values[column.member] = Sql(std::to_string(Below(3)));
      if (!catalog.Has(AddressOf(it))) catalog.Put(it);
      return;
    }
    case 4: {
      Rule it;
      it.table = table->name;
      it.name = Name();
      it.definition = Sql("AS ON INSERT TO ").Name(self).Text(" DO INSTEAD NOTHING");
      if (!catalog.Has(AddressOf(it))) catalog.Put(it);
      return;
    }
    default:
      return AddConstraintTo(catalog, *table);
  }
}

void RandomCatalogs::AddRoutineOrView(Catalog& catalog) {
  const Table* table = AnyTable(catalog);
  const QualifiedName name{SchemaName(catalog), Name()};
  if (Chance(50) && table != nullptr && !table->columns.empty()) {
    if (catalog.FindRelation(name) || catalog.FindType(name)) return;
    View it;
    it.name = name;
    it.materialized = Chance(30);
    const ObjectAddress column = ColumnOf(*table);
    it.columns = {column.member};
    it.query = Sql("SELECT ").Name(column).Text(" FROM ").Name(At(ObjectKind::Table, table->name));
    return catalog.Put(it);
  }
  Function it;
  it.name = name;
  const auto enums = All<Enum>(catalog);
  if (!enums.empty() && Chance(60)) {
    const QualifiedName& type = enums[Below(enums.size())]->name;
    const std::string spelled = FormatType({type.schema, type.name, "", false});
    it.identity_arguments = spelled + ", integer";
    it.arguments = "e " + spelled + ", integer";
    it.definition = Sql("(e ")
                        .Name(At(ObjectKind::Enum, type))
                        .Text(", integer) RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$");
  } else {
    it.definition = Sql("() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$");
  }
  it.language = "sql";
  it.returns = "integer";
  it.privileges = BuiltinPrivileges(ObjectKind::Function);
  catalog.Put(it);
}

void RandomCatalogs::AddGlobal(Catalog& catalog) {
  switch (Below(6)) {
    case 0: {
      Schema it;
      it.name = Name();
      if (!catalog.Has(AddressOf(it))) catalog.Put(it);
      return;
    }
    case 1: {
      Extension it;
      it.name = Chance(50) ? "pgcrypto" : "citext";
      return catalog.Put(it);
    }
    case 2: {
      EventTrigger it;
      it.name = Name();
      it.definition = Sql("ON ddl_command_end EXECUTE FUNCTION f()");
      return catalog.Put(it);
    }
    case 3: {
      DefaultPrivileges it;
      it.schema = Chance(50) ? "" : SchemaName(catalog);
      it.on = "tables";
      it.privileges.Edit().insert({"reader", "SELECT", Chance(50)});
      return catalog.Put(it);
    }
    case 4: {
      Statistics it;
      it.name = {SchemaName(catalog), Name()};
      const Table* table = AnyTable(catalog);
      if (table == nullptr || table->columns.empty()) return;
      it.definition =
          Sql("ON ").Name(ColumnOf(*table)).Text(", 1 FROM ").Name(At(ObjectKind::Table, table->name));
      return catalog.Put(it);
    }
    default: {
      Raw it;
      it.name = "raw " + Name();
      it.create = Sql("SELECT 1");
      it.drop = Sql("SELECT 2");
      if (const Table* table = AnyTable(catalog)) it.depends_on = {At(ObjectKind::Table, table->name)};
      return catalog.Put(it);
    }
  }
}

void RandomCatalogs::AddSome(Catalog& catalog) {
  switch (Below(10)) {
    case 0:
      return AddGlobal(catalog);
    case 1:
    case 2:
      return AddType(catalog);
    case 3:
    case 4:
      return AddTable(catalog);
    case 5:
      return AddRoutineOrView(catalog);
    default:
      return AddPart(catalog);
  }
}

Catalog RandomCatalogs::Make() {
  Catalog catalog = Catalog::Empty();
  const std::size_t count = Below(60);
  for (std::size_t i = 0; i < count; ++i) AddSome(catalog);
  return catalog;
}

void RandomCatalogs::ChangeColumns(Catalog& catalog) {
  const Table* found = AnyTable(catalog);
  if (found == nullptr) return;
  Table table = *found;
  if (Chance(50) || table.columns.empty()) {
    Column column = RandomColumn(catalog, table.name);
    if (table.FindColumn(column.name) == nullptr)
      table.columns.insert(table.columns.begin(), std::move(column));
  } else {
    Column& column = table.columns[Below(table.columns.size())];
    column.type = RandomType(catalog);
    column.not_null = !column.not_null;
  }
  std::ranges::shuffle(table.columns, engine_);
  if (Chance(30)) table.comment = Name();
  catalog.Put(std::move(table));
}

void RandomCatalogs::ChangeOne(Catalog& catalog) {
  if (Chance(35)) return AddSome(catalog);
  if (Chance(35)) return ChangeColumns(catalog);
  auto place = catalog.objects().begin();
  std::advance(place, static_cast<std::ptrdiff_t>(Below(catalog.objects().size())));
  const ObjectAddress address = place->first;
  if (address == ObjectAddress{ObjectKind::Schema, "", "public", ""}) return;
  if (Chance(50)) {
    static_cast<void>(Drop(catalog, address, true));
  } else {
    BaseOf(*catalog.FindMutable(address)).comment = Name();
  }
}

void RandomCatalogs::Rename(Catalog& catalog, const Catalog& from, Intent& intent) {
  // Tables and the like, then columns: each is told once, by its first and its last name.
  std::vector<ObjectAddress> sources;
  for (const auto& [address, object] : from.objects()) {
    switch (address.kind) {
      case ObjectKind::Enum:
      case ObjectKind::Domain:
      case ObjectKind::Composite:
      case ObjectKind::Sequence:
      case ObjectKind::Table:
      case ObjectKind::View:
      case ObjectKind::Statistics:
        if (Chance(15)) sources.push_back(address);
        break;
      default:
        break;
    }
  }
  std::map<QualifiedName, QualifiedName> moved;
  for (const ObjectAddress& source : sources) {
    ObjectAddress target = source;
    target.name = Name();
    // A sequence that a column owns stays with it.
    if (Chance(20) && source.kind != ObjectKind::Sequence) target.schema = SchemaName(catalog);
    // Sometimes the name is one that has to be made free first.
    if (const Object* taken = catalog.Find(target); taken != nullptr && !WasRenamed(intent, target)) {
      Catalog without = catalog;
      if (Drop(without, target, true) && without.Has(source)) catalog = std::move(without);
    }
    if (!catalog.Has(source) || !ApplyRename(catalog, {source, target})) continue;
    intent.renames.push_back({source, target});
    if (source.kind == ObjectKind::Table) moved[source.qualified()] = target.qualified();
  }
  for (const auto& [address, object] : from.objects()) {
    const auto* table = std::get_if<Table>(&object);
    if (table == nullptr || table->columns.empty() || !Chance(30)) continue;
    const ObjectAddress source = ColumnOf(*table);
    auto now = moved.find(table->name);
    const QualifiedName name = now == moved.end() ? table->name : now->second;
    const ObjectAddress current = At(ObjectKind::Column, name, source.member);
    const ObjectAddress target = At(ObjectKind::Column, name, Name());
    if (Chance(30) && catalog.Has(current) && catalog.Has(target) && current != target &&
        !WasRenamed(intent, target)) {
      static_cast<void>(Drop(catalog, target, true));
    }
    if (catalog.Has(current) && ApplyRename(catalog, {current, target}))
      intent.renames.push_back({source, target});
  }
}

Catalog RandomCatalogs::Change(const Catalog& from, Intent& intent) {
  Catalog catalog = from;
  Rename(catalog, from, intent);
  const std::size_t count = Below(15);
  for (std::size_t i = 0; i < count; ++i) ChangeOne(catalog);
  std::erase_if(intent.renames,
                [&](const schema::Rename& it) { return it.from == it.to || !catalog.Has(it.to); });
  return catalog;
}

}  // namespace schemac::schema
