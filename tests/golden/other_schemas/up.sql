-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  app.people ACCESS EXCLUSIVE while an index is built
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE SCHEMA audit;

CREATE TABLE audit.entries (
    id bigint NOT NULL,
    person_id bigint,
    CONSTRAINT entries_pkey PRIMARY KEY (id),
    CONSTRAINT entries_person_id_fkey FOREIGN KEY (person_id) REFERENCES app.people (id)
);

ALTER TABLE app.people ALTER COLUMN mood SET DEFAULT 'sad';
CREATE INDEX people_mood_idx ON app.people (mood);

CREATE VIEW app.sad_people AS
select id, mood from app.people where mood = 'sad';
COMMIT;
