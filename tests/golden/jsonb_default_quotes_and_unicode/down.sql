-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  settings ACCESS EXCLUSIVE, brief
-- data:   LOSES column "empty" of table "settings"; LOSES column "list" of table "settings";
--         LOSES column "limits" of table "settings"; LOSES column "plain" of table "settings"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- loses data: column "empty" of table "settings"
-- was: empty jsonb DEFAULT '{}'::jsonb NOT NULL
-- loses data: column "list" of table "settings"
-- was: list jsonb DEFAULT '[]'::jsonb
-- loses data: column "limits" of table "settings"
-- was: limits jsonb DEFAULT E'{"seats": 5, "motto": "it''s \\"fine\\" \\\\ ünïcödé 😀", "nested": {"a": [1, 2.50, null, true]}}'::jsonb NOT NULL
-- loses data: column "plain" of table "settings"
-- was: plain json DEFAULT '{"kept": "as written"}'::json
ALTER TABLE settings
    DROP COLUMN empty,
    DROP COLUMN list,
    DROP COLUMN limits,
    DROP COLUMN plain;
COMMIT;
