#include "compiler/sql/checksum.h"

#include <gtest/gtest.h>

namespace schemac::sql {
namespace {

TEST(Checksum, CommentsBlanksAndCaseDoNotCount) {
  EXPECT_EQ(ChecksumOf("SELECT 1,  2 -- three\n , 3;"), ChecksumOf("select 1, 2\n/* x */ , 3"));
  EXPECT_EQ(ChecksumOf("create table T (a int);\n\n-- b\ncreate table u ();"),
            ChecksumOf("CREATE TABLE t (a int); CREATE TABLE u ();"));
  EXPECT_EQ(ChecksumOf("").size(), 16U);
}

TEST(Checksum, EverythingElseCounts) {
  EXPECT_NE(ChecksumOf("SELECT 'a  b'"), ChecksumOf("SELECT 'a b'"));
  EXPECT_NE(ChecksumOf("SELECT $$a  b$$"), ChecksumOf("SELECT $$a b$$"));
  EXPECT_NE(ChecksumOf("SELECT \"a  b\""), ChecksumOf("SELECT \"a b\""));
  EXPECT_NE(ChecksumOf("SELECT 1"), ChecksumOf("SELECT 2"));
  EXPECT_NE(ChecksumOf("SELECT 1; SELECT 2"), ChecksumOf("SELECT 2; SELECT 1"));
  EXPECT_NE(ChecksumOf("DO $$begin end$$; SELECT 1"), ChecksumOf("SELECT 1"));
  EXPECT_NE(ChecksumOf("not sql 1"), ChecksumOf("not sql 2"));
}

}  // namespace
}  // namespace schemac::sql
