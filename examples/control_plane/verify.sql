-- What both revisions must have left behind, for any SQL editor.

-- The schema: 1 row.
SELECT schema_name FROM information_schema.schemata WHERE schema_name = 'control_plane';

-- The tables: system_config, tenant_databases, tenants.
SELECT tablename FROM pg_tables WHERE schemaname = 'control_plane' ORDER BY tablename;

-- The enums with their labels: 3 rows.
SELECT t.typname, string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) AS labels
FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid
WHERE t.typnamespace = 'control_plane'::regnamespace
GROUP BY t.typname
ORDER BY t.typname;

-- The triggers that keep updated_at: one for each table.
SELECT event_object_table, trigger_name
FROM information_schema.triggers
WHERE trigger_schema = 'control_plane'
ORDER BY event_object_table;

-- The seed: 1 row, production and active.
SELECT * FROM control_plane.tenants WHERE name = 'system_admin';

-- The revisions that are applied: 001_control_plane and 002_seed_data.
SELECT revision, applied_at FROM schemac_revision ORDER BY revision;
