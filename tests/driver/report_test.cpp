// Revisions as Markdown and schemas as diagrams.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/driver/fake_world.h"

namespace schemac {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(MarkdownTest, TellsChangesLocksAndLoss) {
  FakeWorld world;
  world.Project("table t { id bigint primary key; a text; \"b`|c\" text; }\n");
  ASSERT_EQ(world.Run({"diff", "-m", "first"}).exit_code, 0);
  world.files.texts["migrations/0002_x.mdiff"] =
      "revision 0002_x;\nrevises 0001_first;\nmessage \"Less of <b> & *c*\";\n\nalter table t {\n  drop "
      "column a;\n"
      "  add index t_b (\"b`|c\");\n}\n\nallow drop-column;\n";
  ASSERT_EQ(world.Run({"compile"}).exit_code, 0);
  const Outcome shown = world.Run({"show", "head", "--format", "markdown"});
  ASSERT_EQ(shown.exit_code, 0) << shown.err;
  EXPECT_THAT(shown.out, AllOf(HasSubstr("## `0002_x`: Less of \\<b\\> \\& \\*c\\*\n\nFrom `0001_first`.\n"),
                               HasSubstr("### Changes\n\n- drop column `t.a`\n- create index `t.t_b`\n"),
                               HasSubstr("| `t` | ACCESS EXCLUSIVE |  | `ALTER TABLE t DROP COLUMN a` |\n"),
                               HasSubstr("- **loses data**: `column \"a\" of table \"t\"` (drop-column)\n"),
                               HasSubstr("<details><summary>Upgrade</summary>\n\n```sql\n-- 0002_x")));
  EXPECT_THAT(shown.out, HasSubstr("\n```\n\n</details>\n"));
}

TEST(ErdTest, DrawsTablesAndKeys) {
  FakeWorld world;
  world.Project(
      "schema app;\n"
      "table people { id bigint primary key; mail varchar(40) not null unique; \"odd \"\"name\" text; }\n"
      "table orders { id bigint primary key; buyer bigint not null references people; gift bigint unique "
      "references people; }\n"
      "table logs partition by range (at) { at date not null; }\n"
      "table logs_rest partition of logs default;\n");
  EXPECT_EQ(world.Run({"erd"}).out,
            "erDiagram\n"
            "  \"app.logs\" {\n"
            "    date at \"not null\"\n"
            "  }\n"
            "  \"app.orders\" {\n"
            "    bigint id PK\n"
            "    bigint buyer FK \"not null\"\n"
            "    bigint gift FK, UK\n"
            "  }\n"
            "  \"app.people\" {\n"
            "    bigint id PK\n"
            "    character_varying(40) mail UK \"not null\"\n"
            "    text odd__name \"odd 'name\"\n"
            "  }\n"
            "  \"app.orders\" }o--|| \"app.people\" : \"buyer\"\n"
            "  \"app.orders\" |o--o| \"app.people\" : \"gift\"\n");
  const Outcome dot = world.Run({"erd", "--format", "dot", "--out", "app.dot"});
  EXPECT_EQ(dot.out, "wrote app.dot\n");
  EXPECT_THAT(
      world.files.texts["app.dot"],
      AllOf(
          HasSubstr(
              "\"app.orders\" -> \"app.people\" [label=\"buyer\", arrowtail=crowodot, arrowhead=teetee];\n"),
          HasSubstr("<td align=\"left\">odd &quot;name</td>"),
          HasSubstr("<td align=\"left\"><b><u>id</u></b></td><td align=\"left\">bigint</td>")));
  const Outcome svg = world.Run({"erd", "--format", "svg"});
  EXPECT_EQ(svg.exit_code, 0) << svg.err;
  EXPECT_THAT(svg.out, AllOf(HasSubstr("<svg "), HasSubstr(">app.orders</text>"), HasSubstr("</svg>")));
}

}  // namespace
}  // namespace schemac
