-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  rates ACCESS EXCLUSIVE, brief
-- data:   loses none
-- online: no table is kept from writers while its rows are read or written
-- retry:  a part that stops since it got no lock within 5s has done nothing: run it again

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE TRIGGER zz_rates_sync BEFORE INSERT OR UPDATE ON rates FOR EACH ROW EXECUTE FUNCTION rates_sync()
DROP TRIGGER zz_rates_sync ON rates;

-- schemac: allow drop-column because rate has the same values
-- was: rate_new numeric(5,1)
ALTER TABLE rates DROP COLUMN rate_new;

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
