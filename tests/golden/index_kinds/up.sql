-- from from.schema to to.schema
-- for PostgreSQL 15 or later; undone by down.sql
-- locks:  docs SHARE while an index is built
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE INDEX docs_body ON docs USING gin (body jsonb_path_ops) WITH (fastupdate = off);
CREATE UNIQUE INDEX docs_cover ON docs (id, title) INCLUDE (made);
CREATE INDEX docs_expr
    ON docs ((body ->> 'a'), lower(title) COLLATE "C")
    WHERE made is not null and title <> '';
CREATE INDEX docs_hash ON docs USING hash (title);
CREATE INDEX docs_made ON docs USING brin (made) WITH (pages_per_range = 32);
CREATE UNIQUE INDEX docs_nnd ON docs (title) NULLS NOT DISTINCT;
CREATE INDEX docs_span ON docs USING gist (span);
CREATE INDEX docs_tags ON docs USING gin (tags);
CREATE INDEX docs_title ON docs (title text_pattern_ops DESC NULLS LAST, id NULLS FIRST);
CREATE INDEX docs_title_made_idx ON docs (title, made);
COMMIT;
