-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  invoices ACCESS EXCLUSIVE, brief, then SHARE UPDATE EXCLUSIVE, brief; payments ACCESS EXCLUSIVE, brief
-- data:   LOSES table "payments"

-- part 1 of 2

BEGIN;
SET LOCAL lock_timeout = '5s';

-- loses data: table "payments"
DROP TABLE payments;
COMMIT;

-- part 2 of 2: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself
-- was: CREATE INDEX invoices_client_issued ON invoices (client, issued)
DROP INDEX CONCURRENTLY IF EXISTS invoices_client_issued;
