INSERT INTO people SELECT n, 'Person ' || n, CASE WHEN n % 2 = 0 THEN 'p' || n || '@example.com' END, '1' || n, 'Bern'
  FROM generate_series(1, 500) n;
