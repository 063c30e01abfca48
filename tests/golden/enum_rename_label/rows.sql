INSERT INTO users VALUES (1, DEFAULT), (2, 'active');
