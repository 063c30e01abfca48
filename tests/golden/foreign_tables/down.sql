-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  items ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

COMMENT ON FOREIGN DATA WRAPPER other IS NULL;

COMMENT ON SERVER "Remote" IS NULL;
REVOKE USAGE ON FOREIGN SERVER "Remote" FROM PUBLIC;

-- was: CREATE FOREIGN TABLE public.items (
--          id integer NOT NULL,
--          name text,
--          CONSTRAINT positive CHECK ((id > 0))
--      )
--      SERVER "Remote";
--      ALTER FOREIGN TABLE public.items ALTER COLUMN id OPTIONS (
--          column_name 'ID'
--      …
DROP FOREIGN TABLE items;
COMMIT;
