// Every kind of diagnostic is provoked by the smallest source that does so, and says what it should, where it
// should.
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/driver/prove.h"
#include "compiler/sql/interpret.h"
#include "tests/driver/fake_world.h"

namespace schemac {
namespace {

struct Provoked {
  std::string kind;  // As printed in brackets.
  std::map<std::string, std::string> files;
  std::vector<std::string> arguments;
  std::string message;  // All that is printed.
};

const std::vector<std::string> kRead = {"diff", "--from", "empty", "--to", "a.schema"};
const std::vector<std::string> kCompare = {"diff", "--from", "a.schema", "--to", "b.schema"};

std::vector<Provoked> AllProvoked() {
  return {
      {"syntax-error",
       {{"a.schema", "table t { a int }\n"}},
       kRead,
       R"(a.schema:1:17: error: expected ";" after "int", found "}" [syntax-error]
    table t { a int }
                    ^
)"},
      {"invalid-utf8",
       {{"a.schema", "table t { a\xFF int; }\n"}},
       kRead,
       R"(a.schema:1:12: error: byte 0xFF is not valid UTF-8 here [invalid-utf8]
    table t { a? int; }
               ^
)"},
      {"sql-syntax",
       {{"a.schema", "table t { a int default (1 +); }\n"}},
       kRead,
       R"x(a.schema:1:29: error: syntax error at or near ")" [sql-syntax]
    table t { a int default (1 +); }
                                ^
)x"},
      {"invalid-json",
       {{"a.schema", "table t { a jsonb default [1,]; }\n"}},
       kRead,
       R"(a.schema:1:30: error: not valid JSON: syntax error while parsing value - unexpected ']'; expected '[', '{', or a literal [invalid-json]
    table t { a jsonb default [1,]; }
                                 ^
)"},
      {"duplicate-name",
       {{"a.schema", "table t { a int; }\ntable t { b int; }\n"}},
       kRead,
       R"(a.schema:2:7: error: table "t" is declared twice [duplicate-name]
    table t { b int; }
          ^
a.schema:1:7: note: first declared here
)"},
      {"unknown-name",
       {{"a.schema", "table t { a int references nowhere; }\n"}},
       kRead,
       R"(a.schema:1:28: error: no table "nowhere" [unknown-name]
    table t { a int references nowhere; }
                               ^~~~~~~
)"},
      {"unknown-column",
       {{"a.schema", "table t {\n  amount int;\n  index (amuont);\n}\n"}},
       kRead,
       R"(a.schema:3:10: error: no column "amuont" in table "t" [unknown-column]
      index (amuont);
             ^~~~~~ write amount
a.schema:1:7: note: table declared here
)"},
      {"unknown-type",
       {{"a.schema", "table t { a nothing; }\n"}},
       kRead,
       R"(a.schema:1:13: error: no type "nothing" [unknown-type]
    table t { a nothing; }
                ^~~~~~~
)"},
      {"mixin-conflict",
       {{"a.schema", "mixin m { a int; }\ntable t with m { a text; }\n"}},
       kRead,
       R"(a.schema:1:11: error: column "a" stands twice in table "t", once by mixin "m" [mixin-conflict]
    mixin m { a int; }
              ^
a.schema:2:18: note: first declared here
a.schema:2:7: note: in this table
)"},
      {"invalid-definition",
       {{"a.schema", "table t { a int; }\nseed t { { a: 1 }; }\n"}},
       kRead,
       R"(a.schema:2:6: error: table "t" has no primary key, so its seed must say what identifies a row [invalid-definition]
    seed t { { a: 1 }; }
         ^ write key (…) after the table
)"},
      {"unsupported",
       {{"a.sql", "create table t (a int);\ncreate subscription s connection 'x' publication p;\n"}},
       {"diff", "--from", "empty", "--to", "a.sql"},
       R"(a.sql:2:1: error: this statement is not supported [unsupported]
    create subscription s connection 'x' publication p;
    ^~~~~~
)"},
      {"name-too-long",
       {{"a.schema", "table t { " + std::string(64, 'x') + " int; }\n"}},
       kRead,
       "a.schema:1:11: error: name \"" + std::string(64, 'x') +
           "\" has 64 bytes, PostgreSQL keeps 63 [name-too-long]\n    table t { " + std::string(64, 'x') +
           " int; }\n              ^" + std::string(63, '~') + " write " + std::string(63, 'x') + "\n"},
      {"ambiguous-rename",
       {{"a.schema", "table t { a int; }\n"}, {"b.schema", "table t { b int; }\n"}},
       kCompare,
       R"(schemac: error: column "a" of table "t" is gone and column "b" of table "t" is new: was it renamed? [ambiguous-rename]
    --rename t.a=b, "was a" in the model, or --no-rename
)"},
      {"data-loss",
       {{"a.schema", "table t { a int; b int; }\n"}, {"b.schema", "table t { a int; }\n"}},
       kCompare,
       R"(schemac: error: dropping column "b" of table "t" loses its values; --allow drop-column allows it [data-loss]
)"},
      {"required-column",
       {{"a.schema", "table t { a int; }\n"}, {"b.schema", "table t { a int; b int not null; }\n"}},
       kCompare,
       R"(schemac: error: new column "b" of table "t" is NOT NULL, and rows that exist have no value for it: give it a default, or `backfill` in the model, or --backfill t.b=EXPRESSION, or --allow required-column if the table is empty [required-column]
)"},
      {"no-conversion",
       {{"a.schema", "table t { a int; }\n"}, {"b.schema", "table t { a int[]; }\n"}},
       kCompare,
       R"(schemac: error: column "a" of table "t" changes from integer to integer[], and PostgreSQL has no conversion between them [no-conversion]
    say how the rows are converted: using (…); or --allow convert-type if the table is empty
schemac: error: column "a" of table "t" changes from integer[] to integer, and PostgreSQL has no conversion between them [no-conversion]
    say how the rows are converted: using (…); or --allow convert-type if the table is empty
)"},
      {"cannot-plan",
       {{"a.schema", "table t partition by list (a) { a int; }\n"},
        {"b.schema", "table t partition by list (a) { a text; }\n"}},
       kCompare,
       R"(schemac: error: the type of column "a" of table "t" changes, but it is part of the partition key [cannot-plan]
)"},
      {"history",
       {{"schemac.toml", ""}, {"migrations/0002_b.mdiff", "revision 0002_b;\nrevises 0001_a;\n"}},
       {"history"},
       R"(migrations/0002_b.mdiff:2:9: error: no revision "0001_a" [history]
    revises 0001_a;
            ^~~~~~
)"},
      {"configuration",
       {{"schemac.toml", "modell = \"x\"\n"}},
       {"history"},
       R"(schemac.toml:1:1: error: no setting "modell" [configuration]
    modell = "x"
    ^ did you mean "model"?
)"},
      {"io", {}, kRead, "schemac: error: no file or folder \"a.schema\" [io]\n"},
      {"usage",
       {},
       {"dif"},
       R"(schemac: error: no command "dif" [usage]
    did you mean "diff"?
)"},
  };
}

