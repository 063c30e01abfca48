-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes second.up.sql
-- locks:  rates ACCESS EXCLUSIVE, brief
-- data:   updates rows of rates; loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE FUNCTION rates_sync() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  rate_new numeric(5,1);
BEGIN
  IF NEW.rate_new::text IS DISTINCT FROM OLD.rate_new::text THEN
    rate_new := NEW.rate;
    IF rate_new::text IS DISTINCT FROM NEW.rate_new::text THEN
      NEW.rate := NEW.rate_new;
    END IF;
  ELSIF NEW.rate::text IS DISTINCT FROM OLD.rate::text THEN
    NEW.rate_new := NEW.rate;
  END IF;
  RETURN NEW;
END
$$;

ALTER TABLE rates RENAME COLUMN rate TO rate_new;
ALTER TABLE rates ADD COLUMN rate numeric;

-- a value for the rows that exist
UPDATE rates SET rate = rate_new WHERE rate IS NULL;
CREATE TRIGGER zz_rates_sync BEFORE INSERT OR UPDATE ON rates FOR EACH ROW EXECUTE FUNCTION rates_sync();
COMMIT;
