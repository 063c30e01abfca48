INSERT INTO offers VALUES (1, ROW(1.5, 'EUR'), ARRAY[ROW(1, 'EUR'), ROW(2, 'a,b')]::old_price[], '{1,2}');
