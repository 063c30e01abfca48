-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  account ACCESS EXCLUSIVE, brief; account_a ACCESS EXCLUSIVE, brief; account_a1 ACCESS EXCLUSIVE, brief;
--         node ACCESS EXCLUSIVE, brief; node_a ACCESS EXCLUSIVE, brief
-- data:   LOSES table "account_a1"; LOSES table "account_a"; LOSES table "node_a"; LOSES table "node"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CONSTRAINT node_parent_fkey FOREIGN KEY (parent) REFERENCES node (id)
ALTER TABLE node DROP CONSTRAINT node_parent_fkey;

-- a foreign key holds it
ALTER TABLE account DETACH PARTITION account_a;

-- loses data: table "account_a1"
DROP TABLE account_a1;

-- loses data: table "account_a"
DROP TABLE account_a;

-- loses data: table "node_a"
DROP TABLE node_a;

-- loses data: table "node"
DROP TABLE node;
COMMIT;
