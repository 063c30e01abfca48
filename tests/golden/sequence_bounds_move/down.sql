-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  none that others would notice
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER SEQUENCE apart MINVALUE 1 MAXVALUE 10 START WITH 1 RESTART;

ALTER SEQUENCE lowered MAXVALUE -1 START WITH -1;

ALTER SEQUENCE raised MINVALUE 1 START WITH 1;
COMMIT;
