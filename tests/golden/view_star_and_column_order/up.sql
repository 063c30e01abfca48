-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  orders ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE VIEW open_orders AS
--      SELECT o.id, o.total, o.customer, c.email FROM orders o JOIN customers c ON c.id = o.customer
DROP VIEW open_orders;

-- was: CREATE VIEW order_totals AS
--      SELECT id, total FROM (SELECT id, total, customer FROM orders) AS every
DROP VIEW order_totals;

ALTER TABLE orders ADD COLUMN note text;

CREATE VIEW open_orders AS
SELECT o.id, o.note, o.total, o.customer, c.email FROM orders o JOIN customers c ON c.id = o.customer;

CREATE VIEW order_totals AS
SELECT id, total FROM (SELECT id, note, total, customer FROM orders) AS every;
COMMIT;
