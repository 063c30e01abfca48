INSERT INTO rooms VALUES (1, 2, 'Hall');
