-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  event_2 ACCESS EXCLUSIVE, brief; event_3 ACCESS EXCLUSIVE, brief
-- data:   LOSES table "event_2"; LOSES table "event_3"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- loses data: table "event_2"
DROP TABLE event_2;

-- loses data: table "event_3"
DROP TABLE event_3;
COMMIT;
