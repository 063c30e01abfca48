-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  docs ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE POLICY own ON docs FOR SELECT TO app, reporting
--          USING (owner = current_user or owner is null)
DROP POLICY own ON docs;

-- was: CREATE POLICY write ON docs AS RESTRICTIVE FOR INSERT TO app
--          WITH CHECK (owner = current_user)
DROP POLICY write ON docs;
ALTER TABLE docs NO FORCE ROW LEVEL SECURITY;
REVOKE INSERT ON TABLE docs FROM app;
REVOKE SELECT ON TABLE docs FROM reporting;
REVOKE UPDATE (owner) ON TABLE docs FROM app;
CREATE POLICY own ON docs FOR SELECT TO app
    USING (owner = current_user);
COMMIT;
