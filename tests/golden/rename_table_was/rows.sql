INSERT INTO clients (name) VALUES ('a');
INSERT INTO invoices VALUES (1, 1);
