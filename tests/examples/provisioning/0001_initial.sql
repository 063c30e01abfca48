INSERT INTO tenants (id, name, slug) VALUES
  ('00000000-0000-0000-0000-000000000001', 'Bakery', 'bakery'), ('00000000-0000-0000-0000-000000000002', 'It''s a "café"', 'cafe');
INSERT INTO tenant_onboarding (tenant_id, status, answers) VALUES
  ('00000000-0000-0000-0000-000000000001', 'COMPLETED', '{"tables": 12}'), ('00000000-0000-0000-0000-000000000002', 'STARTED', '{}');
