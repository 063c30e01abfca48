INSERT INTO t (a, b, plain) VALUES (1, 2, 9);
