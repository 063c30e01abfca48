-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  permissions ACCESS EXCLUSIVE while an index is built; role_permission SHARE ROW EXCLUSIVE while it is scanned
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE TABLE scopes (
    name text NOT NULL,
    CONSTRAINT scopes_pkey PRIMARY KEY (name)
);
ALTER TABLE scopes ADD CONSTRAINT scopes_name UNIQUE (name);

ALTER TABLE permissions
    ADD CONSTRAINT permissions_pkey PRIMARY KEY (permission),
    ADD CONSTRAINT permission_unique UNIQUE (permission);

ALTER TABLE role_permission
    ADD CONSTRAINT granted FOREIGN KEY (permission) REFERENCES permissions (permission);
COMMIT;
