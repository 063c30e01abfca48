-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  clients ACCESS EXCLUSIVE, brief; customers ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE clients RENAME TO customers;

ALTER SEQUENCE clients_id_seq RENAME TO customers_id_seq;

ALTER TABLE customers RENAME CONSTRAINT clients_name_key TO customers_name_key;
ALTER TABLE customers RENAME CONSTRAINT clients_pkey TO customers_pkey;
COMMIT;
