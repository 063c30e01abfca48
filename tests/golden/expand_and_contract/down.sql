-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  customers ACCESS EXCLUSIVE, brief; orders ACCESS EXCLUSIVE, brief
-- data:   LOSES the decimals of column "total_new" of table "orders"
-- online: no table is kept from writers while its rows are read or written
-- retry:  a part that stops since it got no lock within 5s has done nothing: run it again

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE TRIGGER zz_customers_sync BEFORE INSERT OR UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION customers_sync()
DROP TRIGGER zz_customers_sync ON customers;

-- was: CONSTRAINT orders_total_known_new CHECK (total_new >= 0)
ALTER TABLE orders DROP CONSTRAINT orders_total_known_new;

-- was: CREATE TRIGGER zz_orders_sync BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION orders_sync()
DROP TRIGGER zz_orders_sync ON orders;

-- schemac: allow drop-column because customer has the same values
-- was: customer_new bigint NOT NULL
-- loses data: the decimals of column "total_new" of table "orders"
-- was: total_new numeric(12,2) NOT NULL
-- schemac: allow drop-column because state has the same values
-- was: state_new order_state
ALTER TABLE orders
    DROP COLUMN customer_new,
    DROP COLUMN total_new,
    DROP COLUMN state_new;

-- schemac: allow drop-column because id has the same values
-- was: id_new bigint NOT NULL
ALTER TABLE customers DROP COLUMN id_new;

-- was: CREATE FUNCTION customers_sync() RETURNS trigger LANGUAGE plpgsql AS $$
--      DECLARE
--        id_new bigint;
--      BEGIN
--        IF NEW.id_new::text IS DISTINCT FROM OLD.id_new::text THEN
--          id_new := NEW.id;
--          IF id_new::text IS DISTINCT FROM NEW.id_new::text THEN
--            NEW.id := NEW.id_new;
--      …
DROP FUNCTION customers_sync();

-- was: CREATE FUNCTION orders_sync() RETURNS trigger LANGUAGE plpgsql AS $$
--      DECLARE
--        customer_new bigint;
--        total_new numeric(12,2);
--        state_new order_state;
--      BEGIN
--        IF NEW.customer_new::text IS DISTINCT FROM OLD.customer_new::text THEN
--          customer_new := NEW.customer;
--      …
DROP FUNCTION orders_sync();

-- was: CREATE TYPE order_state AS ENUM ('open', 'paid')
DROP TYPE order_state;
COMMIT;
