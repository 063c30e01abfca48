-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  none that others would notice
-- data:   updates rows of roles; adds rows to roles; DELETES rows of roles

BEGIN;
SET LOCAL lock_timeout = '5s';

UPDATE roles SET level = 10, rights = '{"all": true}'::jsonb WHERE name = 'admin';
DELETE FROM roles WHERE name = 'gone';
INSERT INTO roles (level, name)
    VALUES (null, 'it''s new')
    ON CONFLICT (name) DO NOTHING;
COMMIT;
