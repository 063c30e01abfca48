-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  orders ACCESS EXCLUSIVE, brief
-- data:   LOSES column "note" of table "orders"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE VIEW open_orders AS
--      SELECT o.id, o.note, o.total, o.customer, c.email FROM orders o JOIN customers c ON c.id = o.customer
DROP VIEW open_orders;
CREATE VIEW open_orders AS
SELECT o.id, o.total, o.customer, c.email FROM orders o JOIN customers c ON c.id = o.customer;

-- was: CREATE VIEW order_totals AS
--      SELECT id, total FROM (SELECT id, note, total, customer FROM orders) AS every
DROP VIEW order_totals;
CREATE VIEW order_totals AS
SELECT id, total FROM (SELECT id, total, customer FROM orders) AS every;

-- loses data: column "note" of table "orders"
-- was: note text
ALTER TABLE orders DROP COLUMN note;
COMMIT;
