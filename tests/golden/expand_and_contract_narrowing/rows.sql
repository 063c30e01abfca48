INSERT INTO rates VALUES (1, 1.25), (2, NULL), (3, 7);
