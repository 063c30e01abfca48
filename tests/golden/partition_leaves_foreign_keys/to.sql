-- One partition leaves, one keeps a foreign key as its own, one moves to a table that has one of the two.
CREATE TABLE sources (id integer PRIMARY KEY);
CREATE TABLE kinds (id integer PRIMARY KEY);

CREATE TABLE events (
    at     date NOT NULL,
    source integer CONSTRAINT events_source_fkey REFERENCES sources,
    kind   integer CONSTRAINT events_kind_fkey REFERENCES kinds,
    origin integer
) PARTITION BY RANGE (at);
CREATE TABLE events_2024 (at date NOT NULL, source integer, kind integer, origin integer);
CREATE TABLE events_2025 (
    at     date NOT NULL,
    source integer CONSTRAINT events_source_fkey REFERENCES sources,
    kind   integer,
    origin integer
);

CREATE TABLE archive (
    at     date NOT NULL,
    source integer,
    kind   integer CONSTRAINT archive_kind_fkey REFERENCES kinds,
    origin integer
) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF archive FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
