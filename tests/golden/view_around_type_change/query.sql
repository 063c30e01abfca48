SELECT * FROM big_totals;
SELECT note FROM orders;
