-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  invoices SHARE UPDATE EXCLUSIVE, brief, then SHARE UPDATE EXCLUSIVE while an index is built
-- data:   loses none
-- online: no table is kept from writers while its rows are read or written
-- retry:  a part that stops since it got no lock within 5s has done nothing: run it again

-- part 1 of 5

BEGIN;
SET LOCAL lock_timeout = '5s';

-- serves until the new one is built
ALTER INDEX invoices_client RENAME TO invoices_client_old;
COMMIT;

-- part 2 of 5: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself
-- was: CREATE INDEX invoices_issued ON invoices (issued)
DROP INDEX CONCURRENTLY IF EXISTS invoices_issued;

-- part 3 of 5: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself; what a build that failed has left behind is dropped first
DROP INDEX CONCURRENTLY IF EXISTS invoices_client;
CREATE INDEX CONCURRENTLY IF NOT EXISTS invoices_client ON invoices (client, issued);

-- part 4 of 5: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself
-- was: CREATE INDEX invoices_client_old ON invoices (client)
DROP INDEX CONCURRENTLY IF EXISTS invoices_client_old;

-- part 5 of 5: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself; what a build that failed has left behind is dropped first
DROP INDEX CONCURRENTLY IF EXISTS invoices_number;
CREATE INDEX CONCURRENTLY IF NOT EXISTS invoices_number ON invoices (lower(number));
