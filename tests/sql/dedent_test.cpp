#include "compiler/sql/dedent.h"

#include <gtest/gtest.h>

namespace schemac::sql {
namespace {

TEST(Dedent, TakesTheCommonIndentationAway) {
  EXPECT_EQ(Dedented("\n    UPDATE t\n      SET a = 1;\n\n    -- Why.\n    DELETE FROM u;\n  "),
            "UPDATE t\n  SET a = 1;\n\n-- Why.\nDELETE FROM u;");
  EXPECT_EQ(Dedented("UPDATE t\n      SET a = 1\n    WHERE b;"), "UPDATE t\n  SET a = 1\nWHERE b;");
  EXPECT_EQ(Dedented(" select 1 "), "select 1");
  EXPECT_EQ(Dedented(" \n\t"), "");
}

TEST(Dedent, LeavesStringsAsTheyAre) {
  EXPECT_EQ(Dedented("\n    UPDATE t SET a = 'x\n    y'\n    WHERE b;"),
            "UPDATE t SET a = 'x\n    y'\nWHERE b;");
  EXPECT_EQ(Dedented("\n    DO $x$\n    BEGIN\n    END\n    $x$;\n    SELECT 'a';"),
            "DO $x$\n    BEGIN\n    END\n    $x$;\nSELECT 'a';");
  EXPECT_EQ(Dedented("\n    SELECT \"a\n  b\";"), "SELECT \"a\n  b\";");
}

TEST(Dedent, LinesLessIndentedThanTheFirst) {
  EXPECT_EQ(Dedented("\n      SELECT 1,\n    2;"), "  SELECT 1,\n2;");
}

}  // namespace
}  // namespace schemac::sql
