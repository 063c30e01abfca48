#include "schema/edit/edit.h"

#include <gtest/gtest.h>

#include "schema/dependencies.h"
#include "tests/property/sql_builder.h"

namespace schemac::schema {
namespace {

ObjectAddress At(ObjectKind kind, std::string name, std::string member = "") {
  return {kind, "public", std::move(name), std::move(member)};
}

Table MakeTable(std::string name, const std::vector<std::string>& columns) {
  Table table;
  table.name = {"public", std::move(name)};
  for (const std::string& column : columns) {
    table.columns.emplace_back().name = column;
    table.columns.back().type = {"", "integer", "", false};
  }
  return table;
}

Constraint MakeKey(const std::string& table, std::vector<std::string> columns) {
  Constraint key;
  key.table = {"public", table};
  key.kind = ConstraintKind::PrimaryKey;
  key.columns = std::move(columns);
  return key;
}

// parent (id, x) with a key, a view and an index; child (parent_id) that refers to it.
Catalog Sample() {
  Catalog catalog = Catalog::Empty();
  EXPECT_TRUE(Create(catalog, MakeTable("parent", {"id", "x"})));
  EXPECT_TRUE(Create(catalog, MakeTable("child", {"parent_id"})));
  EXPECT_TRUE(AddConstraint(catalog, MakeKey("parent", {"id"})));
  Constraint reference;
  reference.table = {"public", "child"};
  reference.kind = ConstraintKind::ForeignKey;
  reference.columns = {"parent_id"};
  reference.foreign_key.emplace();
  reference.foreign_key->table = {"public", "parent"};
  reference.foreign_key->columns = {"id"};
  EXPECT_TRUE(AddConstraint(catalog, reference));
  Index index;
  index.table = {"public", "parent"};
  index.name = "parent_x_idx";
  index.elements.emplace_back().expression =
      Sql("abs(").Name(At(ObjectKind::Column, "parent", "x")).Text(")");
  EXPECT_TRUE(Create(catalog, index));
  View view;
  view.name = {"public", "v"};
  view.query = Sql("SELECT ")
                   .Name(At(ObjectKind::Column, "parent", "x"))
                   .Text(" FROM ")
                   .Name(At(ObjectKind::Table, "parent"));
  EXPECT_TRUE(Create(catalog, view));
  return catalog;
}

std::string Message(const Done& done) { return done ? "done" : done.error().message; }

TEST(Create, RefusesTakenNamesInPostgresWords) {
  Catalog catalog = Sample();
  EXPECT_EQ(Message(Create(catalog, MakeTable("parent", {}))), "relation \"parent\" already exists");
  EXPECT_EQ(Message(Create(catalog, MakeTable("parent_pkey", {}))),
            "relation \"parent_pkey\" already exists");
  Enum type;
  type.name = {"public", "child"};
  EXPECT_EQ(Message(Create(catalog, type)), "type \"child\" already exists");
  type.name = {"nowhere", "e"};
  EXPECT_EQ(Message(Create(catalog, type)), "schema \"nowhere\" does not exist");
  Trigger trigger;
  trigger.table = {"public", "nobody"};
  trigger.name = "g";
  EXPECT_EQ(Message(Create(catalog, trigger)), "relation \"nobody\" does not exist");
  EXPECT_EQ(Message(AddConstraint(catalog, MakeKey("parent", {"x"}))),
            "multiple primary keys for table \"parent\" are not allowed");
  EXPECT_EQ(Message(AddConstraint(catalog, MakeKey("child", {"nothing"}))),
            "column \"nothing\" named in key does not exist");
}

TEST(Create, GivesDefaultPrivileges) {
  Catalog catalog = Catalog::Empty();
  DefaultPrivileges defaults;
  defaults.schema = "public";
  defaults.on = "tables";
  defaults.privileges = Privileges{{"reader", "SELECT", false}};
  catalog.Put(defaults);
  defaults.schema = "";
  defaults.on = "functions";
  defaults.privileges = {};
  defaults.revoked = {{"", "EXECUTE", false}};
  catalog.Put(defaults);
  ASSERT_TRUE(Create(catalog, MakeTable("t", {})));
  EXPECT_EQ(catalog.FindTable({"public", "t"})->privileges, (Privileges{{"reader", "SELECT", false}}));
  Function function;
  function.name = {"public", "f"};
  ASSERT_TRUE(Create(catalog, function));
  EXPECT_TRUE(catalog.Get<Function>(At(ObjectKind::Function, "f"))->privileges.empty());
  Enum type;
  type.name = {"public", "e"};
  ASSERT_TRUE(Create(catalog, type));
  EXPECT_EQ(catalog.Get<Enum>(At(ObjectKind::Enum, "e"))->privileges, (Privileges{{"", "USAGE", false}}));
}

TEST(AddConstraint, NamesItAndMakesKeysNotNull) {
  const Catalog catalog = Sample();
  EXPECT_TRUE(catalog.Has(At(ObjectKind::Constraint, "parent", "parent_pkey")));
  EXPECT_TRUE(catalog.Has(At(ObjectKind::Constraint, "child", "child_parent_id_fkey")));
  EXPECT_TRUE(catalog.FindTable({"public", "parent"})->FindColumn("id")->not_null);
}

TEST(Drop, RefusesUnlessToldToCascade) {
  Catalog catalog = Sample();
  const Catalog before = catalog;
  EXPECT_EQ(Message(Drop(catalog, At(ObjectKind::Table, "parent"), false)),
            "cannot drop table \"parent\" because other objects depend on it: view \"v\"");
  EXPECT_EQ(Message(Drop(catalog, At(ObjectKind::Constraint, "parent", "parent_pkey"), false)),
            "cannot drop constraint \"parent_pkey\" of table \"parent\" because other objects depend on it: "
            "constraint "
            "\"child_parent_id_fkey\" of table \"child\"");
  EXPECT_EQ(Message(Drop(catalog, At(ObjectKind::Table, "nobody"), false)),
            "table \"nobody\" does not exist");
  EXPECT_EQ(catalog, before);
  ASSERT_TRUE(Drop(catalog, At(ObjectKind::Table, "parent"), true));
  EXPECT_EQ(catalog.objects().size(), 2U);  // The schema and child.
  EXPECT_FALSE(catalog.FindRelation({"public", "parent_x_idx"}).has_value());
}

TEST(Drop, APartitionIsHeldByForeignKeysToItsParent) {
  Catalog catalog = Sample();
  Table partition = MakeTable("parent_a", {"id", "x"});
  partition.partition_of.emplace();
  partition.partition_of->parent = {"public", "parent"};
  Table below = MakeTable("parent_a1", {"id", "x"});
  below.partition_of.emplace();
  below.partition_of->parent = partition.name;
  catalog.Put(partition);
  catalog.Put(below);
  EXPECT_EQ(Message(Drop(catalog, At(ObjectKind::Table, "parent_a1"), false)),
            "cannot drop table \"parent_a1\" because other objects depend on it: constraint "
            "\"child_parent_id_fkey\" of table \"child\"");
  ASSERT_TRUE(Drop(catalog, At(ObjectKind::Table, "parent_a"), true));
  EXPECT_FALSE(catalog.Has(At(ObjectKind::Table, "parent_a1")));
  EXPECT_FALSE(catalog.Has(At(ObjectKind::Constraint, "child", "child_parent_id_fkey")));
  EXPECT_TRUE(catalog.Has(At(ObjectKind::View, "v")));
}

TEST(DropColumn, TakesIndexesAlongButNotViews) {
  Catalog catalog = Sample();
  EXPECT_EQ(Message(DropColumn(catalog, {"public", "parent"}, "x", false)),
            "cannot drop column \"x\" of table \"parent\" because other objects depend on it: view \"v\"");
  ASSERT_TRUE(Drop(catalog, At(ObjectKind::View, "v"), false));
  ASSERT_TRUE(DropColumn(catalog, {"public", "parent"}, "x", false));
  EXPECT_FALSE(catalog.Has(At(ObjectKind::Index, "parent", "parent_x_idx")));
  EXPECT_FALSE(DropColumn(catalog, {"public", "parent"}, "id", false));  // The key of a foreign key.
  ASSERT_TRUE(DropColumn(catalog, {"public", "child"}, "parent_id", false));
  EXPECT_TRUE(DropColumn(catalog, {"public", "parent"}, "id", false));
  EXPECT_FALSE(catalog.Has(At(ObjectKind::Constraint, "parent", "parent_pkey")));
}

TEST(Drop, ASerialColumnTakesItsSequenceAlong) {
  Catalog catalog = Catalog::Empty();
  Table table = MakeTable("t", {"id"});
  table.columns[0].default_value =
      Sql("nextval('").Name(At(ObjectKind::Sequence, "t_id_seq")).Text("'::regclass)");
  Sequence sequence;
  sequence.name = {"public", "t_id_seq"};
  sequence.owned_by = At(ObjectKind::Column, "t", "id");
  catalog.Put(table);
  catalog.Put(sequence);
  Catalog other = catalog;
  EXPECT_FALSE(Drop(other, At(ObjectKind::Sequence, "t_id_seq"), false));
  ASSERT_TRUE(Drop(other, At(ObjectKind::Sequence, "t_id_seq"), true));
  EXPECT_FALSE(other.FindTable({"public", "t"})->columns[0].default_value.has_value());
  ASSERT_TRUE(Drop(catalog, At(ObjectKind::Table, "t"), false));
  EXPECT_FALSE(catalog.Has(At(ObjectKind::Sequence, "t_id_seq")));
}

TEST(Dependents, ColumnsAndKeysHaveTheirs) {
  const Catalog catalog = Sample();
  const Dependents dependents(catalog);
  const ObjectAddress reference = At(ObjectKind::Constraint, "child", "child_parent_id_fkey");
  EXPECT_TRUE(dependents.Of(At(ObjectKind::Constraint, "parent", "parent_pkey")).contains(reference));
  EXPECT_TRUE(dependents.Of(At(ObjectKind::Column, "parent", "x")).contains(At(ObjectKind::View, "v")));
  EXPECT_TRUE(dependents.Of(At(ObjectKind::Table, "parent")).contains(At(ObjectKind::View, "v")));
  EXPECT_TRUE(dependents.Of(At(ObjectKind::View, "v")).empty());
}

TEST(Catalog, KeepsTheNameSpacesInStep) {
  Catalog catalog = Sample();
  EXPECT_EQ(catalog.FindRelation({"public", "parent_pkey"}),
            At(ObjectKind::Constraint, "parent", "parent_pkey"));
  EXPECT_EQ(catalog.FindType({"public", "v"}), At(ObjectKind::View, "v"));
  EXPECT_TRUE(catalog.HasConstraintNamed({"public", "child_parent_id_fkey"}));
  EXPECT_FALSE(catalog.FindRelation({"public", "child_parent_id_fkey"}).has_value());
  Range range;
  range.name = {"public", "float_range"};
  catalog.Put(range);
  EXPECT_EQ(catalog.FindType({"public", "float_multirange"}), At(ObjectKind::Range, "float_range"));
  EXPECT_TRUE(catalog.Remove(At(ObjectKind::Range, "float_range")));
  EXPECT_FALSE(catalog.FindType({"public", "float_multirange"}).has_value());
  EXPECT_FALSE(catalog.Remove(At(ObjectKind::Range, "float_range")));
}

}  // namespace
}  // namespace schemac::schema
