SELECT id, role FROM users ORDER BY id;
