-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  rates ACCESS EXCLUSIVE, brief
-- data:   updates rows of rates a few at a time; loses none
-- online: no table is kept from writers while its rows are read or written
-- retry:  a part that stops since it got no lock within 5s has done nothing: run it again

-- part 1 of 2

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

ALTER TABLE rates ADD COLUMN rate_new numeric(5,1);
CREATE TRIGGER zz_rates_sync BEFORE INSERT OR UPDATE ON rates FOR EACH ROW EXECUTE FUNCTION rates_sync();
COMMIT;

-- part 2 of 2: outside a transaction, where PostgreSQL wants it

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
            schemac_pages := pg_relation_size('rates') / current_setting('block_size')::bigint;
            EXIT WHEN schemac_page > schemac_pages;
            UPDATE rates SET rate_new = rate
              WHERE rate_new IS NULL
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
