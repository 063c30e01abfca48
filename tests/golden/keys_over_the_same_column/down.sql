-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  permissions ACCESS EXCLUSIVE, brief; role_permission ACCESS EXCLUSIVE, brief; scopes ACCESS EXCLUSIVE, brief
-- data:   LOSES table "scopes"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CONSTRAINT granted FOREIGN KEY (permission) REFERENCES permissions (permission)
ALTER TABLE role_permission DROP CONSTRAINT granted;

-- was: CONSTRAINT permission_unique UNIQUE (permission)
-- was: CONSTRAINT permissions_pkey PRIMARY KEY (permission)
ALTER TABLE permissions
    DROP CONSTRAINT permission_unique,
    DROP CONSTRAINT permissions_pkey;

-- loses data: table "scopes"
DROP TABLE scopes;
COMMIT;
