-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  people ACCESS EXCLUSIVE, brief
-- data:   LOSES column "slug" of table "people"; LOSES column "token" of table "people";
--         LOSES column "noted" of table "people"
-- online: no table is kept from writers while its rows are read or written
-- retry:  a part that stops since it got no lock within 5s has done nothing: run it again

BEGIN;
SET LOCAL lock_timeout = '5s';

-- loses data: column "slug" of table "people"
-- was: slug text NOT NULL
-- loses data: column "token" of table "people"
-- was: token uuid DEFAULT gen_random_uuid() NOT NULL
-- loses data: column "noted" of table "people"
-- was: noted text DEFAULT clock_timestamp()::text
ALTER TABLE people
    ALTER COLUMN email DROP NOT NULL,
    ALTER COLUMN phone DROP NOT NULL,
    ALTER COLUMN city DROP NOT NULL,
    DROP COLUMN slug,
    DROP COLUMN token,
    DROP COLUMN noted;
COMMIT;
