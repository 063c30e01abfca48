-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by second.down.sql
-- locks:  rates ACCESS EXCLUSIVE, brief
-- data:   LOSES all decimals but one of column "rate" of table "rates"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE TRIGGER zz_rates_sync BEFORE INSERT OR UPDATE ON rates FOR EACH ROW EXECUTE FUNCTION rates_sync()
DROP TRIGGER zz_rates_sync ON rates;

-- loses data: all decimals but one of column "rate" of table "rates"
-- was: rate numeric
ALTER TABLE rates DROP COLUMN rate;
ALTER TABLE rates RENAME COLUMN rate_new TO rate;

-- was: CREATE FUNCTION rates_sync() RETURNS trigger LANGUAGE plpgsql AS $$
--      DECLARE
--        rate_new numeric(5,1);
--      BEGIN
--        IF NEW.rate_new::text IS DISTINCT FROM OLD.rate_new::text THEN
--          rate_new := NEW.rate;
--          IF rate_new::text IS DISTINCT FROM NEW.rate_new::text THEN
--            NEW.rate := NEW.rate_new;
--      …
DROP FUNCTION rates_sync();
COMMIT;
