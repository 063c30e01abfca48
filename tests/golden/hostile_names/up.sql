-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  none that others would notice
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE SCHEMA "Odd ""schema""";

CREATE TYPE "Odd ""schema"""."select" AS ENUM ('it''s', 'a,b', '$$', 'ü😀');

CREATE TABLE "Odd ""schema"""."order" (
    "user" bigint NOT NULL,
    "a""b;--" text DEFAULT 'x''; drop table t; --' NOT NULL,
    "Mixed Case" "Odd ""schema"""."select" DEFAULT 'it''s',
    a_very_long_column_name_that_goes_on_and_on_until_the_limit_ok integer,
    CONSTRAINT order_pkey PRIMARY KEY ("user"),
    CONSTRAINT order_a_very_long_column_name_that_goes_on_and_on_until_the_key UNIQUE (a_very_long_column_name_that_goes_on_and_on_until_the_limit_ok),
    CONSTRAINT "order_a""b;--_check" CHECK ("a""b;--" <> E'back\\slash')
);
CREATE INDEX "order_Mixed Case_idx" ON "Odd ""schema"""."order" ("Mixed Case") WHERE "user" > 0;

CREATE VIEW "Odd ""schema""".view AS
select "user", "Mixed Case" as "end" from "Odd ""schema"""."order";
COMMIT;
