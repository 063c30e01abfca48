INSERT INTO clients SELECT n, 'c' || n || '@example.com', 'C' || n FROM generate_series(1, 20) n;
INSERT INTO orders SELECT n, 1 + n % 20, n FROM generate_series(1, 100) n;
