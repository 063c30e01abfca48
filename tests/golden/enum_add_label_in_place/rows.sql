INSERT INTO users VALUES (1, 'active'), (2, 'inactive');
