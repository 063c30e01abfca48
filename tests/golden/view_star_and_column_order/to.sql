CREATE TABLE customers (id int PRIMARY KEY, email text);
CREATE TABLE orders (id bigint PRIMARY KEY, note text, total numeric(12,2), customer int);
CREATE VIEW open_orders AS SELECT o.*, c.email FROM orders o JOIN customers c ON c.id = o.customer;
CREATE VIEW order_totals AS SELECT id, total FROM (SELECT * FROM orders) AS every;
