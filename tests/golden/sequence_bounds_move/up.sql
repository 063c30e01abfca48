-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  none that others would notice
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER SEQUENCE apart MINVALUE 100 MAXVALUE 200 START WITH 100 RESTART;

SELECT setval('lowered', least(last_value, -5), is_called AND last_value <= -5) FROM lowered;
ALTER SEQUENCE lowered MAXVALUE -5 START WITH -5;

SELECT setval('raised', greatest(last_value, 1000), is_called AND last_value >= 1000) FROM raised;
ALTER SEQUENCE raised MINVALUE 1000 START WITH 1000;
COMMIT;
