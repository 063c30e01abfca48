-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  audit ACCESS EXCLUSIVE, brief; invitation ACCESS EXCLUSIVE, brief; large_parcel ACCESS EXCLUSIVE, brief;
--         member ACCESS EXCLUSIVE, brief; open_invitation ACCESS EXCLUSIVE, brief; parcel ACCESS EXCLUSIVE, brief;
--         small_parcel ACCESS EXCLUSIVE, brief
-- data:   LOSES table "audit"; LOSES table "invitation"; LOSES table "large_parcel"; LOSES table "member";
--         LOSES table "parcel"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CREATE POLICY of_members ON invitation
--          USING (name in (select name from member))
DROP POLICY of_members ON invitation;

-- was: CREATE POLICY invited ON member
--          USING (name in (select name from open_invitation))
DROP POLICY invited ON member;

-- was: CREATE RULE large_goes_below as on insert to parcel where new.size > 10
--          do instead insert into large_parcel values (new.id, new.size)
DROP RULE large_goes_below ON parcel;

-- was: CREATE VIEW open_invitation AS
--      select name from invitation where name not in (select name from member)
DROP VIEW open_invitation;

-- was: CREATE VIEW small_parcel AS
--      select id from parcel where size < 3
DROP VIEW small_parcel;

-- loses data: table "audit"
DROP TABLE audit;

-- loses data: table "invitation"
DROP TABLE invitation;

-- loses data: table "large_parcel"
DROP TABLE large_parcel;

-- loses data: table "member"
DROP TABLE member;

-- loses data: table "parcel"
DROP TABLE parcel;
COMMIT;
