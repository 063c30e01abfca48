// Pairs that broke a law once, as small as they could be made: every run tries them again.
#pragma once

#include <vector>

#include "tests/property/sketch_pair.h"

namespace schemac::testing {

struct FoundPair {
  const char* name;
  const char* from;
  const char* to;
  std::vector<schema::Rename> renames;
};

inline const std::vector<FoundPair>& FoundPairs() {
  using schema::ObjectKind;
  const auto column = [](const char* table, const char* from, const char* to) {
    return schema::Rename{{ObjectKind::Column, "public", table, from},
                          {ObjectKind::Column, "public", table, to}};
  };
  static const std::vector<FoundPair> pairs = {
      {"IdentitySequenceFollowsItsColumn",
       "CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY);",
       "CREATE TABLE t (number integer GENERATED ALWAYS AS IDENTITY);",
       {column("t", "id", "number")}},
      {"RenamedColumnIsInherited",
       "CREATE TABLE p (a text, CHECK (a <> '')); CREATE TABLE c () INHERITS (p);",
       "CREATE TABLE p (b text, CHECK (b <> '')); CREATE TABLE c () INHERITS (p);",
       {column("p", "a", "b")}},
      {"PartitionMovesToAnotherParent",
       "CREATE TABLE p (a integer) PARTITION BY RANGE (a); CREATE TABLE c PARTITION OF p FOR VALUES FROM (1) "
       "TO (2);",
       "CREATE TABLE q (b integer) PARTITION BY RANGE (b); CREATE TABLE c PARTITION OF q FOR VALUES FROM (4) "
       "TO (5);",
       {}},
      {"PartitionTakesAnotherPlaceWhileColumnsCome",
       "CREATE TABLE p (a integer) PARTITION BY RANGE (a); CREATE TABLE c PARTITION OF p FOR VALUES FROM (1) "
       "TO (2);",
       "CREATE TABLE p (a integer, b text DEFAULT 'x') PARTITION BY RANGE (a); "
       "CREATE TABLE c PARTITION OF p FOR VALUES FROM (2) TO (3);",
       {}},
      {"PartitionTakesOverItsIndexOnAnExpression",
       "",
       "CREATE TABLE p (a integer) PARTITION BY RANGE (a); CREATE TABLE c PARTITION OF p FOR VALUES FROM (1) "
       "TO (2); "
       "CREATE INDEX i ON p ((a + 1));",
       {}},
      {"OnePrimaryKeyAtATime",
       "CREATE TABLE t (id serial PRIMARY KEY);",
       "CREATE TABLE t (key uuid DEFAULT gen_random_uuid(), CONSTRAINT keys PRIMARY KEY (key));",
       {}},
      {"KeyOfARenamedPartition",
       "CREATE TABLE p (a integer UNIQUE) PARTITION BY RANGE (a); CREATE TABLE c PARTITION OF p FOR VALUES "
       "FROM (1) TO (2);",
       "CREATE TABLE p (a integer UNIQUE) PARTITION BY RANGE (a); CREATE TABLE d PARTITION OF p FOR VALUES "
       "FROM (1) TO (2);",
       {{{ObjectKind::Table, "public", "c", ""}, {ObjectKind::Table, "public", "d", ""}}}},
      {"TypeOfAnArgumentIsRenamed",
       "CREATE TYPE a AS ENUM ('x'); CREATE FUNCTION f(a, date) RETURNS integer LANGUAGE sql AS 'select 8';",
       "CREATE TYPE b AS ENUM ('x'); CREATE FUNCTION f(b, date) RETURNS integer LANGUAGE sql AS 'select 8';",
       {{{ObjectKind::Enum, "public", "a", ""}, {ObjectKind::Enum, "public", "b", ""}}}},
      {"NewNameIsTakenInTheOldSchema",
       "CREATE SCHEMA s; CREATE TABLE a (x integer); CREATE VIEW b AS SELECT 1 AS one;",
       "CREATE SCHEMA s; CREATE TABLE a (x integer); CREATE VIEW s.a AS SELECT 1 AS one;",
       {{{ObjectKind::View, "public", "b", ""}, {ObjectKind::View, "s", "a", ""}}}},
      {"SequenceTakesTheNameOfAType", "CREATE SEQUENCE status;", "CREATE TYPE status AS ENUM ('only');", {}},
      {"DomainOverATypeWithoutACast",
       "CREATE DOMAIN small AS smallint; CREATE TABLE t (a small NOT NULL);",
       "CREATE DOMAIN small AS smallint; CREATE TABLE t (a date NOT NULL);",
       {}},
      {"IdentityGrowsWithItsColumn",
       "CREATE TABLE t (a integer GENERATED ALWAYS AS IDENTITY (MAXVALUE 9));",
       "CREATE TABLE t (a bigint GENERATED ALWAYS AS IDENTITY (MAXVALUE 99999));",
       {}},
      {"ParentGainsACheckWhileAPartitionLeavesAndJoins",
       "CREATE TABLE p (a integer) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p FOR VALUES IN (1);",
       "CREATE TABLE p (a integer CHECK (a > 0)) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p FOR "
       "VALUES "
       "IN (1, 2);",
       {}},
      {"PartitionNamesItsKeyAndItsIndex",
       "CREATE TABLE p (a integer PRIMARY KEY) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT;",
       "CREATE TABLE p (a integer PRIMARY KEY) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p DEFAULT; "
       "ALTER TABLE c RENAME CONSTRAINT c_pkey TO k; CREATE INDEX ci ON c (a); CREATE INDEX i ON p (a);",
       {}},
      {"TwoKeysOverTheSameColumns",
       "",
       "CREATE TABLE t (a integer NOT NULL); ALTER TABLE t ADD CONSTRAINT u UNIQUE (a); ALTER TABLE t ADD "
       "PRIMARY "
       "KEY (a); ALTER TABLE t ADD UNIQUE (a);",
       {}},
      {"SerialOfAnUnloggedTable", "", "CREATE UNLOGGED TABLE t (a serial);", {}},
  };
  return pairs;
}

inline SketchPair PairOf(const FoundPair& found) {
  SketchPair pair;
  pair.from_sql = found.from;
  pair.to_sql = found.to;
  pair.intent.renames = found.renames;
  return pair;
}

}  // namespace schemac::testing
