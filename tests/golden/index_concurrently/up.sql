-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  invoices SHARE ROW EXCLUSIVE, brief, then SHARE UPDATE EXCLUSIVE while an index is built
-- data:   loses none

-- part 1 of 2

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE TABLE payments (
    id bigint NOT NULL,
    invoice bigint NOT NULL,
    CONSTRAINT payments_pkey PRIMARY KEY (id),
    CONSTRAINT payments_invoice_fkey FOREIGN KEY (invoice) REFERENCES invoices (id)
);
CREATE INDEX payments_invoice ON payments (invoice);
COMMIT;

-- part 2 of 2: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself; what a build that failed has left behind is dropped first
DROP INDEX CONCURRENTLY IF EXISTS invoices_client_issued;
CREATE INDEX CONCURRENTLY IF NOT EXISTS invoices_client_issued ON invoices (client, issued);
