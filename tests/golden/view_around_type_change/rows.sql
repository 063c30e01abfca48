INSERT INTO orders VALUES (1, 500, 'ten chars!');
