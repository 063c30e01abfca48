-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  account ACCESS EXCLUSIVE, brief; account_0 ACCESS EXCLUSIVE while it is scanned;
--         account_1 ACCESS EXCLUSIVE, brief
-- data:   LOSES table "account_1"

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE account DETACH PARTITION account_0;

-- loses data: table "account_1"
DROP TABLE account_1;

CREATE TABLE account_2 PARTITION OF account FOR VALUES WITH (modulus 4, remainder 2);

CREATE TABLE account_3 PARTITION OF account FOR VALUES WITH (modulus 2, remainder 1);

ALTER TABLE account ATTACH PARTITION account_0 FOR VALUES WITH (modulus 4, remainder 0);
COMMIT;
