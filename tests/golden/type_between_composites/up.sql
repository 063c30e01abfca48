-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  offers ACCESS EXCLUSIVE while it is rewritten
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE offers
    ALTER COLUMN price TYPE price USING price::text::price,
    ALTER COLUMN steps TYPE price[] USING steps::text[]::price[],
    ALTER COLUMN codes TYPE text[];
COMMIT;
