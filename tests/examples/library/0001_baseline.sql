INSERT INTO books (title) VALUES ('Malina'), ('Homo faber');
INSERT INTO members (email) VALUES ('ada@example.org'), ('max@example.org');
INSERT INTO loans (book_id, member_id, due) VALUES (1, 1, '2026-01-01'), (2, 2, '2030-01-01');
