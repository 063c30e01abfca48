INSERT INTO customers (name) VALUES ('Ada'), ('Grace');
INSERT INTO orders (id, customer, total, state) VALUES (1, 1, 5, 'open'), (2, 2, 250, 'paid'), (3, 2, 0, NULL);
