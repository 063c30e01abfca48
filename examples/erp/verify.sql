-- The state of the database, for any SQL editor.

-- The revisions that are applied, in order.
SELECT revision, applied_at FROM schemac_revision ORDER BY applied_at;

-- All tables: the 16 of the model and schemac_revision.
SELECT table_name
FROM information_schema.tables
WHERE table_schema = 'public'
ORDER BY table_name;

-- All indexes.
SELECT indexname, tablename
FROM pg_indexes
WHERE schemaname = 'public'
ORDER BY tablename, indexname;

-- An index that a failed CREATE INDEX CONCURRENTLY left behind: no row.
SELECT indexrelid::regclass AS invalid_index
FROM pg_index
WHERE NOT indisvalid;

-- All foreign keys, and what deleting the row they point to does.
SELECT conrelid::regclass AS table_name, conname AS foreign_key, pg_get_constraintdef(oid) AS definition
FROM pg_constraint
WHERE contype = 'f' AND connamespace = 'public'::regnamespace
ORDER BY conrelid::regclass::text, conname;
