INSERT INTO roles VALUES ('admin', '{}', 9), ('gone', '{}', 1), ('mine', '{}', 3) ON CONFLICT DO NOTHING;
