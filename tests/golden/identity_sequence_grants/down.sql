-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  customers ACCESS EXCLUSIVE, brief; invoices ACCESS EXCLUSIVE, brief; orders ACCESS EXCLUSIVE, brief;
--         plain ACCESS EXCLUSIVE, brief
-- data:   LOSES column "line" of table "orders"; LOSES table "invoices"

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE plain ALTER COLUMN id DROP IDENTITY;

COMMENT ON SEQUENCE client_numbers IS NULL;
GRANT SELECT ON SEQUENCE client_numbers TO reporting;

ALTER TABLE orders ALTER COLUMN id SET GENERATED ALWAYS;
REVOKE SELECT ON SEQUENCE orders_id_seq FROM app;
REVOKE SELECT ON SEQUENCE orders_id_seq FROM reporting;
GRANT USAGE ON SEQUENCE orders_id_seq TO app;

-- loses data: column "line" of table "orders"
-- was: line bigint GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME orders_line_seq) NOT NULL
ALTER TABLE orders DROP COLUMN line;

-- loses data: table "invoices"
DROP TABLE invoices;

ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON SEQUENCES FROM reporting;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO app;

ALTER TABLE customers RENAME CONSTRAINT customers_pkey TO clients_pkey;

ALTER TABLE customers RENAME TO clients;
COMMIT;
