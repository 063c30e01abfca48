-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  accounts ACCESS EXCLUSIVE while it is rewritten
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- depends on column "owner_id" of table "accounts", whose type changes
DROP TRIGGER on_owner ON accounts;

-- depends on column "owner_id" of table "accounts", whose type changes
DROP POLICY own ON accounts;

-- was: label text GENERATED ALWAYS AS ('account ' || owner_id) STORED
ALTER TABLE accounts
    DROP COLUMN label,
    ALTER COLUMN owner_id TYPE bigint,
    ADD COLUMN label text GENERATED ALWAYS AS ('account ' || owner_id) STORED;

-- as before: depends on column "owner_id" of table "accounts", whose type changes
CREATE TRIGGER on_owner before update of owner_id ON accounts for each row when (old.owner_id is distinct from new.owner_id) execute function touch();

-- as before: depends on column "owner_id" of table "accounts", whose type changes
CREATE POLICY own ON accounts TO app
    USING (owner_id = 1)
    WITH CHECK (owner_id = 1);
COMMIT;
