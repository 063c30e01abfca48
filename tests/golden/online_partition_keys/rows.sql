INSERT INTO sources VALUES (1);
INSERT INTO events SELECT n, '2025-06-01'::date + n, 1 FROM generate_series(1, 400) n;
