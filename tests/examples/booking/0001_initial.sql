INSERT INTO tenant_tenant (schema_name, name, primary_domain, contact_email) VALUES ('tenant_demo', 'Demo', 'demo.localhost', 'demo@example.com');
INSERT INTO tenant_demo.services_service (name, price) VALUES ('Haircut', 30), ('Massage', 60);
INSERT INTO tenant_demo.customers_customer (name, email, phone_number) VALUES ('Ann', 'ann@example.com', '123'), ('Bob', NULL, '');
INSERT INTO tenant_demo.bookings_booking (service_id, customer_id, starts_at, ends_at) VALUES (1, 1, '2025-01-01 10:00+00', '2025-01-01 11:00+00');
