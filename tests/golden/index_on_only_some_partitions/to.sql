CREATE TABLE reading (id integer, at integer) PARTITION BY RANGE (id);
CREATE TABLE reading_a PARTITION OF reading FOR VALUES FROM (0) TO (10) PARTITION BY RANGE (id);
CREATE TABLE reading_a1 PARTITION OF reading_a FOR VALUES FROM (0) TO (5);
CREATE TABLE reading_a2 PARTITION OF reading_a FOR VALUES FROM (5) TO (10);
CREATE TABLE reading_b PARTITION OF reading FOR VALUES FROM (10) TO (20);
-- Nobody has made the index of reading_a1 yet, so that those above it are not valid.
CREATE INDEX reading_at_idx ON ONLY reading (at);
CREATE INDEX reading_a_at_idx ON ONLY reading_a (at);
CREATE INDEX reading_a2_at_idx ON reading_a2 (at);
CREATE INDEX reading_b_at_idx ON reading_b (at);
ALTER INDEX reading_a_at_idx ATTACH PARTITION reading_a2_at_idx;
ALTER INDEX reading_at_idx ATTACH PARTITION reading_a_at_idx;
ALTER INDEX reading_at_idx ATTACH PARTITION reading_b_at_idx;
