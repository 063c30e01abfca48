-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  t ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE TRIGGER gone after insert ON t for each statement execute function touch()
DROP TRIGGER gone ON t;

-- was: CREATE TRIGGER touch before update ON t for each row execute function touch()
DROP TRIGGER touch ON t;
CREATE TRIGGER touch before insert or update of at ON t for each row when (new.at is null) execute function touch();
COMMIT;
