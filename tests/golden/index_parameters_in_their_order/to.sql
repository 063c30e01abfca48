CREATE TABLE event (at timestamptz NOT NULL, host inet NOT NULL);
CREATE INDEX event_at ON event USING brin (at) WITH (pages_per_range = 32, autosummarize = off);
CREATE INDEX event_host ON event USING brin (host inet_minmax_ops) WITH (pages_per_range = 16, autosummarize = on);
