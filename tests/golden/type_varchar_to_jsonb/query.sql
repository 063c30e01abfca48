SELECT id, payload FROM events ORDER BY id;
