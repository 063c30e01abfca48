-- from to.schema back to from.schema
-- for PostgreSQL 15 or later; undoes up.sql
-- locks:  bookings ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CONSTRAINT bookings_code_key UNIQUE (code)
-- was: CONSTRAINT bookings_code_slot UNIQUE (code, slot) INCLUDE (during) DEFERRABLE INITIALLY DEFERRED
-- was: CONSTRAINT bookings_room_check CHECK (room > 0)
-- was: CONSTRAINT bookings_room_slot_key UNIQUE NULLS NOT DISTINCT (room, slot)
-- was: CONSTRAINT no_overlap EXCLUDE USING gist (room WITH =, during WITH &&) WHERE (code is not null)
-- was: CONSTRAINT slot_range CHECK (slot between 0 and 95) NO INHERIT
ALTER TABLE bookings
    DROP CONSTRAINT bookings_code_key,
    DROP CONSTRAINT bookings_code_slot,
    DROP CONSTRAINT bookings_room_check,
    DROP CONSTRAINT bookings_room_slot_key,
    DROP CONSTRAINT no_overlap,
    DROP CONSTRAINT slot_range;
COMMIT;
