-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  docs ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE POLICY own ON docs FOR SELECT TO app
--          USING (owner = current_user)
DROP POLICY own ON docs;
ALTER TABLE docs FORCE ROW LEVEL SECURITY;
GRANT INSERT ON TABLE docs TO app;
GRANT SELECT ON TABLE docs TO reporting WITH GRANT OPTION;
GRANT UPDATE (owner) ON TABLE docs TO app;
CREATE POLICY own ON docs FOR SELECT TO app, reporting
    USING (owner = current_user or owner is null);
CREATE POLICY write ON docs AS RESTRICTIVE FOR INSERT TO app
    WITH CHECK (owner = current_user);
COMMIT;
