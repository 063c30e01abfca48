INSERT INTO events VALUES (1, '{"a": 1}'), (2, NULL), (3, DEFAULT);
