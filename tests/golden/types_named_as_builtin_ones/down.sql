-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  flat ACCESS EXCLUSIVE, brief; line ACCESS EXCLUSIVE, brief; parcels ACCESS EXCLUSIVE while it is rewritten;
--         stops ACCESS EXCLUSIVE, brief
-- data:   LOSES column "sizes" of table "parcels"; LOSES label 'medium' of enum "box"; LOSES table "stops";
--         LOSES table "line"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- depends on enum "box"
-- enum "box" is made anew
-- loses data: column "sizes" of table "parcels"
-- was: sizes public.box[]
ALTER TABLE parcels
    DROP CONSTRAINT known,
    ALTER COLUMN size DROP DEFAULT,
    DROP COLUMN sizes;

-- was: CREATE VIEW flat AS
--      select public.line.a from public.line where public.line.a > 0
DROP VIEW flat;

ALTER TYPE public.path DROP ATTRIBUTE middle;

ALTER DOMAIN public.name DROP CONSTRAINT short;

-- made anew without labels it had: fails when rows hold one of them
-- loses data: label 'medium' of enum "box"
ALTER TYPE public.box RENAME TO box_old;
CREATE TYPE box AS ENUM ('small', 'big');

CREATE FUNCTION fits(b public.box) returns boolean language sql as $$ select b is not null $$;

-- enum "box" is made anew
-- as before: depends on enum "box"
ALTER TABLE parcels
    ALTER COLUMN size TYPE public.box USING size::text::public.box,
    ALTER COLUMN size SET DEFAULT 'small',
    ADD CONSTRAINT known CHECK (size in ('small', 'big'));

-- loses data: table "stops"
DROP TABLE stops;

-- was: CREATE FUNCTION slope(l public.line, b line) returns integer language sql as $$ select 1 $$
DROP FUNCTION public.slope(public.line, line);

-- loses data: table "line"
DROP TABLE line;

-- was: CREATE DOMAIN point AS integer
DROP DOMAIN public.point;

-- was: CREATE TYPE box_old AS ENUM ('small', 'medium', 'big')
DROP TYPE box_old;
ALTER TYPE public.box RENAME VALUE 'big' TO 'large';
COMMIT;
