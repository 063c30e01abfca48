-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  users ACCESS EXCLUSIVE while an index is built
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- depends on constraint "users_pkey" of table "users"
DROP VIEW active;

-- was: CONSTRAINT users_pkey PRIMARY KEY (id) INCLUDE (part)
ALTER TABLE users
    DROP CONSTRAINT users_pkey,
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

-- as before: depends on constraint "users_pkey" of table "users"
CREATE VIEW active AS
SELECT u.id, u.name, count(o.user_id) AS orders FROM users u LEFT JOIN orders o ON o.user_id = u.id GROUP BY u.id;
COMMIT;
