-- The state of the tenant's schema, for any SQL editor.

-- capacity and category_id of a service, email and phone of a customer: 4 rows, email and capacity not nullable.
SELECT table_name, column_name, data_type, is_nullable, column_default
FROM information_schema.columns
WHERE table_schema = 'tenant_demo'
  AND (table_name, column_name) IN (('services_service', 'capacity'), ('services_service', 'category_id'),
                                    ('customers_customer', 'email'), ('customers_customer', 'phone'))
ORDER BY table_name, column_name;

-- Customers whose e-mail address an administrator still has to ask for.
SELECT id, name FROM tenant_demo.customers_customer WHERE metadata @> '{"needs_email_update": true}' ORDER BY id;

-- The revisions that are applied, in order.
SELECT revision, applied_at FROM schemac_revision ORDER BY applied_at;
