-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  clients ACCESS EXCLUSIVE, brief, then SHARE UPDATE EXCLUSIVE while an index is built, then SHARE ROW EXCLUSIVE, brief;
--         orders ACCESS EXCLUSIVE, brief, then SHARE ROW EXCLUSIVE, brief, then SHARE UPDATE EXCLUSIVE while it is scanned
-- data:   loses none
-- online: no table is kept from writers while its rows are read or written
-- retry:  a part that stops since it got no lock within 5s has done nothing: run it again

-- part 1 of 10

BEGIN;
SET LOCAL lock_timeout = '5s';

-- serves until the new one is built
ALTER TABLE clients RENAME CONSTRAINT clients_code_key TO clients_code_key_old;

ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total > 0) NOT VALID;
COMMIT;

-- part 2 of 10: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself; what a build that failed has left behind is dropped first
DROP INDEX CONCURRENTLY IF EXISTS clients_pkey;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS clients_pkey ON clients (id);

-- part 3 of 10

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE clients ADD CONSTRAINT clients_pkey PRIMARY KEY USING INDEX clients_pkey;
COMMIT;

-- part 4 of 10: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself; what a build that failed has left behind is dropped first
DROP INDEX CONCURRENTLY IF EXISTS clients_code_key;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS clients_code_key
    ON clients (code, email) INCLUDE (id);

-- part 5 of 10

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CONSTRAINT clients_code_key_old UNIQUE (code)
ALTER TABLE clients
    DROP CONSTRAINT clients_code_key_old,
    ADD CONSTRAINT clients_code_key UNIQUE USING INDEX clients_code_key DEFERRABLE;
COMMIT;

-- part 6 of 10: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself; what a build that failed has left behind is dropped first
DROP INDEX CONCURRENTLY IF EXISTS clients_email_key;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS clients_email_key ON clients (email);

-- part 7 of 10

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE clients ADD CONSTRAINT clients_email_key UNIQUE USING INDEX clients_email_key;
COMMIT;

-- part 8 of 10

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE orders
    ADD CONSTRAINT orders_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE CASCADE NOT VALID;
COMMIT;

-- part 9 of 10

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE orders VALIDATE CONSTRAINT orders_client_id_fkey;
COMMIT;

-- part 10 of 10

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE orders VALIDATE CONSTRAINT orders_total_positive;
COMMIT;
