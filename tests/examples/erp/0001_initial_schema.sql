INSERT INTO tenants (id, name, org_number) VALUES ('00000000-0000-0000-0000-000000000001', 'Firm', '1'), ('00000000-0000-0000-0000-000000000002', 'Other', '2');
INSERT INTO clients (id, tenant_id, name, org_number) VALUES ('00000000-0000-0000-0000-00000000000c', '00000000-0000-0000-0000-000000000001', 'Client', '9');
INSERT INTO users (tenant_id, email, full_name, password_hash, is_active) VALUES
  ('00000000-0000-0000-0000-000000000001', 'admin@example.com', 'Ann', '-', true),
  ('00000000-0000-0000-0000-000000000002', 'admin@example.com', 'Bob', '-', false);
INSERT INTO vendors (id, client_id, name) VALUES ('00000000-0000-0000-0000-0000000000de', '00000000-0000-0000-0000-00000000000c', 'Vendor');
INSERT INTO vendor_invoices (client_id, vendor_id, invoice_number, invoice_date, due_date, net_amount, vat_amount) VALUES
  ('00000000-0000-0000-0000-00000000000c', '00000000-0000-0000-0000-0000000000de', 'A-1', '2025-01-01', '2025-01-31', 100, 25);
INSERT INTO accounts (client_id, account_number, name, kind) VALUES ('00000000-0000-0000-0000-00000000000c', '1920', 'Bank', 'asset');
INSERT INTO bank_transactions (client_id, booked_on, amount) VALUES ('00000000-0000-0000-0000-00000000000c', '2025-01-02', -125);
