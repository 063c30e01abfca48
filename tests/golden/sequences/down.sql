-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  orders ACCESS EXCLUSIVE, brief
-- data:   LOSES table "orders"; LOSES sequence "fresh"

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER SEQUENCE order_numbers INCREMENT BY 1 MAXVALUE 9223372036854775807 CACHE 1 NO CYCLE;

ALTER SEQUENCE plain AS bigint MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1;

-- loses data: table "orders"
DROP TABLE orders;

-- loses data: sequence "fresh"
-- was: CREATE SEQUENCE fresh
DROP SEQUENCE fresh;
COMMIT;
