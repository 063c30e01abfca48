-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  none that others would notice
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE TABLE players (
    id bigint NOT NULL,
    team_id bigint NOT NULL,
    mentor_id bigint,
    CONSTRAINT players_pkey PRIMARY KEY (id),
    CONSTRAINT players_mentor_id_fkey FOREIGN KEY (mentor_id) REFERENCES players (id) ON DELETE SET NULL
);

CREATE TABLE teams (
    id bigint NOT NULL,
    captain_id bigint,
    CONSTRAINT teams_pkey PRIMARY KEY (id),
    CONSTRAINT teams_captain_id_fkey FOREIGN KEY (captain_id) REFERENCES players (id)
);

ALTER TABLE players
    ADD CONSTRAINT players_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED;
COMMIT;
