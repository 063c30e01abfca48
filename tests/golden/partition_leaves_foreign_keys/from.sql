CREATE TABLE sources (id integer PRIMARY KEY);
CREATE TABLE kinds (id integer PRIMARY KEY);

CREATE TABLE events (
    at     date NOT NULL,
    source integer CONSTRAINT events_source_fkey REFERENCES sources,
    kind   integer CONSTRAINT events_kind_fkey REFERENCES kinds,
    origin integer CONSTRAINT events_origin_fkey REFERENCES sources
) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE events_2025 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

CREATE TABLE archive (
    at     date NOT NULL,
    source integer,
    kind   integer CONSTRAINT archive_kind_fkey REFERENCES kinds,
    origin integer
) PARTITION BY RANGE (at);
