-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  none that others would notice
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

COMMENT ON FOREIGN DATA WRAPPER other IS 'reads elsewhere';

COMMENT ON SERVER "Remote" IS 'elsewhere';
GRANT USAGE ON FOREIGN SERVER "Remote" TO PUBLIC;

CREATE FOREIGN TABLE public.items (
    id integer NOT NULL,
    name text,
    CONSTRAINT positive CHECK ((id > 0))
)
SERVER "Remote";
ALTER FOREIGN TABLE public.items ALTER COLUMN id OPTIONS (
    column_name 'ID'
);
COMMENT ON COLUMN public.items.name IS 'as it is shown there';
COMMENT ON FOREIGN TABLE items IS 'items of the other database';
GRANT SELECT ON TABLE items TO PUBLIC;
COMMIT;
