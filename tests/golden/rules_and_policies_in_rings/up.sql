-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  none that others would notice
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE TABLE audit (
    id integer
);

CREATE TABLE invitation (
    name text
);

CREATE TABLE member (
    name text
);
ALTER TABLE member ENABLE ROW LEVEL SECURITY;

CREATE TABLE parcel (
    id integer,
    size integer
);

CREATE TABLE large_parcel (
    CONSTRAINT large_parcel_size_check CHECK (size > 10)
) INHERITS (parcel);

CREATE VIEW open_invitation AS
select name from invitation where name not in (select name from member);

CREATE VIEW small_parcel AS
select id from parcel where size < 3;

CREATE POLICY of_members ON invitation
    USING (name in (select name from member));

CREATE POLICY invited ON member
    USING (name in (select name from open_invitation));

CREATE RULE large_goes_below as on insert to parcel where new.size > 10
    do instead insert into large_parcel values (new.id, new.size);

CREATE RULE audited as on delete to small_parcel do instead insert into audit values (old.id);
COMMIT;
