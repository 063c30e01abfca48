INSERT INTO users VALUES (1, 'active', '{active,inactive}'), (2, 'inactive', '{}');
INSERT INTO archive VALUES (1, 'inactive'), (2, NULL);
