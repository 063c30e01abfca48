-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  customers ACCESS EXCLUSIVE, brief, then SHARE UPDATE EXCLUSIVE while it is scanned, then SHARE UPDATE EXCLUSIVE while an index is built, then SHARE ROW EXCLUSIVE, brief;
--         orders ACCESS EXCLUSIVE, brief, then SHARE UPDATE EXCLUSIVE while it is scanned, then SHARE UPDATE EXCLUSIVE while an index is built
-- data:   updates rows of customers a few at a time; updates rows of orders a few at a time; loses none
-- online: no table is kept from writers while its rows are read or written
-- retry:  a part that stops since it got no lock within 5s has done nothing: run it again

-- part 1 of 18

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE TYPE order_state AS ENUM ('open', 'paid');

CREATE FUNCTION customers_sync() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  id_new bigint;
BEGIN
  IF NEW.id_new::text IS DISTINCT FROM OLD.id_new::text THEN
    id_new := NEW.id;
    IF id_new::text IS DISTINCT FROM NEW.id_new::text THEN
      NEW.id := NEW.id_new;
    END IF;
  ELSIF NEW.id::text IS DISTINCT FROM OLD.id::text THEN
    NEW.id_new := NEW.id;
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION orders_sync() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  customer_new bigint;
  total_new numeric(12,2);
  state_new order_state;
BEGIN
  IF NEW.customer_new::text IS DISTINCT FROM OLD.customer_new::text THEN
    customer_new := NEW.customer;
    IF customer_new::text IS DISTINCT FROM NEW.customer_new::text THEN
      NEW.customer := NEW.customer_new;
    END IF;
  ELSIF NEW.customer::text IS DISTINCT FROM OLD.customer::text THEN
    NEW.customer_new := NEW.customer;
  END IF;
  IF NEW.total_new::text IS DISTINCT FROM OLD.total_new::text THEN
    total_new := NEW.total;
    IF total_new::text IS DISTINCT FROM NEW.total_new::text THEN
      NEW.total := NEW.total_new;
    END IF;
  ELSIF NEW.total::text IS DISTINCT FROM OLD.total::text THEN
    NEW.total_new := NEW.total;
  END IF;
  IF NEW.state_new::text IS DISTINCT FROM OLD.state_new::text THEN
    state_new := NEW.state::order_state;
    IF state_new::text IS DISTINCT FROM NEW.state_new::text THEN
      NEW.state := NEW.state_new;
    END IF;
  ELSIF NEW.state::text IS DISTINCT FROM OLD.state::text THEN
    NEW.state_new := NEW.state::order_state;
  END IF;
  RETURN NEW;
END
$$;

ALTER TABLE customers ADD COLUMN id_new bigint;
CREATE TRIGGER zz_customers_sync BEFORE INSERT OR UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION customers_sync();

ALTER TABLE orders
    ADD COLUMN customer_new bigint,
    ADD COLUMN total_new numeric(12,2),
    ADD COLUMN state_new order_state;
CREATE TRIGGER zz_orders_sync BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION orders_sync();
COMMIT;

-- part 2 of 18: outside a transaction, where PostgreSQL wants it

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
            schemac_pages := pg_relation_size('customers') / current_setting('block_size')::bigint;
            EXIT WHEN schemac_page > schemac_pages;
            UPDATE customers SET id_new = id
              WHERE id_new IS NULL
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

-- part 3 of 18

BEGIN;
SET LOCAL lock_timeout = '5s';

-- proves that no row holds NULL; dropped again below
ALTER TABLE customers ADD CONSTRAINT customers_id_new_not_null CHECK (id_new IS NOT NULL) NOT VALID;
COMMIT;

-- part 4 of 18

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE customers VALIDATE CONSTRAINT customers_id_new_not_null;
COMMIT;

-- part 5 of 18

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE customers ALTER COLUMN id_new SET NOT NULL;
ALTER TABLE customers DROP CONSTRAINT customers_id_new_not_null;
COMMIT;

-- part 6 of 18: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself; what a build that failed has left behind is dropped first
DROP INDEX CONCURRENTLY IF EXISTS customers_pkey_new;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS customers_pkey_new ON customers (id_new);

-- part 7 of 18: outside a transaction, where PostgreSQL wants it

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
            schemac_pages := pg_relation_size('orders') / current_setting('block_size')::bigint;
            EXIT WHEN schemac_page > schemac_pages;
            UPDATE orders SET customer_new = customer
              WHERE customer_new IS NULL
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

-- part 8 of 18: outside a transaction, where PostgreSQL wants it

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
            schemac_pages := pg_relation_size('orders') / current_setting('block_size')::bigint;
            EXIT WHEN schemac_page > schemac_pages;
            UPDATE orders SET state_new = state::order_state
              WHERE state_new IS NULL
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

-- part 9 of 18: outside a transaction, where PostgreSQL wants it

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
            schemac_pages := pg_relation_size('orders') / current_setting('block_size')::bigint;
            EXIT WHEN schemac_page > schemac_pages;
            UPDATE orders SET total_new = total
              WHERE total_new IS NULL
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

-- part 10 of 18

BEGIN;
SET LOCAL lock_timeout = '5s';

-- proves that no row holds NULL; dropped again below
ALTER TABLE orders
    ADD CONSTRAINT orders_customer_new_not_null CHECK (customer_new IS NOT NULL) NOT VALID,
    ADD CONSTRAINT orders_total_new_not_null CHECK (total_new IS NOT NULL) NOT VALID;
COMMIT;

-- part 11 of 18

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_new_not_null;
ALTER TABLE orders VALIDATE CONSTRAINT orders_total_new_not_null;
COMMIT;

-- part 12 of 18

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE orders
    ALTER COLUMN customer_new SET NOT NULL,
    ALTER COLUMN total_new SET NOT NULL;
ALTER TABLE orders
    DROP CONSTRAINT orders_customer_new_not_null,
    DROP CONSTRAINT orders_total_new_not_null;
COMMIT;

-- part 13 of 18: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself; what a build that failed has left behind is dropped first
DROP INDEX CONCURRENTLY IF EXISTS orders_total_new;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS orders_total_new ON orders (total_new, id);

-- part 14 of 18

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE orders ADD CONSTRAINT orders_total_new UNIQUE USING INDEX orders_total_new;
COMMIT;

-- part 15 of 18

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE orders
    ADD CONSTRAINT orders_total_known_new CHECK (total_new >= 0) NOT VALID,
    ADD CONSTRAINT orders_customer_fkey_new FOREIGN KEY (customer_new) REFERENCES customers (id_new) NOT VALID;
COMMIT;

-- part 16 of 18: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself; what a build that failed has left behind is dropped first
DROP INDEX CONCURRENTLY IF EXISTS orders_customer_new;
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_customer_new ON orders (customer_new);

-- part 17 of 18

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_fkey_new;
COMMIT;

-- part 18 of 18

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE orders VALIDATE CONSTRAINT orders_total_known_new;
COMMIT;
