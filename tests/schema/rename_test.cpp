#include "schema/edit/rename.h"

#include <gtest/gtest.h>

#include "tests/property/sql_builder.h"

namespace schemac::schema {
namespace {

ObjectAddress At(ObjectKind kind, std::string name, std::string member = "", std::string schema = "public") {
  return {kind, std::move(schema), std::move(name), std::move(member)};
}
ObjectAddress ColumnAt(std::string table, std::string column) {
  return At(ObjectKind::Column, std::move(table), std::move(column));
}

Column MakeColumn(std::string name) {
  Column column;
  column.name = std::move(name);
  column.type = {"", "text", "", false};
  return column;
}

// users (name, age), with one object of each kind that can name them.
Catalog Sample() {
  Catalog catalog = Catalog::Empty();
  Schema app;
  app.name = "app";
  catalog.Put(app);
  Table table;
  table.name = {"public", "users"};
  table.columns = {MakeColumn("name"), MakeColumn("age")};
  table.clustered_on = "users_name_idx";
  catalog.Put(table);
  Index index;
  index.table = table.name;
  index.name = "users_name_idx";
  index.elements.emplace_back().column = "name";
  index.where = Sql("").Name(ColumnAt("users", "name")).Text(" <> 'name'");
  catalog.Put(index);
  View view;
  view.name = {"public", "v"};
  view.columns = {"name"};
  view.query = Sql("SELECT u.")
                   .Name(ColumnAt("users", "name"))
                   .Text(", lower(u.")
                   .Name(ColumnAt("users", "name"))
                   .Text(") AS l FROM ")
                   .Name(At(ObjectKind::Table, "users"))
                   .Text(" u WHERE u.")
                   .Name(ColumnAt("users", "name"))
                   .Text(" IS DISTINCT FROM ''");
  catalog.Put(view);
  return catalog;
}

TEST(ApplyRename, ColumnIsFollowedEverywhere) {
  Catalog catalog = Sample();
  ASSERT_TRUE(ApplyRename(catalog, {ColumnAt("users", "name"), ColumnAt("users", "full \"name\"")}));
  EXPECT_NE(catalog.FindTable({"public", "users"})->FindColumn("full \"name\""), nullptr);
  const auto* index = catalog.Get<Index>(At(ObjectKind::Index, "users", "users_name_idx"));
  EXPECT_EQ(index->elements[0].column, "full \"name\"");
  EXPECT_EQ(index->where->text, "\"full \"\"name\"\"\" <> 'name'");
  const View* view = catalog.FindView({"public", "v"});
  // The view's own column keeps its name, as on the server.
  EXPECT_EQ(view->query.text,
            "SELECT u.\"full \"\"name\"\"\" AS name, lower(u.\"full \"\"name\"\"\") AS l FROM users u "
            "WHERE u.\"full \"\"name\"\"\" IS DISTINCT FROM ''");
  for (const Reference& reference : view->query.references) {
    const std::string spelled = view->query.text.substr(reference.begin, reference.end - reference.begin);
    EXPECT_EQ(spelled, reference.target.kind == ObjectKind::Table ? "users" : "\"full \"\"name\"\"\"");
  }
}

TEST(ApplyRename, TableTakesItsPartsAlong) {
  Catalog catalog = Sample();
  ASSERT_TRUE(
      ApplyRename(catalog, {At(ObjectKind::Table, "users"), At(ObjectKind::Table, "people", "", "app")}));
  EXPECT_EQ(catalog.FindTable({"public", "users"}), nullptr);
  EXPECT_NE(catalog.Find(At(ObjectKind::Index, "people", "users_name_idx", "app")), nullptr);
  EXPECT_FALSE(catalog.FindRelation({"public", "users_name_idx"}).has_value());
  EXPECT_TRUE(catalog.FindRelation({"app", "users_name_idx"}).has_value());
  const View* view = catalog.FindView({"public", "v"});
  EXPECT_NE(view->query.text.find("FROM app.people u"), std::string::npos);
}

TEST(ApplyRename, IndexIsRememberedByItsTable) {
  Catalog catalog = Sample();
  ASSERT_TRUE(ApplyRename(
      catalog, {At(ObjectKind::Index, "users", "users_name_idx"), At(ObjectKind::Index, "users", "i")}));
  EXPECT_EQ(catalog.FindTable({"public", "users"})->clustered_on, "i");
}

TEST(ApplyRename, LabelIsFollowedWhereItIsMeant) {
  Catalog catalog = Sample();
  Enum type;
  type.name = {"public", "status"};
  type.labels = {"a", "b"};
  catalog.Put(type);
  Index index;
  index.name = "i";
  index.table = {"public", "users"};
  index.elements.emplace_back().column = "age";
  index.where = Sql("status = ").Name(At(ObjectKind::Enum, "status", "a")).Text(" and note <> 'a'");
  catalog.Put(index);
  const Rename rename{At(ObjectKind::Enum, "status", "a"), At(ObjectKind::Enum, "status", "it's")};
  ASSERT_TRUE(ApplyRename(catalog, rename));
  EXPECT_EQ(catalog.Get<Enum>(At(ObjectKind::Enum, "status"))->labels,
            (std::vector<std::string>{"it's", "b"}));
  EXPECT_EQ(catalog.Get<Index>(At(ObjectKind::Index, "users", "i"))->where->text,
            "status = 'it''s' and note <> 'a'");
  EXPECT_EQ(ApplyRename(catalog, rename).error().message, "\"a\" is not an existing enum label");
  EXPECT_EQ(ApplyRename(catalog, {At(ObjectKind::Enum, "status", "b"), rename.to}).error().message,
            "enum label \"it's\" already exists");
  // The type's own name: the label's literal stays as it is.
  ASSERT_TRUE(ApplyRename(catalog, {At(ObjectKind::Enum, "status"), At(ObjectKind::Enum, "state")}));
  const auto& moved = catalog.Get<Index>(At(ObjectKind::Index, "users", "i"))->where;
  EXPECT_EQ(moved->references.front().target, At(ObjectKind::Enum, "state", "it's"));
  EXPECT_EQ(moved->text, "status = 'it''s' and note <> 'a'");
}

TEST(ApplyRename, TypeIsFollowedInSignaturesButNotInBodies) {
  Catalog catalog = Catalog::Empty();
  Enum type;
  type.name = {"public", "status"};
  type.labels = {"a"};
  catalog.Put(type);
  const ObjectAddress status = At(ObjectKind::Enum, "status");
  Function function;
  function.name = {"public", "f"};
  function.identity_arguments = "integer, status[]";
  function.arguments = "status integer, s status[] DEFAULT '{}'::status[]";
  function.returns = "SETOF status";
  function.definition = Sql("(status integer, s ")
                            .Name(status)
                            .Text("[]) RETURNS SETOF ")
                            .Name(status)
                            .Text(" LANGUAGE sql AS $$ SELECT 'a'::")
                            .Name(status)
                            .Text(" $$");
  catalog.Put(function);
  ASSERT_TRUE(ApplyRename(catalog, {status, At(ObjectKind::Enum, "State")}));
  const auto* renamed = catalog.Get<Function>(At(ObjectKind::Function, "f", "integer, \"State\"[]"));
  ASSERT_NE(renamed, nullptr);
  EXPECT_EQ(renamed->arguments, "status integer, s \"State\"[] DEFAULT '{}'::\"State\"[]");
  EXPECT_EQ(renamed->returns, "SETOF \"State\"");
  EXPECT_EQ(
      renamed->definition.text,
      "(status integer, s \"State\"[]) RETURNS SETOF \"State\" LANGUAGE sql AS $$ SELECT 'a'::status $$");
}

TEST(ApplyRename, SequenceInALiteral) {
  Catalog catalog = Sample();
  Sequence sequence;
  sequence.name = {"public", "s"};
  sequence.owned_by = ColumnAt("users", "age");
  catalog.Put(sequence);
  catalog.GetMutable<Table>(At(ObjectKind::Table, "users"))->columns[1].default_value =
      Sql("nextval('").Name(At(ObjectKind::Sequence, "s")).Text("'::regclass)");
  ASSERT_TRUE(ApplyRename(catalog, {At(ObjectKind::Sequence, "s"), At(ObjectKind::Sequence, "it's")}));
  EXPECT_EQ(catalog.FindTable({"public", "users"})->columns[1].default_value->text,
            "nextval('\"it''s\"'::regclass)");
  ASSERT_TRUE(ApplyRename(catalog, {ColumnAt("users", "age"), ColumnAt("users", "years")}));
  EXPECT_EQ(catalog.Get<Sequence>(At(ObjectKind::Sequence, "it's"))->owned_by, ColumnAt("users", "years"));
}

TEST(ApplyRename, SchemaTakesEverythingAlong) {
  Catalog catalog = Sample();
  ASSERT_TRUE(
      ApplyRename(catalog, {At(ObjectKind::Table, "users"), At(ObjectKind::Table, "users", "", "app")}));
  ASSERT_TRUE(
      ApplyRename(catalog, {{ObjectKind::Schema, "", "app", ""}, {ObjectKind::Schema, "", "core", ""}}));
  EXPECT_NE(catalog.FindTable({"core", "users"}), nullptr);
  EXPECT_NE(catalog.FindView({"public", "v"})->query.text.find("FROM core.users u"), std::string::npos);
}

TEST(ApplyRename, RefusesWhatDoesNotFitAndChangesNothing) {
  Catalog catalog = Sample();
  const Catalog before = catalog;
  const auto message = [&](const ObjectAddress& from, const ObjectAddress& to) {
    auto done = ApplyRename(catalog, {from, to});
    return done ? std::string("done") : done.error().message;
  };
  EXPECT_EQ(message(At(ObjectKind::Table, "nobody"), At(ObjectKind::Table, "x")),
            "table \"nobody\" does not exist");
  EXPECT_EQ(message(At(ObjectKind::Table, "users"), At(ObjectKind::Table, "v")),
            "relation \"v\" already exists");
  EXPECT_EQ(message(At(ObjectKind::Table, "users"), At(ObjectKind::Table, "users", "", "x")),
            "schema \"x\" does not exist");
  EXPECT_EQ(message(ColumnAt("users", "name"), ColumnAt("users", "age")),
            "column \"age\" of relation \"users\" already exists");
  EXPECT_EQ(message(ColumnAt("users", "name"), ColumnAt("v", "name")),
            "column \"name\" of table \"users\" cannot move to another table");
  EXPECT_EQ(catalog, before);
}

}  // namespace
}  // namespace schemac::schema
