// Model diffs.
#include <gtest/gtest.h>

#include "tests/parse/parsed.h"

namespace schemac {
namespace {

const std::string kHeader = "revision 0002_Next;\nrevises 0001_initial, \"odd-id\";\nmessage 'It''s';\n";

TEST(ParseModelDiff, Header) {
  const Parsed parsed(kHeader);
  EXPECT_EQ(parsed.Messages(), "");
  const ast::Revision& revision = *parsed.file().revision;
  EXPECT_EQ(revision.id.text, "0002_Next");
  ASSERT_EQ(revision.revises.size(), 2U);
  EXPECT_EQ(revision.revises[1].text, "odd-id");
  EXPECT_EQ(revision.message->text, "It's");
  EXPECT_EQ(Parsed("revision d6d022bcff3b;").file().revision->id.text, "d6d022bcff3b");
  EXPECT_EQ(Parsed("revision 2e5;").file().revision->id.text, "2e5");
}

TEST(ParseModelDiff, AddDropRenameReplace) {
  const Parsed parsed(kHeader +
                      "schema app;\n"
                      "--- Doc.\nadd table t { a int; }\n"
                      "replace view v as select 1;\n"
                      "drop function s.f(integer, text);\n"
                      "drop index concurrently i on t;\n"
                      "drop column c on t restore 'x';\n"
                      "drop raw \"odd one\";\n"
                      "rename materialized view a.b to c;\n"
                      "rename constraint x on t to y;\n"
                      "grant select on t to app;\n"
                      "alter default privileges grant select on tables to app;\n"
                      "add seed t key (a) { { a: 1 }; }\n"
                      "drop seed t key (a) { { a: 1 }; }\n"
                      "replace seed t key (a) { { a: 1 }; }\n");
  EXPECT_EQ(parsed.Messages(), "");
  ASSERT_EQ(parsed.file().changes.size(), 14U);
  EXPECT_EQ(std::get<ast::Table>(parsed.Change<ast::AddItem>(1).item).comment, "Doc.");
  const auto& function = parsed.Change<ast::DropItem>(3);
  EXPECT_EQ(function.target.kind.text, "function");
  EXPECT_EQ(parsed.Text(*function.target.arguments), "integer, text");
  const auto& index = parsed.Change<ast::DropItem>(4);
  EXPECT_TRUE(index.concurrently);
  EXPECT_EQ(index.target.name.name.text, "i");
  EXPECT_EQ(index.target.table->name.text, "t");
  EXPECT_EQ(parsed.Text(*parsed.Change<ast::DropItem>(5).restore), "'x'");
  EXPECT_EQ(parsed.Change<ast::DropItem>(6).target.name.name.text, "odd one");
  EXPECT_EQ(parsed.Change<ast::RenameItem>(7).target.kind.text, "materialized view");
  EXPECT_EQ(parsed.Change<ast::RenameItem>(8).to.name.text, "y");
  EXPECT_TRUE(std::holds_alternative<ast::Grant>(parsed.Change<ast::AddItem>(9).item));
  EXPECT_EQ(parsed.Change<ast::SeedChange>(12).kind, ast::SeedChange::Kind::Drop);
  EXPECT_EQ(parsed.Change<ast::SeedChange>(13).kind, ast::SeedChange::Kind::Replace);
}

TEST(ParseModelDiff, AlterTable) {
  const Parsed parsed(
      kHeader +
      "alter table s.t {\n"
      "  --- New.\n  add column a int not null backfill 0;\n"
      "  add b int;\n"
      "  add check c (a > 0);\n"
      "  replace index i (a);\n"
      "  add row level security;\n"
      "  alter column d type numeric(10, 2) collate \"C\" using d::numeric down using d::text;\n"
      "  alter column d set default {\"a\": 1};\n"
      "  alter column d drop default;\n"
      "  alter column d set not null backfill (select 1);\n"
      "  alter column d drop not null;\n"
      "  alter column d set storage external;\n"
      "  alter column d add generated always as identity (start 5);\n"
      "  alter column d drop identity;\n"
      "  drop column e restore 0;\n"
      "  rename column f to \"G\";\n"
      "  comment on column f 'text';\n"
      "  comment null;\n"
      "  grant select to app;\n"
      "  set unlogged ;\n"
      "  set (fillfactor = 70);\n"
      "  disable trigger x;\n"
      "}\nalter materialized view v { add index (a); }");
  EXPECT_EQ(parsed.Messages(), "");
  const auto& alter = parsed.Change<ast::AlterTable>(0);
  EXPECT_EQ(alter.kind.text, "table");
  ASSERT_EQ(alter.actions.size(), 21U);
  const auto& added = std::get<ast::AddMember>(alter.actions[0]);
  EXPECT_EQ(std::get<ast::Column>(added.member).comment, "New.");
  EXPECT_TRUE(std::holds_alternative<ast::Column>(std::get<ast::AddMember>(alter.actions[1]).member));
  EXPECT_TRUE(std::get<ast::AddMember>(alter.actions[3]).replace);
  const auto action = [&](std::size_t index) {
    return std::get<ast::AlterColumn>(alter.actions.at(index)).action;
  };
  const auto type = std::get<ast::AlterColumn::SetType>(action(5));
  EXPECT_EQ(parsed.Text(type.type), "numeric(10, 2)");
  EXPECT_EQ(parsed.Text(*type.using_expression), "d::numeric");
  EXPECT_EQ(parsed.Text(*type.down_using), "d::text");
  EXPECT_TRUE(std::get<ast::AlterColumn::SetDefault>(action(6)).value);
  EXPECT_FALSE(std::get<ast::AlterColumn::SetDefault>(action(7)).value);
  EXPECT_TRUE(std::get<ast::AlterColumn::SetNotNull>(action(8)).backfill);
  EXPECT_FALSE(std::get<ast::AlterColumn::SetNotNull>(action(9)).not_null);
  EXPECT_EQ(parsed.Text(std::get<ast::AlterColumn::Other>(action(10)).text), "set storage external");
  EXPECT_EQ(parsed.Text(std::get<ast::AlterColumn::Other>(action(12)).text), "drop identity");
  EXPECT_EQ(parsed.Text(*std::get<ast::DropItem>(alter.actions[13]).restore), "0");
  EXPECT_EQ(std::get<ast::RenameItem>(alter.actions[14]).to.name.text, "G");
  EXPECT_EQ(std::get<ast::SetComment>(alter.actions[15]).text->text, "text");
  EXPECT_FALSE(std::get<ast::SetComment>(alter.actions[16]).text);
  EXPECT_EQ(parsed.Text(std::get<ast::AlterAction>(alter.actions[18]).text), "set unlogged");
  EXPECT_EQ(parsed.Text(std::get<ast::AlterAction>(alter.actions[19]).text), "set (fillfactor = 70)");
  EXPECT_EQ(parsed.Change<ast::AlterTable>(1).kind.text, "materialized view");
}

TEST(ParseModelDiff, EnumsObjectsAndData) {
  const Parsed parsed(
      kHeader +
      "alter enum e { add a; add 'b c' before a; add value d after a; rename a to B; drop a;\n"
      "  drop value b map to 'x'; order (a, b, 'c'); comment 'z'; }\n"
      "alter sequence s { increment by 5; owned by t.a; comment null; }\n"
      "alter function f(integer) { stable; }\n"
      "backfill s.t set a = ';' where b in (1, 2);\n"
      "sql \"title\" { up $$ update t set a = 1; $$ }\n"
      "sql 'two' { up 'x'; down 'y'; }\n"
      "allow drop-table, drop-column, all;\n");
  EXPECT_EQ(parsed.Messages(), "");
  const auto& alter = parsed.Change<ast::AlterEnum>(0);
  ASSERT_EQ(alter.actions.size(), 8U);
  EXPECT_EQ(std::get<ast::AlterEnum::Add>(alter.actions[1]).before->text, "a");
  EXPECT_EQ(std::get<ast::AlterEnum::Add>(alter.actions[2]).label.text, "d");
  EXPECT_EQ(std::get<ast::AlterEnum::RenameLabel>(alter.actions[3]).to.text, "B");
  EXPECT_FALSE(std::get<ast::AlterEnum::DropLabel>(alter.actions[4]).map_to);
  EXPECT_EQ(std::get<ast::AlterEnum::DropLabel>(alter.actions[5]).map_to->text, "x");
  EXPECT_EQ(std::get<ast::AlterEnum::Reorder>(alter.actions[6]).labels.size(), 3U);
  const auto& sequence = parsed.Change<ast::AlterObject>(1);
  EXPECT_EQ(sequence.target.kind.text, "sequence");
  EXPECT_EQ(parsed.Text(std::get<ast::AlterAction>(sequence.actions[0]).text), "increment by 5");
  EXPECT_EQ(parsed.Text(*parsed.Change<ast::AlterObject>(2).target.arguments), "integer");
  EXPECT_EQ(parsed.Text(parsed.Change<ast::Backfill>(3).text), "s.t set a = ';' where b in (1, 2)");
  EXPECT_FALSE(parsed.Change<ast::SqlBlock>(4).down);
  EXPECT_EQ(parsed.Change<ast::SqlBlock>(5).down->text, "y");
  const auto& hazards = parsed.Change<ast::Allow>(6).hazards;
  ASSERT_EQ(hazards.size(), 3U);
  EXPECT_EQ(hazards[0].text, "drop-table");
}

}  // namespace
}  // namespace schemac
