INSERT INTO invoices SELECT n, n % 3, 'N' || n, '2026-01-01'::date + n FROM generate_series(1, 50) n;
