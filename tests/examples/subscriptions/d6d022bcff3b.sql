INSERT INTO users (id, email, full_name, role) VALUES
  ('00000000-0000-0000-0000-000000000001', 'a@example.com', 'Ann', 'admin'), ('00000000-0000-0000-0000-000000000002', 'b@example.com', 'Bob', 'user');
INSERT INTO subscriptions (user_id, plan_id, price) VALUES ('00000000-0000-0000-0000-000000000002', 'basic', 9.90);
