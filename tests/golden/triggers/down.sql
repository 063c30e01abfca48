-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  t ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE TRIGGER touch before insert or update of at ON t for each row when (new.at is null) execute function touch()
DROP TRIGGER touch ON t;
CREATE TRIGGER gone after insert ON t for each statement execute function touch();
CREATE TRIGGER touch before update ON t for each row execute function touch();
COMMIT;