TEST(DiagnosticsTest, SayWhatIsWrongAndWhere) {
  for (const Provoked& provoked : AllProvoked()) {
    SCOPED_TRACE(provoked.kind);
    FakeWorld world;
    world.files.texts = provoked.files;
    const Outcome outcome = world.Run(provoked.arguments);
    EXPECT_EQ(outcome.exit_code, kExitError);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, provoked.message);
    EXPECT_THAT(outcome.err, ::testing::HasSubstr("[" + provoked.kind + "]"));
  }
}

// Only a mistake of our own fails the proof; here, a plan that does not belong to the states.
TEST(DiagnosticsTest, AWrongScriptDoesNotPassItsProof) {
  FakeWorld world;
  Environment environment{world.files, std::cin, std::cout, std::cerr};
  Context context(environment);
  const schema::Catalog empty = schema::Catalog::Empty();
  schema::Catalog table = empty;
  ASSERT_TRUE(sql::InterpretStatements("create table t (a int)", table, {}).ok());
  schema::Catalog other = empty;
  ASSERT_TRUE(sql::InterpretStatements("create table t (a bigint)", other, {}).ok());
  const std::optional<Migration> migration = MakeMigration(empty, other, schema::Intent{}, {}, context.sink);
  ASSERT_TRUE(migration);
  EXPECT_FALSE(Prove(context, empty, table, *migration));
  ASSERT_FALSE(context.sink.diagnostics().empty());
  EXPECT_EQ(context.sink.diagnostics().front().kind, DiagnosticKind::ProofFailed);
  EXPECT_THAT(context.sink.diagnostics().front().message,
              ::testing::HasSubstr("the upgrade does not lead to the state it should"));
}

TEST(DiagnosticsTest, EveryKindIsProvoked) {
  std::set<std::string> provoked{"proof-failed"};  // By the test above.
  for (const Provoked& one : AllProvoked()) EXPECT_TRUE(provoked.insert(one.kind).second) << one.kind;
  const std::set<std::string> known = {
#define X(name, id) id,
#include "compiler/support/diagnostics.def"
#undef X
  };
  EXPECT_EQ(provoked, known);
}

}  // namespace
}  // namespace schemac
