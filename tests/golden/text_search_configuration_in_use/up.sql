-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  page ACCESS EXCLUSIVE while it is rewritten
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: found tsvector GENERATED ALWAYS AS (to_tsvector('words', body)) STORED
ALTER TABLE page DROP COLUMN found;

-- was: CREATE TEXT SEARCH CONFIGURATION words (PARSER = pg_catalog."default");
--      ALTER TEXT SEARCH CONFIGURATION words ADD MAPPING FOR asciiword WITH simple
DROP TEXT SEARCH CONFIGURATION words;
CREATE TEXT SEARCH CONFIGURATION words (PARSER = pg_catalog."default");
ALTER TEXT SEARCH CONFIGURATION words ADD MAPPING FOR asciiword WITH simple;
ALTER TEXT SEARCH CONFIGURATION words ADD MAPPING FOR word WITH simple;

ALTER TABLE page ADD COLUMN found tsvector GENERATED ALWAYS AS (to_tsvector('words', body)) STORED;

-- as before: depends on column "found" of table "page"
CREATE INDEX page_found ON page USING gin (found);
COMMIT;
