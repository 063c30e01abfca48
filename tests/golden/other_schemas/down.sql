-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  app.people ACCESS EXCLUSIVE, brief; app.sad_people ACCESS EXCLUSIVE, brief;
--         audit.entries ACCESS EXCLUSIVE, brief
-- data:   LOSES table "audit.entries"; LOSES schema "audit"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE INDEX people_mood_idx ON app.people (mood)
DROP INDEX app.people_mood_idx;
ALTER TABLE app.people ALTER COLUMN mood SET DEFAULT 'happy';

-- was: CREATE VIEW app.sad_people AS
--      select id, mood from app.people where mood = 'sad'
DROP VIEW app.sad_people;

-- loses data: table "audit.entries"
DROP TABLE audit.entries;

-- loses data: schema "audit"
DROP SCHEMA audit;
COMMIT;
