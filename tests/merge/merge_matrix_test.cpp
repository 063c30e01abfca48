// Every kind of change on one branch with every kind on the other: what `merge` takes, PostgreSQL takes in
// either order, with the same outcome; what it refuses, PostgreSQL refuses, or makes two different things of.
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/postgres/process.h"
#include "tests/postgres/server.h"

namespace schemac::testing {
namespace {

constexpr const char* kBase = R"(
enum state { open, closed }
domain amount as integer;
sequence numbers;
table t {
  id    bigint primary key;
  a     integer default 0;
  b     text;
  c     integer;
  state state default 'open';
  check a_known (a >= 0);
  index t_b (b);
  trigger touch before update for each row execute function touched();
}
table u {
  id   bigint primary key;
  t_id bigint;
}
function touched() returns trigger language plpgsql as $$ begin return new; end $$;
function f(n integer) returns integer language sql immutable as 'select n + 1';
view v as select id, b from t;
)";

struct Kind {
  const char* name;
  const char* changes;
};

const std::vector<Kind> kKinds = {
    {"add column", "alter table t { add column x text; }"},
    {"add column of enum", "alter table t { add column y state default 'open'; }"},
    {"drop column a", "alter table t { drop constraint a_known; drop column a; }\nallow drop-column;"},
    {"drop column c", "alter table t { drop column c; }\nallow drop-column;"},
    {"rename column b", "alter table t { rename column b to bb; }"},
    {"type of a", "alter table t { alter column a type bigint; }"},
    {"type of b", "alter table t { alter column b type varchar(40); }\nallow narrow-type;"},
    {"default of a", "alter table t { alter column a set default 1; }"},
    {"default of a, again", "alter table t { alter column a set default 2; }"},
    {"not null", "alter table t { alter column c set not null backfill 0; }"},
    {"add check", "alter table t { add check c_known (c > 0); }"},
    {"drop check", "alter table t { drop constraint a_known; }"},
    {"add unique", "alter table t { add unique t_c (c); }"},
    {"add index", "alter table t { add index t_c_index (c); }"},
    {"drop index", "alter table t { drop index t_b; }"},
    {"add foreign key", "alter table u { add foreign key u_t (t_id) references t; }"},
    {"add trigger",
     "alter table t { add trigger more after insert for each row execute function touched(); }"},
    {"drop trigger", "alter table t { drop trigger touch; }"},
    {"row security",
     "alter table t { add row level security; add policy own for select to public using (c > 0); }"},
    {"comment", "alter table t { comment 'Things.'; }"},
    {"add table", "add table w {\n  id bigint primary key;\n  t_id bigint references t;\n  state state;\n}"},
    {"drop table u", "drop table u;\nallow drop-table;"},
    {"rename table t", "rename table t to things;"},
    {"replace view", "replace view v as select id, b, state from t;"},
    {"drop view", "drop view v;"},
    {"add view of c", "add view vc as select id, c from t where f(c) > 1;"},
    {"replace function",
     "replace function f(n integer) returns integer language sql immutable as 'select n + 2';"},
    {"drop function", "drop function f(integer);"},
    {"rename function", "rename function f(integer) to g;"},
    {"add label", "alter enum state { add waiting; }"},
    {"add another label", "alter enum state { add held after open; }"},
    {"rename label", "alter enum state { rename open to begun; }"},
    {"drop label", "alter enum state { drop closed map to open; }\nallow drop-label;"},
    {"sequence", "alter sequence numbers { increment by 5; }"},
    {"drop domain", "drop domain amount;"},
    {"column of domain", "alter table u { add column total amount; }"},
    {"seed", "add seed u key (id) {\n  { id: 1, t_id: null };\n}"},
};

class MergeMatrix : public ::testing::Test {
 protected:
  void SetUp() override {
    if (Server::Shared() == nullptr) GTEST_SKIP() << "PostgreSQL is not installed";
    static_cast<void>(folder_.Write("schemac.toml", ""));
    static_cast<void>(folder_.Write("schema/app.schema", kBase));
    ASSERT_EQ(Schemac({"diff", "-m", "first"}).exit_code, 0);
    base_ = Schemac({"upgrade", "--sql"}).out;
  }
  [[nodiscard]] ProcessResult Schemac(std::vector<std::string> words) const {
    words.insert(words.begin(), {SCHEMAC_PROGRAM, "-C", folder_.path()});
    return RunProcess(words);
  }
  // The scripts of one change, alone on the base; "" when it is no change on its own.
  std::string Script(const std::string& id, const Kind& kind) {
    static_cast<void>(folder_.Write("migrations/" + id + ".mdiff",
                                    "revision " + id + ";\nrevises 0001_first;\n" + kind.changes + "\n"));
    const ProcessResult compiled = Schemac({"compile", "--force", id});
    EXPECT_EQ(compiled.exit_code, 0) << kind.name << "\n" << compiled.err;
    return Schemac({"show", id, "--sql"}).out;
  }
  // What PostgreSQL makes of the scripts one after the other: the difference to `wanted`, which is taken from
  // the first that runs; or the error.
  std::string Run(const std::vector<std::string>& scripts, std::unique_ptr<Snapshot>& wanted) {
    const auto database = Server::Shared()->CreateDatabase();
    EXPECT_EQ(database->Run(base_), "");
    for (const std::string& script : scripts) {
      std::string error = database->Run(script);
      if (!error.empty()) return error;
    }
    const Snapshot snapshot = database->TakeSnapshot();
    if (wanted == nullptr) {
      wanted = std::make_unique<Snapshot>(snapshot);
      return "";
    }
    return Difference(*wanted, snapshot);
  }

