-- from from.sql to to.sql
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  event ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE TABLE event_2 (
    id bigint NOT NULL,
    at date NOT NULL,
    kind integer,
    CONSTRAINT known CHECK (kind > 0),
    CONSTRAINT event_two_key PRIMARY KEY (id, at)
);
CREATE INDEX event_2_by_kind ON event_2 (kind);
ALTER TABLE event ATTACH PARTITION event_2 FOR VALUES FROM ('2024-02-01') TO ('2024-03-01');
COMMENT ON INDEX event_2_by_kind IS 'of the second';

CREATE TABLE event_3 PARTITION OF event FOR VALUES FROM ('2024-03-01') TO ('2024-04-01');
COMMIT;
