-- 0002_branches: Branches
-- downgrade to 0001_baseline, for PostgreSQL 14 or later; undoes 0002_branches.up.sql
-- locks:  books ACCESS EXCLUSIVE, brief
-- data:   LOSES column "branch" of table "books"
-- checksum: 2ad8f6e4d26c2ba4 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0002_branches is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0002_branches') THEN
        RAISE EXCEPTION USING MESSAGE = '0002_branches is not applied, so the way back to 0001_baseline does not start here';
    END IF;
END
$$;

-- loses data: column "branch" of table "books"
-- was: branch text NOT NULL
ALTER TABLE books DROP COLUMN branch;
ALTER TABLE books RENAME COLUMN published_in TO published;

DELETE FROM schemac_revision WHERE revision = '0002_branches';
COMMIT;
