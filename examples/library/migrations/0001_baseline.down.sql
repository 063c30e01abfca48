-- 0001_baseline: The schema so far
-- downgrade to an empty database, for PostgreSQL 14 or later; undoes 0001_baseline.up.sql
-- locks:  books ACCESS EXCLUSIVE, brief; loans ACCESS EXCLUSIVE, brief; members ACCESS EXCLUSIVE, brief;
--         overdue ACCESS EXCLUSIVE, brief
-- data:   LOSES table "loans"; LOSES table "books"; LOSES table "members"
-- checksum: 3e57329e506a646a of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0001_baseline is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0001_baseline') THEN
        RAISE EXCEPTION USING MESSAGE = '0001_baseline is not applied, so the way back to nothing does not start here';
    END IF;
END
$$;

-- was: CREATE VIEW overdue AS
--      SELECT loans.id, books.title, members.email
--      FROM loans
--      JOIN books ON books.id = loans.book_id
--      JOIN members ON members.id = loans.member_id
--      WHERE loans.state = 'out' AND loans.due < current_date
DROP VIEW overdue;

-- loses data: table "loans"
DROP TABLE loans;

-- loses data: table "books"
DROP TABLE books;

-- loses data: table "members"
DROP TABLE members;

-- was: CREATE TYPE loan_state AS ENUM ('out', 'back', 'lost')
DROP TYPE loan_state;

DELETE FROM schemac_revision WHERE revision = '0001_baseline';
COMMIT;
