-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  stays SHARE ROW EXCLUSIVE while it is scanned
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE TABLE children (
    id bigint NOT NULL,
    parent_id bigint,
    CONSTRAINT children_pkey PRIMARY KEY (id)
);

CREATE TABLE parents (
    id bigint NOT NULL,
    CONSTRAINT parents_pkey PRIMARY KEY (id)
);

ALTER TABLE children
    ADD CONSTRAINT children_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES parents (id) ON DELETE CASCADE;

ALTER TABLE stays
    ADD CONSTRAINT stays_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES parents (id);
COMMIT;
