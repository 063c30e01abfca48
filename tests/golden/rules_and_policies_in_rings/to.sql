create table parcel (id integer, size integer);
create table large_parcel (check (size > 10)) inherits (parcel);
create rule large_goes_below as on insert to parcel where new.size > 10
    do instead insert into large_parcel values (new.id, new.size);

create table audit (id integer);
create view small_parcel as select id from parcel where size < 3;
create rule audited as on delete to small_parcel do instead insert into audit values (old.id);

create table member (name text);
create table invitation (name text);
create view open_invitation as select * from invitation where name not in (select name from member);
create policy invited on member using (name in (select name from open_invitation));
create policy of_members on invitation using (name in (select name from member));
alter table member enable row level security;
