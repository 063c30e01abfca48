-- from to.schema back to from.schema
-- for PostgreSQL 15 or later; undoes up.sql
-- locks:  docs ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE INDEX docs_body ON docs USING gin (body jsonb_path_ops) WITH (fastupdate = off)
DROP INDEX docs_body;

-- was: CREATE UNIQUE INDEX docs_cover ON docs (id, title) INCLUDE (made)
DROP INDEX docs_cover;

-- was: CREATE INDEX docs_expr
--          ON docs ((body ->> 'a'), lower(title) COLLATE "C")
--          WHERE made is not null and title <> ''
DROP INDEX docs_expr;

-- was: CREATE INDEX docs_hash ON docs USING hash (title)
DROP INDEX docs_hash;

-- was: CREATE INDEX docs_made ON docs USING brin (made) WITH (pages_per_range = 32)
DROP INDEX docs_made;

-- was: CREATE UNIQUE INDEX docs_nnd ON docs (title) NULLS NOT DISTINCT
DROP INDEX docs_nnd;

-- was: CREATE INDEX docs_span ON docs USING gist (span)
DROP INDEX docs_span;

-- was: CREATE INDEX docs_tags ON docs USING gin (tags)
DROP INDEX docs_tags;

-- was: CREATE INDEX docs_title ON docs (title text_pattern_ops DESC NULLS LAST, id NULLS FIRST)
DROP INDEX docs_title;

-- was: CREATE INDEX docs_title_made_idx ON docs (title, made)
DROP INDEX docs_title_made_idx;
COMMIT;
