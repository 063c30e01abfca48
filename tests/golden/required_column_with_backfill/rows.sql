INSERT INTO tenants VALUES (1, NULL), (2, 'b');
