-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  account ACCESS EXCLUSIVE, brief; account_0 ACCESS EXCLUSIVE while it is scanned;
--         account_2 ACCESS EXCLUSIVE, brief; account_3 ACCESS EXCLUSIVE, brief
-- data:   LOSES table "account_2"; LOSES table "account_3"

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE account DETACH PARTITION account_0;

-- loses data: table "account_2"
DROP TABLE account_2;

-- loses data: table "account_3"
DROP TABLE account_3;

CREATE TABLE account_1 PARTITION OF account FOR VALUES WITH (modulus 2, remainder 1);

ALTER TABLE account ATTACH PARTITION account_0 FOR VALUES WITH (modulus 2, remainder 0);
COMMIT;
