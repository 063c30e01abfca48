-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  none that others would notice
-- data:   updates rows of roles; adds rows to roles; DELETES rows of roles

BEGIN;
SET LOCAL lock_timeout = '5s';

UPDATE roles SET level = 9, rights = DEFAULT WHERE name = 'admin';
INSERT INTO roles (level, name)
    VALUES (1, 'gone')
    ON CONFLICT (name) DO NOTHING;
DELETE FROM roles WHERE name = 'it''s new';
COMMIT;
