SELECT tableoid::regclass, kind, count(*) FROM events GROUP BY 1, 2 ORDER BY 1;
