-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  customers ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE customers RENAME COLUMN phone_number TO phone;
ALTER TABLE customers RENAME CONSTRAINT customers_phone_number_check TO customers_phone_check;
ALTER INDEX customers_phone_number_idx RENAME TO customers_phone_idx;

-- was: CREATE VIEW phone_book AS
--      select id, phone AS phone_number from customers where phone is not null
DROP VIEW phone_book;
CREATE VIEW phone_book AS
select id, phone from customers where phone is not null;
COMMIT;
