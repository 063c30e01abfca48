-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  customers ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE VIEW phone_book AS
--      select id, phone from customers where phone is not null
DROP VIEW phone_book;
CREATE VIEW phone_book AS
select id, phone AS phone_number from customers where phone is not null;

ALTER INDEX customers_phone_idx RENAME TO customers_phone_number_idx;
ALTER TABLE customers RENAME CONSTRAINT customers_phone_check TO customers_phone_number_check;
ALTER TABLE customers RENAME COLUMN phone TO phone_number;
COMMIT;
