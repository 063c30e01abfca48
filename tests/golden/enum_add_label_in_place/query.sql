SELECT id, status FROM users ORDER BY id;
SELECT enumlabel FROM pg_enum ORDER BY enumsortorder;
