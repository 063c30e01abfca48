-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  t ACCESS EXCLUSIVE while an index is built
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE SCHEMA app;

CREATE TYPE app.kind AS ENUM ('a', 'b');
COMMENT ON TYPE app.kind IS 'Kinds of things.';

CREATE FUNCTION f() returns integer language sql as $$ select 1 $$;
COMMENT ON FUNCTION f() IS 'One.';

COMMENT ON TABLE t IS 'It''s "new"
on two lines.';
ALTER TABLE t ADD COLUMN b integer;
COMMENT ON COLUMN t.b IS 'What it is worth.';
ALTER TABLE t ADD CONSTRAINT a_positive CHECK (a > 0);
CREATE INDEX t_a ON t (a);
COMMENT ON CONSTRAINT a_positive ON t IS 'Positive only.';
COMMENT ON INDEX t_a IS 'Finds by a.';

CREATE VIEW v AS
select count(*) as n from t;
COMMENT ON VIEW v IS 'Counts.';

COMMENT ON COLUMN v.n IS 'How many.';
COMMIT;
