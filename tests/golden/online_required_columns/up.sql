-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  people ACCESS EXCLUSIVE, brief, then SHARE UPDATE EXCLUSIVE while it is scanned, then SHARE UPDATE EXCLUSIVE while an index is built
-- data:   updates rows of people a few at a time; loses none
-- online: no table is kept from writers while its rows are read or written
-- retry:  a part that stops since it got no lock within 5s has done nothing: run it again

-- part 1 of 12

BEGIN;
SET LOCAL lock_timeout = '5s';

-- proves that no row holds NULL; dropped again below
ALTER TABLE people
    ADD COLUMN slug text,
    ADD COLUMN token uuid,
    ALTER COLUMN token SET DEFAULT gen_random_uuid(),
    ADD COLUMN noted text,
    ALTER COLUMN noted SET DEFAULT clock_timestamp()::text,
    ADD CONSTRAINT people_phone_not_null CHECK (phone IS NOT NULL) NOT VALID;
ALTER TABLE people ALTER COLUMN city SET NOT NULL;
COMMIT;

-- part 2 of 12: outside a transaction, where PostgreSQL wants it

-- before NULL is refused
-- outside of transactions: a few pages at a time, each time in one of its own; a second run goes on with the rows that are left
DO $$
#variable_conflict use_column
DECLARE
    schemac_page bigint;
    schemac_pages bigint;
    schemac_rows bigint;
    schemac_filled bigint;
    schemac_before bigint;
BEGIN
    LOOP
        schemac_page := 0;
        schemac_filled := 0;
        LOOP
            SET LOCAL lock_timeout = '5s';
            schemac_pages := pg_relation_size('people') / current_setting('block_size')::bigint;
            EXIT WHEN schemac_page > schemac_pages;
            UPDATE people SET email = 'unknown'
              WHERE email IS NULL
                AND ctid >= format('(%s,0)', schemac_page)::tid
                AND ctid < format('(%s,0)', schemac_page + 8)::tid;
            GET DIAGNOSTICS schemac_rows = ROW_COUNT;
            schemac_filled := schemac_filled + schemac_rows;
            schemac_page := schemac_page + 8;
            COMMIT;
        END LOOP;
        EXIT WHEN schemac_filled = 0 OR schemac_filled >= schemac_before;
        schemac_before := schemac_filled;
    END LOOP;
END
$$;

-- part 3 of 12: outside a transaction, where PostgreSQL wants it

-- a value for the rows that exist
-- outside of transactions: a few pages at a time, each time in one of its own; a second run goes on with the rows that are left
DO $$
#variable_conflict use_column
DECLARE
    schemac_page bigint;
    schemac_pages bigint;
    schemac_rows bigint;
    schemac_filled bigint;
    schemac_before bigint;
BEGIN
    LOOP
        schemac_page := 0;
        schemac_filled := 0;
        LOOP
            SET LOCAL lock_timeout = '5s';
            schemac_pages := pg_relation_size('people') / current_setting('block_size')::bigint;
            EXIT WHEN schemac_page > schemac_pages;
            UPDATE people SET noted = clock_timestamp()::text
              WHERE noted IS NULL
                AND ctid >= format('(%s,0)', schemac_page)::tid
                AND ctid < format('(%s,0)', schemac_page + 8)::tid;
            GET DIAGNOSTICS schemac_rows = ROW_COUNT;
            schemac_filled := schemac_filled + schemac_rows;
            schemac_page := schemac_page + 8;
            COMMIT;
        END LOOP;
        EXIT WHEN schemac_filled = 0 OR schemac_filled >= schemac_before;
        schemac_before := schemac_filled;
    END LOOP;
END
$$;

-- part 4 of 12: outside a transaction, where PostgreSQL wants it

-- a value for the rows that exist
-- outside of transactions: a few pages at a time, each time in one of its own; a second run goes on with the rows that are left
DO $$
#variable_conflict use_column
DECLARE
    schemac_page bigint;
    schemac_pages bigint;
    schemac_rows bigint;
    schemac_filled bigint;
    schemac_before bigint;
BEGIN
    LOOP
        schemac_page := 0;
        schemac_filled := 0;
        LOOP
            SET LOCAL lock_timeout = '5s';
            schemac_pages := pg_relation_size('people') / current_setting('block_size')::bigint;
            EXIT WHEN schemac_page > schemac_pages;
            UPDATE people SET slug = lower(name)
              WHERE slug IS NULL
                AND ctid >= format('(%s,0)', schemac_page)::tid
                AND ctid < format('(%s,0)', schemac_page + 8)::tid;
            GET DIAGNOSTICS schemac_rows = ROW_COUNT;
            schemac_filled := schemac_filled + schemac_rows;
            schemac_page := schemac_page + 8;
            COMMIT;
        END LOOP;
        EXIT WHEN schemac_filled = 0 OR schemac_filled >= schemac_before;
        schemac_before := schemac_filled;
    END LOOP;
END
$$;

-- part 5 of 12: outside a transaction, where PostgreSQL wants it

-- a value for the rows that exist
-- outside of transactions: a few pages at a time, each time in one of its own; a second run goes on with the rows that are left
DO $$
#variable_conflict use_column
DECLARE
    schemac_page bigint;
    schemac_pages bigint;
    schemac_rows bigint;
    schemac_filled bigint;
    schemac_before bigint;
