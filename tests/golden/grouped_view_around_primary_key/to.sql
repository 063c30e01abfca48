CREATE TABLE users (id integer, part integer NOT NULL, name text, PRIMARY KEY (id) INCLUDE (part));
CREATE TABLE orders (user_id integer);
CREATE VIEW active AS SELECT u.id, u.name, count(o.user_id) AS orders FROM users u LEFT JOIN orders o ON o.user_id = u.id GROUP BY u.id;
