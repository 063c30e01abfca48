-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  offers ACCESS EXCLUSIVE while it is rewritten
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE offers
    ALTER COLUMN price TYPE old_price USING price::text::old_price,
    ALTER COLUMN steps TYPE old_price[] USING steps::text[]::old_price[],
    ALTER COLUMN codes TYPE integer[] USING codes::integer[];
COMMIT;
