-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  settings ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE settings
    ADD COLUMN empty jsonb DEFAULT '{}'::jsonb NOT NULL,
    ADD COLUMN list jsonb DEFAULT '[]'::jsonb,
    ADD COLUMN limits jsonb DEFAULT E'{"seats": 5, "motto": "it''s \\"fine\\" \\\\ ünïcödé 😀", "nested": {"a": [1, 2.50, null, true]}}'::jsonb NOT NULL,
    ADD COLUMN plain json DEFAULT '{"kept": "as written"}'::json;
COMMIT;
