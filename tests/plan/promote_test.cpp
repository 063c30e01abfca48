// Unique indexes whose place a key takes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plan/planned.h"

namespace schemac::plan {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* kIndexed =
    "create table t (a int not null, b int); create unique index t_a on t (a);"
    "create table s (a int references t (a));";

TEST(Promote, TheIndexBecomesThatOfTheKeyAndForeignKeysStay) {
  const Planned planned = PlanOf(kIndexed,
                                 "create table t (a int not null constraint t_key unique, b int);"
                                 "create table s (a int references t (a));");
  EXPECT_THAT(planned.errors, IsEmpty());
  EXPECT_THAT(planned.lines, ElementsAre("t: add constraint t_key using t_a"));
  EXPECT_FALSE(planned.plan.batches[0].steps[0].facts.builds_index);
}

TEST(Promote, APrimaryKeyOfColumnsThatHoldNoNull) {
  EXPECT_THAT(PlanOf(kIndexed,
                     "create table t (a int not null constraint t_pkey primary key, b int);"
                     "create table s (a int references t (a));")
                  .lines,
              ElementsAre("t: add constraint t_pkey using t_a"));
}

TEST(Promote, NotWhereTheServerWouldReadRowsOrRefuses) {
  // A primary key over a column that may hold NULL; another order of columns; a partial index.
  for (const char* from :
       {"create table t (a int, b int not null); create unique index t_a on t (a, b);",
        "create table t (a int not null, b int not null); create unique index t_a on t (b, a);",
        "create table t (a int not null, b int not null); create unique index t_a on t (a, b) where a > "
        "0;"}) {
    const Planned planned = PlanOf(
        from, "create table t (a int not null, b int not null, constraint t_pkey primary key (a, b));");
    EXPECT_THAT(planned.errors, IsEmpty()) << from;
    EXPECT_THAT(planned.lines, ::testing::Contains("t: add constraint t_pkey")) << from;
  }
}

}  // namespace
}  // namespace schemac::plan
