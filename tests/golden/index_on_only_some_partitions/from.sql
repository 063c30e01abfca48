CREATE TABLE reading (id integer, at integer) PARTITION BY RANGE (id);
CREATE TABLE reading_a PARTITION OF reading FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (id);
CREATE TABLE reading_a1 PARTITION OF reading_a FOR VALUES FROM (0) TO (5);
CREATE TABLE reading_a2 PARTITION OF reading_a FOR VALUES FROM (5) TO (10);
CREATE TABLE reading_b PARTITION OF reading FOR VALUES FROM (10) TO (20);
CREATE INDEX reading_b_at_idx ON reading_b (at);
