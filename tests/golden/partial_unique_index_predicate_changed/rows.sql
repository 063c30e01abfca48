INSERT INTO users VALUES (1, 'A', false), (2, 'a', true);
