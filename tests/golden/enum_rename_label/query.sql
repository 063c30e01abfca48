SELECT id, status FROM users ORDER BY id;
