INSERT INTO control_plane.tenant_databases (tenant_id, connection_string_encrypted, database_name, host)
  SELECT tenant_id, 'secret', 'main', 'db.example.com' FROM control_plane.tenants WHERE name = 'system_admin';
INSERT INTO control_plane.system_config VALUES ('maintenance', '{"on": false}');
DO $$ BEGIN
  IF (SELECT count(*) FROM control_plane.tenants WHERE name = 'system_admin' AND environment = 'production' AND status = 'active') <> 1 THEN RAISE 'the seed is missing'; END IF;
END $$;
