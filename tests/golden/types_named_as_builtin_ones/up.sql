-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  parcels ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TYPE public.box RENAME VALUE 'large' TO 'big';

ALTER DOMAIN public.name ADD CONSTRAINT short CHECK (length(value) < 100);

ALTER TYPE public.path ADD ATTRIBUTE middle public.name;

CREATE DOMAIN point AS integer;

ALTER TYPE public.box ADD VALUE IF NOT EXISTS 'medium' AFTER 'small';
COMMENT ON TYPE public.box IS 'How large.';
GRANT USAGE ON TYPE public.box TO app;

CREATE TABLE line (
    a integer
);

CREATE FUNCTION slope(l public.line, b line) returns integer language sql as $$ select 1 $$;

CREATE TABLE stops (
    stop_id bigint NOT NULL,
    place public.point,
    spot point,
    CONSTRAINT stops_pkey PRIMARY KEY (stop_id)
);

ALTER TABLE parcels
    ADD COLUMN sizes public.box[],
    ALTER COLUMN size SET DEFAULT 'big';

CREATE VIEW flat AS
select public.line.a from public.line where public.line.a > 0;

-- was: CREATE FUNCTION fits(b public.box) returns boolean language sql as $$ select b is not null $$
DROP FUNCTION fits(public.box);
COMMIT;
