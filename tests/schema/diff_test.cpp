#include "schema/diff/diff.h"

#include <gtest/gtest.h>

#include "schema/diff/apply.h"
#include "tests/property/sql_builder.h"

namespace schemac::schema {
namespace {

ObjectAddress At(ObjectKind kind, std::string name, std::string member = "", std::string schema = "public") {
  return {kind, std::move(schema), std::move(name), std::move(member)};
}

Column MakeColumn(std::string name, std::string type = "text") {
  Column column;
  column.name = std::move(name);
  column.type = {"", std::move(type), "", false};
  return column;
}

Table MakeTable(std::string name, std::vector<Column> columns) {
  Table table;
  table.name = {"public", std::move(name)};
  table.columns = std::move(columns);
  return table;
}

Catalog With(std::vector<Object> objects) {
  Catalog catalog = Catalog::Empty();
  for (Object& object : objects) catalog.Put(std::move(object));
  return catalog;
}

Index MakeIndex(std::string table, std::string name, std::string column) {
  Index index;
  index.table = {"public", std::move(table)};
  index.name = std::move(name);
  index.elements.emplace_back().column = std::move(column);
  return index;
}

// One word for each change, in order.
std::vector<std::string> Words(const Diff& diff) {
  std::vector<std::string> words;
  for (const Change& change : diff.changes) {
    words.push_back(std::visit(
        []<typename T>(const T& it) -> std::string {
          if constexpr (std::is_same_v<T, CreateObject>) return "create " + Describe(AddressOf(it.object));
          if constexpr (std::is_same_v<T, DropObject>) return "drop " + Describe(AddressOf(it.object));
          if constexpr (std::is_same_v<T, AlterObject>) return "alter " + Describe(AddressOf(it.to));
          if constexpr (std::is_same_v<T, RenameObject>)
            return "rename " + Describe(it.from) + " to " + OwnName(it.to);
          if constexpr (std::is_same_v<T, AddColumn>) return "add " + it.column.name;
          if constexpr (std::is_same_v<T, DropColumn>) return "remove " + it.column.name;
          if constexpr (std::is_same_v<T, AlterColumn>) return "change " + it.to.name;
          return "data";
        },
        change));
  }
  return words;
}

using List = std::vector<std::string>;

void ExpectBothWays(const Catalog& from, const Catalog& to, const Diff& diff) {
  EXPECT_EQ(*Apply(from, diff), to);
  EXPECT_EQ(*Apply(to, Invert(diff)), from);
}

TEST(Compare, ColumnOrderIsNoDifference) {
  const Catalog from = With({MakeTable("t", {MakeColumn("a"), MakeColumn("b")})});
  const Catalog to = With({MakeTable("t", {MakeColumn("b"), MakeColumn("a")})});
  EXPECT_TRUE(Compare(from, to, {})->empty());
}

TEST(Compare, AnIndexThatOnlyChangesItsNameIsRenamed) {
  const Catalog from = With({MakeTable("t", {MakeColumn("a")}), MakeIndex("t", "old", "a")});
  const Catalog to = With({MakeTable("t", {MakeColumn("a")}), MakeIndex("t", "new", "a")});
  const Diff diff = *Compare(from, to, {});
  EXPECT_EQ(Words(diff), (List{"rename index \"old\" of table \"t\" to new"}));
  ExpectBothWays(from, to, diff);
}

TEST(Compare, TheSequenceOfASerialColumnFollowsItsTable) {
  const auto make = [](const std::string& name) {
    Table table = MakeTable(name, {MakeColumn("id", "integer")});
    const std::string sequence_name = name + "_id_seq";
    table.columns[0].default_value =
        Sql("nextval('").Name(At(ObjectKind::Sequence, sequence_name)).Text("'::regclass)");
    Sequence sequence;
    sequence.name = {"public", sequence_name};
    sequence.owned_by = At(ObjectKind::Column, name, "id");
    return With({table, sequence});
  };
  const Catalog from = make("t");
  const Catalog to = make("people");
  Intent intent;
  intent.renames = {{At(ObjectKind::Table, "t"), At(ObjectKind::Table, "people")}};
  const Diff diff = *Compare(from, to, intent);
  EXPECT_EQ(Words(diff),
            (List{"rename table \"t\" to people", "rename sequence \"t_id_seq\" to people_id_seq"}));
  ExpectBothWays(from, to, diff);
}

TEST(Compare, TheSequenceOfAnIdentityColumnFollowsToo) {
  const auto make = [](const std::string& name) {
    Table table = MakeTable(name, {MakeColumn("id", "integer")});
    table.columns[0].identity = Identity{{}, IdentityKind::Always, {}, name + "_id_seq"};
    return With({table});
  };
  const Catalog from = make("t");
  const Catalog to = make("people");
  Intent intent;
  intent.renames = {{At(ObjectKind::Table, "t"), At(ObjectKind::Table, "people")}};
  const Diff diff = *Compare(from, to, intent);
  EXPECT_EQ(Words(diff),
            (List{"rename table \"t\" to people", "rename sequence \"t_id_seq\" to people_id_seq"}));
  ExpectBothWays(from, to, diff);
}

TEST(Compare, ChainsOfRenamesAreOrdered) {
  const Catalog from = With({MakeTable("a", {MakeColumn("x")}), MakeTable("b", {MakeColumn("y")})});
  const Catalog to = With({MakeTable("b", {MakeColumn("x")}), MakeTable("c", {MakeColumn("y")})});
  Intent intent;
  intent.renames = {{At(ObjectKind::Table, "a"), At(ObjectKind::Table, "b")},
                    {At(ObjectKind::Table, "b"), At(ObjectKind::Table, "c")}};
  const Diff diff = *Compare(from, to, intent);
  EXPECT_EQ(Words(diff), (List{"rename table \"b\" to c", "rename table \"a\" to b"}));
  ExpectBothWays(from, to, diff);
}

TEST(Compare, RoomIsMadeForARename) {
  Constraint key;
  key.table = {"public", "child"};
  key.name = "child_fkey";
  key.kind = ConstraintKind::ForeignKey;
  key.columns = {"b"};
  key.foreign_key.emplace();
  key.foreign_key->table = {"public", "b"};
  key.foreign_key->columns = {"x"};
  const Table child = MakeTable("child", {MakeColumn("b")});
  const Catalog from =
      With({MakeTable("a", {MakeColumn("x")}), MakeTable("b", {MakeColumn("x")}), child, key});
  const Catalog to = With({MakeTable("b", {MakeColumn("x")}), child, key});
  Intent intent;
  intent.renames = {{At(ObjectKind::Table, "a"), At(ObjectKind::Table, "b")}};
  const Diff diff = *Compare(from, to, intent);
  // The key of the old b goes with it; the one in `to` is another, on what was a.
  EXPECT_EQ(Words(diff),
            (List{"drop constraint \"child_fkey\" of table \"child\"", "drop table \"b\"",
                  "rename table \"a\" to b", "create constraint \"child_fkey\" of table \"child\""}));
  ExpectBothWays(from, to, diff);
}

TEST(Compare, ColumnsOfARenamedTableAreNamedAsBefore) {
  const Catalog from = With({MakeTable("t", {MakeColumn("a"), MakeColumn("gone")})});
  const Catalog to = With({MakeTable("u", {MakeColumn("b"), MakeColumn("c")})});
  Intent intent;
  intent.renames = {{At(ObjectKind::Column, "t", "a"), At(ObjectKind::Column, "u", "b")},
                    {At(ObjectKind::Table, "t"), At(ObjectKind::Table, "u")}};
  intent.restores[At(ObjectKind::Column, "t", "gone")] = Sql("'x'");
  intent.backfills[At(ObjectKind::Column, "u", "c")] = Sql("'y'");
  const Diff diff = *Compare(from, to, intent);
  EXPECT_EQ(Words(diff), (List{"rename table \"t\" to u", "rename column \"a\" of table \"u\" to b",
                               "remove gone", "add c"}));
  EXPECT_EQ(std::get<DropColumn>(diff.changes[2]).restore->text, "'x'");
  EXPECT_EQ(std::get<AddColumn>(diff.changes[3]).backfill->text, "'y'");
  ExpectBothWays(from, to, diff);
}

TEST(Compare, RefusesIntentsThatDoNotFit) {
  const Catalog from = With({MakeTable("a", {}), MakeTable("b", {})});
  const auto message = [&](std::vector<Rename> renames, const Catalog& to) {
    Intent intent;
    intent.renames = std::move(renames);
    auto diff = Compare(from, to, intent);
    return diff ? std::string("fine") : diff.error().message;
  };
  const ObjectAddress a = At(ObjectKind::Table, "a");
  const ObjectAddress b = At(ObjectKind::Table, "b");
  const ObjectAddress c = At(ObjectKind::Table, "c");
  EXPECT_EQ(message({{a, b}, {b, a}}, from), "the renames form a cycle: table \"a\" to table \"b\" and back");
  EXPECT_EQ(message({{c, a}}, from), "there is no table \"c\" to rename");
  EXPECT_EQ(message({{a, c}}, from), "there is no table \"c\" to rename to");
  const Catalog to = With({MakeTable("c", {})});
  EXPECT_EQ(message({{a, c}, {b, c}}, to), "two renames lead to table \"c\"");
}

TEST(Compare, ATableThatBecomesAViewGivesUpItsParts) {
  Trigger trigger;
  trigger.table = {"public", "t"};
  trigger.name = "g";
  trigger.definition = Sql("INSTEAD OF INSERT");
  View view;
  view.name = {"public", "t"};
  view.query = Sql("SELECT 1");
  const Catalog from = With({MakeTable("t", {}), trigger});
  const Catalog to = With({view, trigger});
  const Diff diff = *Compare(from, to, {});
  EXPECT_EQ(Words(diff), (List{"drop trigger \"g\" of table \"t\"", "drop table \"t\"", "create view \"t\"",
                               "create trigger \"g\" of table \"t\""}));
  ExpectBothWays(from, to, diff);
}

TEST(Compare, LabelsAndDataStepsTravelWithTheChanges) {
  Enum before;
  before.name = {"public", "status"};
  before.labels = {"new", "old"};
  Enum after = before;
  after.labels = {"fresh", "old"};
  Intent intent;
  intent.renames = {{At(ObjectKind::Enum, "status", "new"), At(ObjectKind::Enum, "status", "fresh")}};
  DataStep step;
  step.title = "move";
  intent.data_steps = {step};
  const Diff diff = *Compare(With({before}), With({after}), intent);
  ASSERT_EQ(diff.changes.size(), 2U);
  EXPECT_EQ(std::get<RenameObject>(diff.changes[0]).to, At(ObjectKind::Enum, "status", "fresh"));
  const Diff inverse = Invert(diff);
  EXPECT_TRUE(std::get<ChangeData>(inverse.changes[0]).inverted);
  EXPECT_EQ(std::get<RenameObject>(inverse.changes[1]).to, At(ObjectKind::Enum, "status", "new"));
}

TEST(Apply, NamesWhatDoesNotFit) {
  const Catalog catalog = With({MakeTable("t", {MakeColumn("a")})});
  const auto message = [&](Change change) {
    auto done = Apply(catalog, {{std::move(change)}});
    return done ? std::string("fine") : done.error().message;
  };
  EXPECT_EQ(message(CreateObject{MakeTable("t", {}), false}),
            "the change does not fit: table \"t\" already exists");
  EXPECT_EQ(message(DropObject{MakeTable("x", {}), false}),
            "the change does not fit: there is no table \"x\"");
  EXPECT_EQ(message(AddColumn{{"public", "t"}, MakeColumn("a"), {}}),
            "the change does not fit: column \"a\" of table \"t\" already exists");
  EXPECT_EQ(message(DropColumn{{"public", "t"}, MakeColumn("b"), {}}),
            "the change does not fit: there is no column \"b\" of table \"t\"");
}

TEST(LikelyRenames, AsksAboutWhatLooksLikeOne) {
  const Catalog from = With({MakeTable("users", {MakeColumn("id"), MakeColumn("name"), MakeColumn("mail")}),
                             MakeTable("t", {MakeColumn("phone_number"), MakeColumn("n", "integer")})});
  const Catalog to =
      With({MakeTable("people", {MakeColumn("id"), MakeColumn("name"), MakeColumn("email")}),
            MakeTable("logs", {MakeColumn("line")}),
            MakeTable("t", {MakeColumn("note"), MakeColumn("phone"), MakeColumn("d", "date")})});
  const std::vector<Rename> likely = LikelyRenames(*Compare(from, to, {}));
  ASSERT_EQ(likely.size(), 2U);
  EXPECT_EQ(likely[0].from, At(ObjectKind::Table, "users"));
  EXPECT_EQ(likely[0].to, At(ObjectKind::Table, "people"));
  EXPECT_EQ(likely[1].from, At(ObjectKind::Column, "t", "phone_number"));
  EXPECT_EQ(likely[1].to, At(ObjectKind::Column, "t", "phone"));
}

TEST(LikelyRenames, LabelsInTheSamePlace) {
  Enum before;
  before.name = {"public", "e"};
  before.labels = {"a", "b", "c"};
  Enum after = before;
  after.labels = {"a", "x", "c"};
  const std::vector<Rename> likely = LikelyRenames(*Compare(With({before}), With({after}), {}));
  ASSERT_EQ(likely.size(), 1U);
  EXPECT_EQ(Describe(likely[0].from), "label \"b\" of enum \"e\"");
  EXPECT_EQ(likely[0].to.member, "x");
}

}  // namespace
}  // namespace schemac::schema
