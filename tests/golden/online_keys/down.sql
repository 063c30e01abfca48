-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  clients ACCESS EXCLUSIVE, brief, then SHARE UPDATE EXCLUSIVE while an index is built;
--         orders ACCESS EXCLUSIVE, brief
-- data:   loses none
-- online: no table is kept from writers while its rows are read or written
-- retry:  a part that stops since it got no lock within 5s has done nothing: run it again

-- part 1 of 3

BEGIN;
SET LOCAL lock_timeout = '5s';

-- serves until the new one is built
ALTER TABLE clients RENAME CONSTRAINT clients_code_key TO clients_code_key_old;

-- was: CONSTRAINT clients_email_key UNIQUE (email)
ALTER TABLE clients DROP CONSTRAINT clients_email_key;

-- was: CONSTRAINT orders_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE CASCADE
-- was: CONSTRAINT orders_total_positive CHECK (total > 0)
ALTER TABLE orders
    DROP CONSTRAINT orders_client_id_fkey,
    DROP CONSTRAINT orders_total_positive;

-- was: CONSTRAINT clients_pkey PRIMARY KEY (id)
ALTER TABLE clients DROP CONSTRAINT clients_pkey;
COMMIT;

-- part 2 of 3: outside a transaction, where PostgreSQL wants it

-- outside of transactions, so run by itself; what a build that failed has left behind is dropped first
DROP INDEX CONCURRENTLY IF EXISTS clients_code_key;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS clients_code_key ON clients (code);

-- part 3 of 3

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CONSTRAINT clients_code_key_old UNIQUE (code, email) INCLUDE (id) DEFERRABLE
ALTER TABLE clients
    DROP CONSTRAINT clients_code_key_old,
    ADD CONSTRAINT clients_code_key UNIQUE USING INDEX clients_code_key;
COMMIT;