  TemporaryFolder folder_;
  std::string base_;
};

// All pairs take half an hour: one in this many is tried, SCHEMAC_MERGE_STEP=1 tries all. It shares no
// divisor with the number of kinds, so that each of them has its turn.
std::size_t Step() {
  const char* text = std::getenv("SCHEMAC_MERGE_STEP");
  return text == nullptr ? 11 : std::strtoul(text, nullptr, 10);
}

TEST_F(MergeMatrix, AgreesWithPostgres) {
  const bool ask_about_care = std::getenv("SCHEMAC_MERGE_CARE") != nullptr;
  const std::size_t step = Step();
  ASSERT_GT(step, 0U);
  std::size_t merged = 0;
  std::size_t tried = 0;
  std::size_t number = 0;
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    const std::string left = Script("0002_l", kKinds[i]);
    for (std::size_t j = i; j < kKinds.size(); ++j) {
      if (number++ % step != 0) continue;
      ++tried;
      const std::string names = std::string(kKinds[i].name) + " / " + kKinds[j].name;
      SCOPED_TRACE(names);
      const std::string right = Script("0002_r", kKinds[j]);
      const ProcessResult merge = Schemac({"merge", "--id", "0003_m"});
      std::unique_ptr<Snapshot> wanted;
      if (merge.exit_code == 0) {
        const std::string both = Schemac({"show", "0003_m", "--sql"}).out;
        EXPECT_EQ(Run({left, right, both}, wanted), "");
        EXPECT_EQ(Run({right, left, both}, wanted), "");
        ++merged;
        for (const char* suffix : {".mdiff", ".up.sql", ".down.sql"})
          std::filesystem::remove(folder_.path() + "/migrations/0003_m" + suffix);
        continue;
      }
      EXPECT_EQ(merge.exit_code, 1);
      EXPECT_NE(merge.err.find("error: "), std::string::npos);
      if (ask_about_care && Run({left, right}, wanted).empty() && Run({right, left}, wanted).empty())
        std::cout << names << ": " << merge.err << "\n";
    }
  }
  // Fewer would be too careful to be of use.
  EXPECT_GE(merged, tried / 2);
}

}  // namespace
}  // namespace schemac::testing
