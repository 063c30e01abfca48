CREATE TABLE event (at timestamptz NOT NULL, host inet NOT NULL);
CREATE INDEX event_at ON event USING brin (at) WITH (pages_per_range = 64, autosummarize = off);
