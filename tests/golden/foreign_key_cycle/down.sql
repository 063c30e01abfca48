-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  players ACCESS EXCLUSIVE, brief; teams ACCESS EXCLUSIVE, brief
-- data:   LOSES table "teams"; LOSES table "players"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CONSTRAINT players_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED
ALTER TABLE players DROP CONSTRAINT players_team_id_fkey;

-- was: CONSTRAINT teams_captain_id_fkey FOREIGN KEY (captain_id) REFERENCES players (id)
ALTER TABLE teams DROP CONSTRAINT teams_captain_id_fkey;

-- loses data: table "teams"
DROP TABLE teams;

-- loses data: table "players"
DROP TABLE players;
COMMIT;
