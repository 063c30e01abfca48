-- 0002_branches: Branches
-- upgrade from 0001_baseline, for PostgreSQL 14 or later; undone by 0002_branches.down.sql
-- locks:  books ACCESS EXCLUSIVE while it is scanned
-- data:   updates rows of books; loses none
-- checksum: bd89d22112a87ac6 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0002_branches builds on 0001_baseline: this database has no table schemac_revision';
    END IF;
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '0002_branches') THEN
        RAISE EXCEPTION USING MESSAGE = '0002_branches is already applied (it builds on 0001_baseline)';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0001_baseline') THEN
        RAISE EXCEPTION USING MESSAGE = '0002_branches builds on 0001_baseline, which is not applied';
    END IF;
END
$$;

ALTER TABLE books RENAME COLUMN published TO published_in;
ALTER TABLE books ADD COLUMN branch text;

-- a value for the rows that exist
UPDATE books SET branch = 'main' WHERE branch IS NULL;
ALTER TABLE books ALTER COLUMN branch SET NOT NULL;

INSERT INTO schemac_revision (revision, checksum) VALUES ('0002_branches', 'bd89d22112a87ac6');
COMMIT;
