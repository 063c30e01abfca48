-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  customers ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE customers RENAME CONSTRAINT customers_pkey TO clients_pkey;
ALTER TABLE customers RENAME CONSTRAINT customers_name_key TO clients_name_key;

ALTER SEQUENCE customers_id_seq RENAME TO clients_id_seq;

ALTER TABLE customers RENAME TO clients;
COMMIT;
