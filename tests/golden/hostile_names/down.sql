-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  "Odd ""schema"""."order" ACCESS EXCLUSIVE, brief; "Odd ""schema""".view ACCESS EXCLUSIVE, brief
-- data:   LOSES table "Odd "schema".order"; LOSES schema "Odd "schema""

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE VIEW "Odd ""schema""".view AS
--      select "user", "Mixed Case" as "end" from "Odd ""schema"""."order"
DROP VIEW "Odd ""schema""".view;

-- loses data: table "Odd "schema".order"
DROP TABLE "Odd ""schema"""."order";

-- was: CREATE TYPE "Odd ""schema"""."select" AS ENUM ('it''s', 'a,b', '$$', 'ü😀')
DROP TYPE "Odd ""schema"""."select";

-- loses data: schema "Odd "schema""
DROP SCHEMA "Odd ""schema""";
COMMIT;
