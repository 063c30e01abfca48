// DDL run on a catalog: what PostgreSQL would have afterwards.
#include <string>

#include <gtest/gtest.h>

#include "tests/sql/catalog_after.h"

namespace schemac::sql {
namespace {

using schema::Catalog;
using schema::Constraint;
using schema::ObjectAddress;
using schema::ObjectKind;
using schema::Privilege;
using schema::Table;

ObjectAddress PartOf(ObjectKind kind, const std::string& table, const std::string& name) {
  return {kind, "public", table, name};
}
const Table& TableOf(const Catalog& catalog, const std::string& name) {
  return *catalog.FindTable({"public", name});
}

TEST(Interpret, GivesConstraintsPostgresNames) {
  const Catalog catalog = CatalogAfter(
      "create table p (id int primary key);"
      "create table t (id serial primary key, a text unique check (a <> ''), b int references p, c int, "
      "check (b < c),"
      " unique (b, c));");
  for (const char* name : {"t_pkey", "t_a_key", "t_a_check", "t_b_fkey", "t_check", "t_b_c_key"}) {
    EXPECT_TRUE(catalog.Has(PartOf(ObjectKind::Constraint, "t", name))) << name;
  }
  EXPECT_TRUE(catalog.Has({ObjectKind::Sequence, "public", "t_id_seq", ""}));
  const auto& fkey = *catalog.Get<Constraint>(PartOf(ObjectKind::Constraint, "t", "t_b_fkey"));
  EXPECT_EQ(fkey.foreign_key->columns, std::vector<std::string>{"id"});
}

TEST(Interpret, SerialIsWhatPgDumpWrites) {
  ExpectSame("create table t (id bigserial primary key);",
             "create table public.t (id bigint not null);"
             "create sequence public.t_id_seq start with 1 increment by 1 no minvalue no maxvalue cache 1;"
             "alter sequence public.t_id_seq owned by public.t.id;"
             "alter table only public.t alter column id set default nextval('public.t_id_seq'::regclass);"
             "alter table only public.t add constraint t_pkey primary key (id);");
}

TEST(Interpret, IdentityIsWhatPgDumpWrites) {
  ExpectSame(
      "create table t (id int generated always as identity);",
      "create table public.t (id integer not null);"
      "alter table public.t alter column id add generated always as identity (sequence name public.t_id_seq "
      "start with 1 increment by 1 no minvalue no maxvalue cache 1);");
}

TEST(Interpret, StatisticsAreSetsOfKindsAndColumns) {
  const std::string table = "create table t (a int, b int, c int);";
  ExpectSame(table + "create statistics s on c, (a + b), a from t;",
             table + "create statistics s (mcv, dependencies, ndistinct) on a, c, (a + b) from t;");
  ExpectSame(table + "create statistics s (mcv, ndistinct) on b, a from t;",
             table + "create statistics s (ndistinct, mcv) on a, b from t;");
  const Catalog one = CatalogAfter(table + "create statistics s (mcv) on a, b from t;");
  EXPECT_FALSE(one == CatalogAfter(table + "create statistics s on a, b from t;"));
  EXPECT_FALSE(one == CatalogAfter(table + "create statistics s (mcv) on a, c from t;"));
  // They follow a column that is renamed.
  ExpectSame(table + "create statistics s on \"c\", (a + b), A from t; alter table t rename a to aa;",
             "create table t (aa int, b int, c int);"
             "create statistics s on aa, c, (aa + b) from t;");
  ExpectSame(table + "create statistics s (mcv) on a, b from t; alter table t rename a to z;",
             "create table t (z int, b int, c int); create statistics s (mcv) on b, z from t;");
  const Catalog crossed = CatalogAfter(table + "create statistics s on a, (b + c) from t;");
  EXPECT_FALSE(crossed == CatalogAfter(table + "create statistics s on b, (a + c) from t;"));
}

TEST(Interpret, FunctionsOfExtensionsAreThoseOfTheirSchema) {
  const std::string elsewhere = "create schema e; create extension \"uuid-ossp\" schema e;";
  ExpectSame(elsewhere + "create table t (id uuid default uuid_generate_v4());",
             elsewhere + "create table t (id uuid default e.uuid_generate_v4());");
  const std::string here = "create extension unaccent;";
  ExpectSame(here + "create table t (a text); create index on t (public.unaccent(a));",
             here + "create table t (a text); create index on t (unaccent(a));");
  const Catalog catalog = CatalogAfter(elsewhere + "create table t (id uuid default uuid_generate_v4());");
  EXPECT_EQ(TableOf(catalog, "t").columns[0].default_value->text, "e.uuid_generate_v4()");
}

TEST(Interpret, AlterTableRunsInPostgresPasses) {
  const Catalog catalog = CatalogAfter(
      "create table t (a int); alter table t add primary key (b), add column b int, drop column a;");
  const Table& table = TableOf(catalog, "t");
  ASSERT_EQ(table.columns.size(), 1U);
  EXPECT_EQ(table.columns[0].name, "b");
  EXPECT_TRUE(table.columns[0].not_null);
}

// pg_constraint.connoinherit: true of a key that stood by itself, which no diff makes a difference of.
TEST(Interpret, AKeyTellsWhetherItStoodByItself) {
  const std::string parent = "create table m (id int not null) partition by list (id);";
  const auto stood = [&](const std::string& rest) {
    const Catalog catalog = CatalogAfter(parent + rest);
    const auto* key = catalog.Get<Constraint>(PartOf(ObjectKind::Constraint, "m1", "m1_pkey"));
    EXPECT_TRUE(key != nullptr && key->inherited) << rest;
    return key != nullptr && key->no_inherit;
  };
  const std::string made = "create table m1 partition of m for values in (1);";
  const std::string attached =
      "create table m1 (id int primary key); alter table m attach partition m1 for values in (1);";
  EXPECT_FALSE(stood("alter table m add primary key (id);" + made));
  EXPECT_FALSE(stood(made + "alter table m add primary key (id);"));
  EXPECT_TRUE(stood("alter table m add primary key (id);" + attached));
  EXPECT_TRUE(stood(attached + "alter table m add primary key (id);"));
  EXPECT_TRUE(stood(attached + "alter table only m add primary key (id);"
                               "alter index m_pkey attach partition m1_pkey;"));
}

// pg_constraint.conparentid: what a partition has through its parent is none of its own.
TEST(Interpret, ForeignKeysOfPartitionsBecomeTheParents) {
  const std::string tables =
      "create table f (id int primary key); create table m (id int not null) partition by list (id);";
  const std::string key = " add constraint k foreign key (id) references f;";
  const std::string made = tables +
                           "create table m1 partition of m for values in (1) partition by list (id);" +
                           "create table m2 partition of m1 for values in (1);";
  const std::string wanted = made + "alter table m" + key;
  ExpectSame(made + "alter table m2" + key + "alter table m" + key, wanted);
  ExpectSame(made + "alter table m1" + key + "alter table m" + key, wanted);
  ExpectSame(tables + "create table m2 (id int not null); alter table m2" + key +
                 "create table m1 (id int not null) partition by list (id);"
                 "alter table m1 attach partition m2 for values in (1); alter table m" +
                 key + "alter table m attach partition m1 for values in (1);",
             wanted);
  ExpectSame(
      wanted + "alter table m1 detach partition m2; alter table m1 attach partition m2 for values in (1);",
      wanted);
  const Catalog other = CatalogAfter(made +
                                     "alter table m2 add constraint k foreign key (id) references f on "
                                     "delete cascade; alter table m" +
                                     key);
  EXPECT_NE(other.Get<Constraint>(PartOf(ObjectKind::Constraint, "m2", "k")), nullptr);
}

TEST(Interpret, ADetachedPartitionKeepsTheForeignKeysOfItsParents) {
  const Catalog catalog = CatalogAfter(
      "create table f (id int primary key);"
      "create table m (id int references f, other int constraint k references f) partition by list (id);"
      "create table m1 partition of m for values in (1) partition by list (other);"
      "create table m2 (id int, other int constraint k check (other > 0));"
      "alter table m1 attach partition m2 for values in (2); alter table m1 detach partition m2;");
  for (const char* name : {"m_id_fkey", "m2_other_fkey"}) {
    const auto* key = catalog.Get<Constraint>(PartOf(ObjectKind::Constraint, "m2", name));
    ASSERT_NE(key, nullptr) << name;
    EXPECT_TRUE(key->foreign_key && !key->inherited);
  }
}

TEST(Interpret, PartitionsTakeOverConstraintsAndIndexes) {
  const std::string source =
      "create table m (id int not null, at date not null, check (id > 0), primary key (id, at)) partition by "
      "range (at);"
      "create table m1 partition of m for values from ('2024-01-01') to ('2025-01-01');"
      "create index on m (at);";
  const Catalog catalog = CatalogAfter(source);
  EXPECT_TRUE(catalog.Has(PartOf(ObjectKind::Constraint, "m1", "m_id_check")));
  EXPECT_TRUE(catalog.Has(PartOf(ObjectKind::Constraint, "m1", "m1_pkey")));
  EXPECT_EQ(catalog.Get<schema::Index>(PartOf(ObjectKind::Index, "m1", "m1_at_idx"))->parent, "m_at_idx");
  ExpectSame(
      source,
      "create table public.m (id integer not null, at date not null, constraint m_id_check check ((id > 0))) "
      "partition by range (at);"
      "create table public.m1 (id integer not null, at date not null, constraint m_id_check check ((id > "
      "0)));"
      "alter table only public.m attach partition public.m1 for values from ('2024-01-01') to ('2025-01-01');"
      "alter table only public.m add constraint m_pkey primary key (id, at);"
      "alter table only public.m1 add constraint m1_pkey primary key (id, at);"
      "create index m_at_idx on only public.m using btree (at);"
      "create index m1_at_idx on public.m1 using btree (at);"
      "alter index public.m_at_idx attach partition public.m1_at_idx;"
      "alter index public.m_pkey attach partition public.m1_pkey;");
}

TEST(Interpret, BoundsAreConstantsOfTheKeysType) {
  const auto partitioned = [](const std::string& type, const std::string& bound) {
    return "create table p (k " + type +
           ") partition by range (k); create table p1 partition of p for values from (" + bound +
           ") to (maxvalue);";
  };
  for (const char* type : {"bigint", "smallint", "numeric", "int", "double precision"})
    ExpectSame(partitioned(type, "1"), partitioned(type, "'1'"));
  ExpectSame(partitioned("bigint", "-5"), partitioned("bigint", "'-5'"));
  ExpectSame(partitioned("numeric", "5.50"), partitioned("numeric", "'5.50'"));
  EXPECT_FALSE(schema::SaySame(
      *CatalogAfter(partitioned("bigint", "1")).Find({ObjectKind::Table, "public", "p1", ""}),
      *CatalogAfter(partitioned("bigint", "'2'")).Find({ObjectKind::Table, "public", "p1", ""})));
}

TEST(Interpret, InheritanceReachesChildren) {
  const Catalog catalog = CatalogAfter(
      "create table p (a int); create table c (b int) inherits (p); alter table p add column d text not "
      "null default 'x';"
      "alter table p rename column a to aa; alter table p add check (aa > 0);");
  const Table& child = TableOf(catalog, "c");
  EXPECT_TRUE(child.FindColumn("d")->inherited);
  EXPECT_NE(child.FindColumn("aa"), nullptr);
  EXPECT_FALSE(child.FindColumn("b")->inherited);
  EXPECT_TRUE(catalog.Get<Constraint>(PartOf(ObjectKind::Constraint, "c", "p_aa_check"))->inherited);
}

TEST(Interpret, LikeCopiesWhatIsAsked) {
  const Catalog catalog = CatalogAfter(
      "create table a (id int primary key, n int default 3 check (n > 0)); create index on a (n);"
      "create table b (like a); create table c (like a including all, x int);");
  EXPECT_FALSE(TableOf(catalog, "b").FindColumn("n")->default_value);
  EXPECT_TRUE(TableOf(catalog, "b").FindColumn("id")->not_null);
  EXPECT_TRUE(TableOf(catalog, "c").FindColumn("n")->default_value);
  EXPECT_TRUE(catalog.Has(PartOf(ObjectKind::Constraint, "c", "c_pkey")));
  EXPECT_TRUE(catalog.Has(PartOf(ObjectKind::Constraint, "c", "a_n_check")));
  EXPECT_TRUE(catalog.Has(PartOf(ObjectKind::Index, "c", "c_n_idx")));
}

TEST(Interpret, EnumsAndDomains) {
  const Catalog catalog = CatalogAfter(
      "create type e as enum ('a', 'c'); alter type e add value 'b' before 'c'; alter type e add value "
      "if not exists 'a';"
      "alter type e rename value 'c' to 'd';"
      "create domain dm as int default 1 not null check (value > 0); alter domain dm add constraint "
      "small check (value < 9);");
  EXPECT_EQ(catalog.Get<schema::Enum>({ObjectKind::Enum, "public", "e", ""})->labels,
            (std::vector<std::string>{"a", "b", "d"}));
  const auto& domain = *catalog.Get<schema::Domain>({ObjectKind::Domain, "public", "dm", ""});
  ASSERT_EQ(domain.constraints.size(), 2U);
  EXPECT_EQ(domain.constraints[0].name, "dm_check");
  EXPECT_TRUE(domain.not_null);
}

TEST(Interpret, SequencesResolveTheirOptions) {
  const Catalog catalog =
      CatalogAfter("create sequence s as smallint increment by -2; alter sequence s as integer;");
  const auto& sequence = *catalog.Get<schema::Sequence>({ObjectKind::Sequence, "public", "s", ""});
  EXPECT_EQ(sequence.options.max, -1);
  EXPECT_EQ(sequence.options.min, -2147483648LL);
  EXPECT_EQ(sequence.options.start, -1);
  EXPECT_EQ(Failure("create sequence s maxvalue 0;"), "MINVALUE (1) must be less than MAXVALUE (0)");
}

TEST(Interpret, RoutinesCompareByWhatTheySay) {
  ExpectSame("create function f(a int, b text default 'x') returns int stable language sql as $$select 1$$;",
             "create function public.f(a integer, b text default 'x'::text) returns integer language sql "
             "stable as 'select 1';");
  const Catalog catalog = CatalogAfter(
      "create function f(int) returns int language sql as 'select 1'; create function f(text) returns "
      "int language sql as"
      " 'select 2'; alter function f(text) strict security definer; comment on function f(text) is 'two';"
      "create or replace function f(text) returns int language sql as 'select 3';");
  const auto& function = *catalog.Get<schema::Function>({ObjectKind::Function, "public", "f", "text"});
  EXPECT_EQ(function.comment, "two");
  EXPECT_EQ(catalog.FindFunctions({"public", "f"}).size(), 2U);
  EXPECT_EQ(
      Failure(
          "create function f() returns int language sql as '1'; create or replace function f() returns text"
          " language sql as '1';"),
      "cannot change return type of existing function \"f\"");
}

TEST(Interpret, ABodyIsNeverTakenForAnAttribute) {
  const char* head = "create function f() returns int language sql ";
  EXPECT_FALSE(CatalogAfter(std::string(head) + "as 'select 1 cost 5'") ==
               CatalogAfter(std::string(head) + "as 'select 1' cost 5"));
}

TEST(Interpret, PrivilegesAreThoseOfTheirKind) {
  EXPECT_EQ(Failure("create table t (a int); grant _elect (a), update (a) on t to app"),
            "invalid privilege type _ELECT for column");
  EXPECT_EQ(Failure("create table t (a int); grant execute on t to app"),
            "invalid privilege type EXECUTE for table");
}

TEST(Interpret, GrantsAndRevokes) {
  const Catalog catalog = CatalogAfter(
      "create table t (a int, b int); grant all on t to app; revoke delete, truncate on t from app;"
      "grant select (a), update (a, b) on t to web with grant option; grant select on all tables in schema "
      "public to public;"
      "create function f() returns int language sql as 'select 1'; revoke all on function f() from public;");
  const Table& table = TableOf(catalog, "t");
  EXPECT_TRUE(table.privileges->contains(Privilege{"app", "INSERT", false}));
  EXPECT_FALSE(table.privileges->contains(Privilege{"app", "DELETE", false}));
  EXPECT_TRUE(table.privileges->contains(Privilege{"", "SELECT", false}));
  EXPECT_TRUE(table.FindColumn("b")->privileges->contains(Privilege{"web", "UPDATE", true}));
  EXPECT_TRUE(catalog.Get<schema::Function>({ObjectKind::Function, "public", "f", ""})->privileges.empty());
}

TEST(Interpret, ExtensionsFunctionsHiddenByBuiltinOnesAreTheirOwn) {
  const auto with = [](const std::string& extension, const std::string& value) {
    return CatalogAfter("create extension " + extension + "; create table t (a text, b text default " +
                        value + ");");
  };
  EXPECT_FALSE(with("pgcrypto", "public.gen_random_uuid()") == with("pgcrypto", "gen_random_uuid()"));
  EXPECT_TRUE(with("pgcrypto", "pg_catalog.gen_random_uuid()") == with("pgcrypto", "gen_random_uuid()"));
  EXPECT_TRUE(with("pgcrypto", "public.gen_salt('bf')") == with("pgcrypto", "gen_salt('bf')"));
  EXPECT_EQ(TableOf(with("pgcrypto", "public.gen_random_uuid()"), "t").FindColumn("b")->default_value->text,
            "public.gen_random_uuid()");
}

TEST(Interpret, FunctionsOfPublicAreNotTakenForBuiltinOnes) {
  for (const std::string type : {"text", "varchar(5)"}) {
    const Catalog catalog =
        CatalogAfter("create table t (a " + type + ", constraint c check (a = public.lower(a)));");
    EXPECT_EQ(catalog.Get<Constraint>(PartOf(ObjectKind::Constraint, "t", "c"))->check->text,
              "a = public.lower(a)");
  }
}

TEST(Interpret, DefaultPrivilegesReachLaterObjects) {
  const Catalog catalog = CatalogAfter(
      "create table before (); alter default privileges in schema public grant select on tables to app;"
      "alter default privileges revoke execute on functions from public; create table after ();"
      "create function f() returns int language sql as 'select 1';");
  EXPECT_TRUE(TableOf(catalog, "before").privileges.empty());
  EXPECT_TRUE(TableOf(catalog, "after").privileges->contains(Privilege{"app", "SELECT", false}));
  EXPECT_TRUE(catalog.Get<schema::Function>({ObjectKind::Function, "public", "f", ""})->privileges.empty());
}

TEST(Interpret, DropsNeedCascade) {
  const std::string tables = "create table p (id int primary key); create table c (p int references p);";
  EXPECT_NE(Failure(tables + "drop table p;"), "");
  const Catalog catalog = CatalogAfter(tables + "drop table p cascade;");
  EXPECT_FALSE(catalog.Has(PartOf(ObjectKind::Constraint, "c", "c_p_fkey")));
  EXPECT_EQ(Failure(tables + "drop table p, c;"), "");
  EXPECT_EQ(
      Failure("drop table if exists nope; drop function if exists f(no_such_type); drop type if exists t;"),
      "");
  EXPECT_EQ(Failure("drop table nope;"), "table \"nope\" does not exist");
}

TEST(Interpret, RenamesFollowReferences) {
  ExpectSame(
      "create table t (a int check (a > 0)); create view v as select a from t; alter table t rename to u;"
      "alter table u rename column a to b; alter table u rename constraint t_a_check to positive;",
      "create table u (b int constraint positive check (b > 0)); create view v as select b as a from u;");
}

TEST(Interpret, FollowsTheSearchPath) {
  const Catalog catalog = CatalogAfter(
      "create schema app; set search_path to app, public; create table t (); select "
      "pg_catalog.set_config('search_path', '',"
      " false); create table public.u ();");
  EXPECT_NE(catalog.FindTable({"app", "t"}), nullptr);
  EXPECT_EQ(Failure("set search_path to ''; create table t ();"),
            "no schema has been selected to create \"t\" in");
}

TEST(Interpret, IdempotentBlocks) {
  const Catalog catalog = CatalogAfter(
      "create type e as enum ('a');"
      "do $$ begin create type e as enum ('b'); exception when duplicate_object then null; end $$;"
      "do $$ begin if not exists (select 1 from pg_type where typname = 'e2') then create type e2 as "
      "enum ('x'); end if; end $$;"
      "do $$ begin raise notice 'hello'; end $$;");
  EXPECT_EQ(catalog.Get<schema::Enum>({ObjectKind::Enum, "public", "e", ""})->labels,
            std::vector<std::string>{"a"});
  EXPECT_TRUE(catalog.Has({ObjectKind::Enum, "public", "e2", ""}));
  EXPECT_EQ(Failure("do $$ begin execute current_setting('app.sql'); end $$;"),
            "a DO block of this shape is not supported");
  EXPECT_NE(Failure("do $$ begin if random() > 0.5 then create table t (); end if; end $$;"), "");
}

TEST(Interpret, AColumnOfAMultirangeTypeIsOne) {
  const Catalog catalog = CatalogAfter(
      "create type span as range (subtype = float8); create table t (a span, b span_multirange);");
  EXPECT_EQ(catalog.FindTable({"public", "t"})->FindColumn("b")->type.name, "span_multirange");
}

TEST(Interpret, AnIdentityFollowsTheTypeOfItsColumn) {
  ExpectSame("create table t (a int generated always as identity); alter table t alter a type bigint;",
             "create table t (a bigint generated always as identity);");
  ExpectSame(
      "create table t (a bigint generated always as identity (maxvalue 9)); alter table t alter a type int;",
      "create table t (a int generated always as identity (maxvalue 9));");
  EXPECT_EQ(Failure("create table t (a bigint generated always as identity (maxvalue 99999)); "
                    "alter table t alter a type smallint;"),
            "MAXVALUE is out of range for sequence data type");
}

TEST(Interpret, LoopsOverKnownNames) {
  const std::string tables = "create table a (x int); create table \"B\" (x int);";
  ExpectSame(
      tables +
          "do $$ declare t text; names constant text[] := array['a', 'B']; prefix text default 'p_'; "
          "begin foreach t in array names loop "
          "execute format('alter table %I enable row level security', t); "
          "execute format('create policy %2$I on %1$I using (x = %3$L)', t, prefix || lower(t), 1); "
          "raise notice 'done %', t; "
          "begin execute 'create index ' || quote_ident(prefix || t) || ' on ' || quote_ident(t) || ' (x)'; "
          "exception when duplicate_table then null; end; "
          "end loop; execute $q$comment on table a is '100%'$q$; end $$;",
      tables +
          "alter table a enable row level security; alter table \"B\" enable row level security;"
          "create policy p_a on a using (x = '1'); create policy p_b on \"B\" using (x = '1');"
          "create index p_a on a (x); create index \"p_B\" on \"B\" (x); comment on table a is '100%';");
  ExpectSame(tables +
                 "do $$ declare t text; begin foreach t in array '{a}'::text[] loop "
                 "execute format('drop table %s', t); end loop; end $$;",
             "create table \"B\" (x int);");
}

TEST(Interpret, LoopsOverUnknownNamesAreRefused) {
  const std::string refusal = "a DO block of this shape is not supported";
  for (const char* block :
       {"declare t text; begin for t in select tablename from pg_tables loop execute format('drop table %I', "
        "t); "
        "end loop; end",
        "declare t text := 'a'; begin select current_user into t; execute 'drop table ' || t; end",
        "declare t text; begin foreach t in array (select array_agg(x) from y) loop execute 'drop table ' || "
        "t; "
        "end loop; end",
        "begin execute format('drop table %I'); end", "begin execute 'drop table a' using 1; end",
        "begin while true loop execute 'create table a ()'; end loop; end"}) {
    EXPECT_EQ(Failure("do $$ " + std::string(block) + " $$;"), refusal) << block;
  }
}

TEST(Interpret, WhoJoinsAParentHasItsChecks) {
  const std::string parents =
      "create table p (a int, check (a > 0)) partition by list (a); create table q (a int, check (a > 0));"
      "create table c (a int);";
  const std::string missing = "child table is missing constraint ";
  EXPECT_EQ(Failure(parents + "alter table p attach partition c default;"), missing + "\"p_a_check\"");
  EXPECT_EQ(Failure(parents + "alter table c inherit q;"), missing + "\"q_a_check\"");
  EXPECT_EQ(Failure(parents + "alter table c add constraint p_a_check check (a > 0);"
                              "alter table p attach partition c default;"),
            "");
}

TEST(Interpret, AnIndexOnOnlyStaysSoUntilAllPartitionsHaveValidOnes) {
  const std::string tables =
      "create table q (a int) partition by range (a);"
      "create table q1 partition of q for values from (0) to (10) partition by range (a);"
      "create table q11 partition of q1 for values from (0) to (5);"
      "create index q_i on only q (a); create index q1_i on only q1 (a); create index q11_i on q11 (a);"
      "alter index q_i attach partition q1_i;";
  const ObjectAddress top{ObjectKind::Index, "public", "q", "q_i"};
  EXPECT_TRUE(CatalogAfter(tables).Get<schema::Index>(top)->only);
  const Catalog whole = CatalogAfter(tables + "alter index q1_i attach partition q11_i;");
  EXPECT_FALSE(whole.Get<schema::Index>(top)->only);
}

TEST(Interpret, PassesOverWhatIsNoSchema) {
  const Catalog catalog = CatalogAfter(
      "\\restrict abc\nset statement_timeout = 0; begin; create table t (a text);\n"
      "copy t (a) from stdin;\ncreate table no ();\n'unclosed\n\\.\n"
      "insert into t values (';'); create temp table tmp (x int); create index on tmp (x); drop table "
      "tmp; commit;\n"
      "vacuum; \\unrestrict abc\n");
  EXPECT_EQ(catalog.FindTable({"public", "no"}), nullptr);
  EXPECT_NE(catalog.FindTable({"public", "t"}), nullptr);
}

TEST(Interpret, HostileNames) {
  const Catalog catalog = CatalogAfter(
      "create table \"a\"\"b;--\" (\"select\" int, \"x'y\" text default ';', \"\u00e9\" int check "
      "(\"\u00e9\" > 0));"
      "create function \"f(\"() returns int language sql as $b$ select ';' $b$;"
      "create table \"" +
      std::string(80, 'n') + "\" (id serial primary key);");
  const Table* table = catalog.FindTable({"public", "a\"b;--"});
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(table->columns.size(), 3U);
  EXPECT_NE(catalog.FindTable({"public", std::string(63, 'n')}), nullptr);
  EXPECT_TRUE(
      catalog.Has({ObjectKind::Constraint, "public", std::string(63, 'n'), std::string(58, 'n') + "_pkey"}));
}

TEST(Interpret, ErrorsOfTheServer) {
  EXPECT_EQ(Failure("create table t (); create table t ();"), "relation \"t\" already exists");
  EXPECT_EQ(Failure("create table t (a int, a int);"), "column \"a\" specified more than once");
  EXPECT_EQ(Failure("create table t (a int references nope);"), "relation \"nope\" does not exist");
  EXPECT_EQ(Failure("create table p (a int); create table t (a int references p (a));"),
            "there is no unique constraint matching given keys for referenced table \"p\"");
  EXPECT_EQ(Failure("alter table nope add column a int;"), "relation \"nope\" does not exist");
  EXPECT_EQ(
      Failure("create table t (a int); create view v as select a from t; alter table t alter a type text;"),
      "cannot alter type of a column used by a view or rule: view \"v\"");
  EXPECT_EQ(Failure("create table p (a int primary key) partition by list (a); create table c partition of p "
                    "default; alter table c drop constraint c_pkey;"),
            "cannot drop inherited constraint \"c_pkey\" of relation \"c\"");
  EXPECT_NE(Failure("create table t as select 1;"), "");
  EXPECT_EQ(Failure("create table t (); create index on t (a);"), "column \"a\" does not exist");
}

TEST(Interpret, ReportsEveryStatementAtItsPlace) {
  Sources sources;
  const std::string text =
      "create table a (x int;\n"
      "create table b (y no_such_type);\n"
      "<<<<<<< HEAD\ncreate table c ();\n"
      "create table d ();\n";
  const SourceId source = sources.Add("x.sql", text);
  Catalog catalog = Catalog::Empty();
  DiagnosticSink sink;
  Interpret(source, sources, catalog, {}, sink);
  ASSERT_EQ(sink.error_count(), 3U);
  EXPECT_EQ(sources.Locate(source, sink.diagnostics()[0].span.begin).line, 1U);
  EXPECT_EQ(sources.Locate(source, sink.diagnostics()[1].span.begin).line, 2U);
  EXPECT_EQ(sink.diagnostics()[1].kind, DiagnosticKind::UnknownType);
  EXPECT_EQ(sources.Locate(source, sink.diagnostics()[2].span.begin).line, 3U);
  EXPECT_NE(catalog.FindTable({"public", "d"}), nullptr);
}

TEST(Interpret, ATableBecomesAViewByARule) {
  const std::string table = "create table t (a int);";
  const std::string shell = table +
                            "create table v (a int, n bigint); comment on table v is 'c';"
                            "comment on column v.n is 'count'; grant select on v to app;";
  ExpectSame(
      shell +
          "create rule \"_RETURN\" as on select to v do instead select a, count(*) as n from t group by a;",
      table +
          "create view v as select a, count(*) as n from t group by a; comment on view v is 'c';"
          "comment on column v.n is 'count'; grant select on v to app;");
  EXPECT_EQ(
      Failure(shell + "alter table v add primary key (a);"
                      "create rule \"_RETURN\" as on select to v do instead select 1 as a, 2::bigint as n;"),
      "could not convert table \"v\" to a view");
}

TEST(Interpret, ARecursiveViewIsTheQueryThatItIsShortFor) {
  const std::string table = "create table t (id int, parent int);";
  ExpectSame(
      table +
          "create or replace recursive view r (id, depth) as select id, 1 from t where parent is null union "
          "all "
          "select t.id, r.depth + 1 from t join r on t.parent = r.id;",
      table +
          "create view r as with recursive r(id, depth) as ("
          "select t.id, 1 from t where t.parent is null union all "
          "select t.id, r_1.depth + 1 from t join r r_1 on t.parent = r_1.id) select r.id, r.depth from r;");
  EXPECT_EQ(Failure(table + "create recursive view r (id) as select missing from t;"),
            "no column \"missing\"");
}

TEST(Interpret, KnowsTheRowsOfSystemTables) {
  const Catalog catalog = CatalogAfter(
      "create function f() returns setof pg_roles language sql as 'select * from pg_roles';"
      "create table t (a information_schema.sql_identifier, b pg_catalog.pg_class);");
  EXPECT_EQ(schema::FormatType(TableOf(catalog, "t").columns[0].type), "information_schema.sql_identifier");
  EXPECT_EQ(schema::FormatType(TableOf(catalog, "t").columns[1].type), "pg_class");
  EXPECT_EQ(Failure("create table t (a pg_nonsense)"), "no type \"pg_nonsense\"");
}

TEST(Interpret, RefusesByNameWhatItCannotHold) {
  EXPECT_EQ(Failure("create type p as (a int); create table t of p;"),
            "CREATE TABLE … OF a type is not supported");
  EXPECT_EQ(Failure("create foreign data wrapper w; create server s foreign data wrapper w;"
                    "create foreign table f (a int) server s; drop trigger if exists t on f;"),
            "dropping a trigger of a foreign table is not supported");
  EXPECT_EQ(Failure("grant usage on language plpgsql to app;"),
            "a privilege on a language that no statement makes (plpgsql) is not supported");
}

TEST(Interpret, AnIndexWithoutAConstraintTakesNoConstraintsIndex) {
  EXPECT_EQ(Failure("create table p (a int not null) partition by list (a);"
                    "create table c partition of p for values in (1); alter table c add primary key (a);"
                    "create unique index i on only p (a); alter index i attach partition c_pkey;"),
            "attaching the index of a constraint to one that has none is not supported");
}

TEST(Interpret, AnIndexOfAPartitionIsTakenOverWithThoseBelowIt) {
  const std::string tables =
      "create table p (a int, b int) partition by range (a);"
      "create table q (a int, b int) partition by list (b);"
      "create table r partition of q for values in (1);";
  const Catalog catalog = CatalogAfter(tables +
                                       "alter table p attach partition q for values from (0) to (9);"
                                       "create index q_own on q (a); create index p_own on p (a);");
  EXPECT_EQ(catalog.PartsOf({"public", "q"}, ObjectKind::Index).size(), 1U);
  EXPECT_EQ(catalog.PartsOf({"public", "r"}, ObjectKind::Index).size(), 1U);
  const Catalog attached = CatalogAfter(
      tables + "create index p_own on p (a); alter table p attach partition q for values from (0) to (9);");
  EXPECT_TRUE(attached.Has(PartOf(ObjectKind::Index, "r", "r_a_idx")));
}

TEST(Interpret, ALocaleIsBothOfItsParts) {
  ExpectSame("create collation c (lc_ctype = 'C', lc_collate = 'C');", "create collation c (locale = 'C');");
  ExpectSame("create collation c (provider = libc, locale = 'C');", "create collation c (locale = 'C');");
}

TEST(Interpret, CopiesOfCollationsAreWhatTheyCopy) {
  ExpectSame("create collation a from \"POSIX\"; create collation b from \"de-x-icu\";",
             "create collation public.a (provider = libc, locale = 'POSIX');"
             "create collation public.b (provider = icu, locale = 'de');");
}

TEST(Interpret, WhatAMaterializedViewHoldsIsNoSchema) {
  ExpectSame("create materialized view m as select 1 as a;",
             "create materialized view m as select 1 as a with no data;");
}

}  // namespace
}  // namespace schemac::sql
