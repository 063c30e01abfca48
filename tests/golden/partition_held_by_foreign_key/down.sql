-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  account ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE TABLE account_a PARTITION OF account FOR VALUES FROM (0) TO (100) PARTITION BY RANGE (id);

CREATE TABLE account_a1 PARTITION OF account_a FOR VALUES FROM (0) TO (50);

CREATE TABLE node (
    id integer NOT NULL,
    parent integer,
    CONSTRAINT node_pkey PRIMARY KEY (id),
    CONSTRAINT node_parent_fkey FOREIGN KEY (parent) REFERENCES node (id)
) PARTITION BY RANGE (id);

CREATE TABLE node_a PARTITION OF node FOR VALUES FROM (0) TO (100);
COMMIT;