BEGIN
    LOOP
        schemac_page := 0;
        schemac_filled := 0;
        LOOP
            SET LOCAL lock_timeout = '5s';
            schemac_pages := pg_relation_size('people') / current_setting('block_size')::bigint;
            EXIT WHEN schemac_page > schemac_pages;
            UPDATE people SET token = gen_random_uuid()
              WHERE token IS NULL
                AND ctid >= format('(%s,0)', schemac_page)::tid
                AND ctid < format('(%s,0)', schemac_page + 8)::tid;
            GET DIAGNOSTICS schemac_rows = ROW_COUNT;
            schemac_filled := schemac_filled + schemac_rows;
            schemac_page := schemac_page + 8;
            COMMIT;
        END LOOP;
        EXIT WHEN schemac_filled = 0 OR schemac_filled >= schemac_before;
        schemac_before := schemac_filled;
    END LOOP;
END
$$;

-- part 6 of 12

BEGIN;
SET LOCAL lock_timeout = '5s';

-- proves that no row holds NULL; dropped again below
ALTER TABLE people
    ADD CONSTRAINT people_email_not_null CHECK (email IS NOT NULL) NOT VALID,
    ADD CONSTRAINT people_slug_not_null CHECK (slug IS NOT NULL) NOT VALID,
    ADD CONSTRAINT people_token_not_null CHECK (token IS NOT NULL) NOT VALID;
COMMIT;

-- part 7 of 12: outside a transaction, where PostgreSQL wants it

-- for rows that came without a value meanwhile
-- outside of transactions: a few pages at a time, each time in one of its own; a second run goes on with the rows that are left
DO $$
#variable_conflict use_column
DECLARE
    schemac_page bigint;
    schemac_pages bigint;
    schemac_rows bigint;
    schemac_filled bigint;
    schemac_before bigint;
BEGIN
    LOOP
        schemac_page := 0;
        schemac_filled := 0;
        LOOP
            SET LOCAL lock_timeout = '5s';
            schemac_pages := pg_relation_size('people') / current_setting('block_size')::bigint;
            EXIT WHEN schemac_page > schemac_pages;
            UPDATE people SET email = 'unknown'
              WHERE email IS NULL
                AND ctid >= format('(%s,0)', schemac_page)::tid
                AND ctid < format('(%s,0)', schemac_page + 8)::tid;
            GET DIAGNOSTICS schemac_rows = ROW_COUNT;
            schemac_filled := schemac_filled + schemac_rows;
            schemac_page := schemac_page + 8;
            COMMIT;
        END LOOP;
        EXIT WHEN schemac_filled = 0 OR schemac_filled >= schemac_before;
        schemac_before := schemac_filled;
    END LOOP;
END
$$;

-- part 8 of 12: outside a transaction, where PostgreSQL wants it

-- for rows that came without a value meanwhile
-- outside of transactions: a few pages at a time, each time in one of its own; a second run goes on with the rows that are left
DO $$
#variable_conflict use_column
DECLARE
    schemac_page bigint;
    schemac_pages bigint;
    schemac_rows bigint;
    schemac_filled bigint;
    schemac_before bigint;
BEGIN
    LOOP
        schemac_page := 0;
        schemac_filled := 0;
        LOOP
            SET LOCAL lock_timeout = '5s';
            schemac_pages := pg_relation_size('people') / current_setting('block_size')::bigint;
            EXIT WHEN schemac_page > schemac_pages;
            UPDATE people SET slug = lower(name)
              WHERE slug IS NULL
                AND ctid >= format('(%s,0)', schemac_page)::tid
                AND ctid < format('(%s,0)', schemac_page + 8)::tid;
            GET DIAGNOSTICS schemac_rows = ROW_COUNT;
            schemac_filled := schemac_filled + schemac_rows;
            schemac_page := schemac_page + 8;
            COMMIT;
        END LOOP;
        EXIT WHEN schemac_filled = 0 OR schemac_filled >= schemac_before;
        schemac_before := schemac_filled;
    END LOOP;
END
$$;

-- part 9 of 12

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE people VALIDATE CONSTRAINT people_email_not_null;
ALTER TABLE people VALIDATE CONSTRAINT people_phone_not_null;
ALTER TABLE people VALIDATE CONSTRAINT people_slug_not_null;
ALTER TABLE people VALIDATE CONSTRAINT people_token_not_null;
COMMIT;

-- part 10 of 12

BEGIN;
SET LOCAL lock_timeout = '5s';

-- fails when rows hold NULL
ALTER TABLE people
    ALTER COLUMN email SET NOT NULL,
    ALTER COLUMN phone SET NOT NULL,
    ALTER COLUMN slug SET NOT NULL,
    ALTER COLUMN token SET NOT NULL;
ALTER TABLE people
    DROP CONSTRAINT people_email_not_null,
    DROP CONSTRAINT people_phone_not_null,
    DROP CONSTRAINT people_slug_not_null,
    DROP CONSTRAINT people_token_not_null;
COMMIT;

-- part 11 of 12: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself; what a build that failed has left behind is dropped first
DROP INDEX CONCURRENTLY IF EXISTS people_slug_key;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS people_slug_key ON people (slug);

-- part 12 of 12

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE people ADD CONSTRAINT people_slug_key UNIQUE USING INDEX people_slug_key;
COMMIT;
