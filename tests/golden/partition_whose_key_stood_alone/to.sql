-- As a dump has it: every partition is a table with a key of its own, which its parent's key takes over.
CREATE TABLE event (id bigint NOT NULL, at date NOT NULL, kind integer, CONSTRAINT known CHECK (kind > 0)) PARTITION BY RANGE (at);
CREATE TABLE event_1 (id bigint NOT NULL, at date NOT NULL, kind integer, CONSTRAINT known CHECK (kind > 0));
ALTER TABLE ONLY event ATTACH PARTITION event_1 FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
ALTER TABLE ONLY event ADD CONSTRAINT event_pkey PRIMARY KEY (id, at);
ALTER TABLE ONLY event_1 ADD CONSTRAINT event_1_pkey PRIMARY KEY (id, at);
CREATE INDEX event_kind ON ONLY event (kind);
CREATE INDEX event_1_kind_idx ON event_1 (kind);
ALTER INDEX event_pkey ATTACH PARTITION event_1_pkey;
ALTER INDEX event_kind ATTACH PARTITION event_1_kind_idx;
CREATE TABLE event_2 (id bigint NOT NULL, at date NOT NULL, kind integer, CONSTRAINT known CHECK (kind > 0));
ALTER TABLE ONLY event_2 ADD CONSTRAINT event_two_key PRIMARY KEY (id, at);
CREATE INDEX event_2_by_kind ON event_2 (kind);
ALTER TABLE ONLY event ATTACH PARTITION event_2 FOR VALUES FROM ('2024-02-01') TO ('2024-03-01');
COMMENT ON INDEX event_2_by_kind IS 'of the second';
-- Beside it one that the parent's statement makes.
CREATE TABLE event_3 PARTITION OF event FOR VALUES FROM ('2024-03-01') TO ('2024-04-01');
