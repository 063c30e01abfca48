-- 0001_initial_schema: Initial schema
-- downgrade to an empty database, for PostgreSQL 14 or later; undoes 0001_initial_schema.up.sql
-- locks:  accounts ACCESS EXCLUSIVE, brief; audit_log ACCESS EXCLUSIVE, brief;
--         bank_transactions ACCESS EXCLUSIVE, brief; client_users ACCESS EXCLUSIVE, brief;
--         clients ACCESS EXCLUSIVE, brief; customer_invoice_lines ACCESS EXCLUSIVE, brief;
--         customer_invoices ACCESS EXCLUSIVE, brief; customers ACCESS EXCLUSIVE, brief;
--         documents ACCESS EXCLUSIVE, brief; journal_entries ACCESS EXCLUSIVE, brief;
--         journal_lines ACCESS EXCLUSIVE, brief; tenants ACCESS EXCLUSIVE, brief; and 4 more
-- data:   LOSES table "audit_log"; LOSES table "bank_transactions"; LOSES table "client_users";
--         LOSES table "customer_invoice_lines"; LOSES table "customer_invoices"; LOSES table "customers";
--         LOSES table "journal_lines"; LOSES table "journal_entries"; LOSES table "users";
--         LOSES table "vendor_invoice_lines"; LOSES table "vendor_invoices"; LOSES table "documents"; and 4 more
-- checksum: 5c1c2968ac8fcd1f of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0001_initial_schema is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0001_initial_schema') THEN
        RAISE EXCEPTION USING MESSAGE = '0001_initial_schema is not applied, so the way back to nothing does not start here';
    END IF;
END
$$;

-- loses data: table "audit_log"
DROP TABLE audit_log;

-- loses data: table "bank_transactions"
DROP TABLE bank_transactions;

-- loses data: table "client_users"
DROP TABLE client_users;

-- loses data: table "customer_invoice_lines"
DROP TABLE customer_invoice_lines;

-- loses data: table "customer_invoices"
DROP TABLE customer_invoices;

-- loses data: table "customers"
DROP TABLE customers;

-- loses data: table "journal_lines"
DROP TABLE journal_lines;

-- loses data: table "journal_entries"
DROP TABLE journal_entries;

-- loses data: table "users"
DROP TABLE users;

-- loses data: table "vendor_invoice_lines"
DROP TABLE vendor_invoice_lines;

-- loses data: table "vendor_invoices"
DROP TABLE vendor_invoices;

-- loses data: table "documents"
DROP TABLE documents;

-- loses data: table "vendors"
DROP TABLE vendors;

-- loses data: table "accounts"
DROP TABLE accounts;

-- loses data: table "clients"
DROP TABLE clients;

-- loses data: table "tenants"
DROP TABLE tenants;

-- was: CREATE TYPE entry_source AS ENUM ('manual', 'vendor_invoice', 'customer_invoice', 'bank', 'agent')
DROP TYPE entry_source;

-- was: CREATE TYPE invoice_status AS ENUM (
--          'received', 'in_review', 'approved', 'booked', 'paid', 'rejected'
--      )
DROP TYPE invoice_status;

-- was: CREATE TYPE user_role AS ENUM ('admin', 'accountant', 'viewer')
DROP TYPE user_role;

DELETE FROM schemac_revision WHERE revision = '0001_initial_schema';
COMMIT;
