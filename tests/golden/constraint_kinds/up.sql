-- from from.schema to to.schema
-- for PostgreSQL 15 or later; undone by down.sql
-- locks:  bookings ACCESS EXCLUSIVE while an index is built
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE bookings
    ADD CONSTRAINT bookings_code_key UNIQUE (code),
    ADD CONSTRAINT bookings_code_slot UNIQUE (code, slot) INCLUDE (during) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT bookings_room_slot_key UNIQUE NULLS NOT DISTINCT (room, slot),
    ADD CONSTRAINT bookings_room_check CHECK (room > 0),
    ADD CONSTRAINT slot_range CHECK (slot between 0 and 95) NO INHERIT;
ALTER TABLE bookings
    ADD CONSTRAINT no_overlap EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (code is not null);
COMMIT;
