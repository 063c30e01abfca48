SELECT id, status, history FROM users ORDER BY id;
SELECT id, status FROM archive ORDER BY id;
SELECT count_of('active');
