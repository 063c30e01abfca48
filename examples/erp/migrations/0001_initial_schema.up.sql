-- 0001_initial_schema: Initial schema
-- upgrade from an empty database, for PostgreSQL 14 or later; undone by 0001_initial_schema.down.sql
-- locks:  none that others would notice
-- data:   loses none
-- checksum: 8f7c8a4c64460e5d of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE TABLE IF NOT EXISTS schemac_revision (
    revision text PRIMARY KEY,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);

DO $$
BEGIN
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '0001_initial_schema') THEN
        RAISE EXCEPTION USING MESSAGE = '0001_initial_schema is already applied (it builds on nothing)';
    END IF;
END
$$;

CREATE TYPE entry_source AS ENUM ('manual', 'vendor_invoice', 'customer_invoice', 'bank', 'agent');

CREATE TYPE invoice_status AS ENUM (
    'received', 'in_review', 'approved', 'booked', 'paid', 'rejected'
);

CREATE TYPE user_role AS ENUM ('admin', 'accountant', 'viewer');

CREATE TABLE accounts (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    client_id uuid NOT NULL,
    account_number character varying(10) NOT NULL,
    name character varying(255) NOT NULL,
    kind character varying(20) NOT NULL,
    vat_code character varying(5),
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT accounts_pkey PRIMARY KEY (id),
    CONSTRAINT accounts_client_id_account_number_key UNIQUE (client_id, account_number),
    CONSTRAINT accounts_kind_check CHECK (kind in ('asset', 'liability', 'equity', 'income', 'expense'))
);

CREATE TABLE audit_log (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    client_id uuid NOT NULL,
    user_id uuid,
    at timestamp with time zone DEFAULT now() NOT NULL,
    action character varying(50) NOT NULL,
    table_name character varying(63) NOT NULL,
    row_id text NOT NULL,
    change jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT audit_log_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_audit_log_at ON audit_log USING brin (at);
COMMENT ON TABLE audit_log IS 'Who changed what; never updated.';

CREATE TABLE bank_transactions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    client_id uuid NOT NULL,
    booked_on date NOT NULL,
    amount numeric(15,2) NOT NULL,
    reference character varying(100),
    raw_message jsonb DEFAULT '{}'::jsonb NOT NULL,
    entry_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bank_transactions_pkey PRIMARY KEY (id)
);
CREATE INDEX idx_bank_transactions_unmatched
    ON bank_transactions (client_id, booked_on)
    WHERE entry_id is null;

CREATE TABLE client_users (
    client_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role user_role DEFAULT 'viewer' NOT NULL,
    CONSTRAINT client_users_pkey PRIMARY KEY (client_id, user_id)
);

CREATE TABLE clients (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    name character varying(255) NOT NULL,
    org_number character varying(20) NOT NULL,
    fiscal_year_end character varying(5) DEFAULT '12-31' NOT NULL,
    settings jsonb DEFAULT '{"vat_period": "bimonthly", "auto_book": false}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT clients_pkey PRIMARY KEY (id),
    CONSTRAINT clients_tenant_id_org_number_key UNIQUE (tenant_id, org_number)
);
COMMENT ON TABLE clients IS 'A company whose books the firm keeps.';

CREATE TABLE customer_invoice_lines (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    client_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    line_number integer NOT NULL,
    description text NOT NULL,
    quantity numeric(12,3) DEFAULT 1 NOT NULL,
    unit_price numeric(15,2) NOT NULL,
    CONSTRAINT customer_invoice_lines_pkey PRIMARY KEY (id),
    CONSTRAINT customer_invoice_lines_invoice_id_line_number_key UNIQUE (invoice_id, line_number),
    CONSTRAINT customer_invoice_lines_quantity_check CHECK (quantity > 0),
    CONSTRAINT customer_invoice_lines_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE RESTRICT
);

CREATE TABLE customer_invoices (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    client_id uuid NOT NULL,
    customer_id uuid NOT NULL,
    invoice_number character varying(50) NOT NULL,
    invoice_date date NOT NULL,
    due_date date NOT NULL,
    net_amount numeric(15,2) NOT NULL,
    vat_amount numeric(15,2) DEFAULT 0 NOT NULL,
    status invoice_status DEFAULT 'approved' NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT customer_invoices_pkey PRIMARY KEY (id),
    CONSTRAINT customer_invoices_client_id_invoice_number_key UNIQUE (client_id, invoice_number),
    CONSTRAINT customer_invoices_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE RESTRICT
);

CREATE TABLE customers (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    client_id uuid NOT NULL,
    name character varying(255) NOT NULL,
    org_number character varying(20),
    email character varying(255),
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT customers_pkey PRIMARY KEY (id),
    CONSTRAINT customers_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE RESTRICT
);
CREATE INDEX idx_customers_client_id ON customers (client_id);

CREATE TABLE documents (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    client_id uuid NOT NULL,
    file_name character varying(255) NOT NULL,
    mime_type character varying(100) NOT NULL,
    sha256 bytea NOT NULL,
    ocr_result jsonb,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT documents_pkey PRIMARY KEY (id),
    CONSTRAINT documents_client_id_sha256_key UNIQUE (client_id, sha256),
    CONSTRAINT documents_sha256_check CHECK (length(sha256) = 32),
    CONSTRAINT documents_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE RESTRICT
);

CREATE TABLE journal_entries (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    client_id uuid NOT NULL,
    voucher_number character varying(20) NOT NULL,
    entry_date date NOT NULL,
    description text DEFAULT '' NOT NULL,
    source entry_source DEFAULT 'manual' NOT NULL,
    reverses uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT journal_entries_pkey PRIMARY KEY (id),
    CONSTRAINT journal_entries_client_id_voucher_number_key UNIQUE (client_id, voucher_number),
    CONSTRAINT journal_entries_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE RESTRICT,
    CONSTRAINT journal_entries_reverses_fkey FOREIGN KEY (reverses) REFERENCES journal_entries (id) ON DELETE RESTRICT
);
CREATE INDEX idx_journal_entries_date ON journal_entries (client_id, entry_date DESC);

CREATE TABLE journal_lines (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    client_id uuid NOT NULL,
    entry_id uuid NOT NULL,
    account_id uuid NOT NULL,
    debit numeric(15,2) DEFAULT 0 NOT NULL,
    credit numeric(15,2) DEFAULT 0 NOT NULL,
    description text,
    CONSTRAINT journal_lines_pkey PRIMARY KEY (id),
    CONSTRAINT journal_lines_credit_check CHECK (credit >= 0),
    CONSTRAINT journal_lines_debit_check CHECK (debit >= 0),
    CONSTRAINT one_side CHECK (debit = 0 or credit = 0),
    CONSTRAINT journal_lines_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE RESTRICT,
    CONSTRAINT journal_lines_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE RESTRICT,
    CONSTRAINT journal_lines_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES journal_entries (id) ON DELETE CASCADE
);
CREATE INDEX idx_journal_lines_account ON journal_lines (account_id);

CREATE TABLE tenants (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name character varying(255) NOT NULL,
    org_number character varying(20) NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT tenants_pkey PRIMARY KEY (id),
    CONSTRAINT tenants_org_number_key UNIQUE (org_number)
);
COMMENT ON TABLE tenants IS 'The accounting firm.';

CREATE TABLE users (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    tenant_id uuid NOT NULL,
    email character varying(255) NOT NULL,
    full_name character varying(255) NOT NULL,
    role user_role DEFAULT 'viewer' NOT NULL,
    password_hash text NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    last_login_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX users_email_key ON users (tenant_id, lower(email));

CREATE TABLE vendor_invoice_lines (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    client_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    line_number integer NOT NULL,
    description text NOT NULL,
    account_id uuid,
    net_amount numeric(15,2) NOT NULL,
    vat_code character varying(5),
    CONSTRAINT vendor_invoice_lines_pkey PRIMARY KEY (id),
    CONSTRAINT vendor_invoice_lines_invoice_id_line_number_key UNIQUE (invoice_id, line_number),
    CONSTRAINT vendor_invoice_lines_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE RESTRICT,
    CONSTRAINT vendor_invoice_lines_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE RESTRICT
);

CREATE TABLE vendor_invoices (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    client_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    document_id uuid,
    invoice_number character varying(50) NOT NULL,
    invoice_date date NOT NULL,
    due_date date NOT NULL,
    currency character(3) DEFAULT 'NOK' NOT NULL,
    net_amount numeric(15,2) NOT NULL,
    vat_amount numeric(15,2) DEFAULT 0 NOT NULL,
    total_amount numeric(15,2) GENERATED ALWAYS AS (net_amount + vat_amount) STORED,
    status invoice_status DEFAULT 'received' NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT vendor_invoices_pkey PRIMARY KEY (id),
    CONSTRAINT vendor_invoices_client_id_vendor_id_invoice_number_key UNIQUE (client_id, vendor_id, invoice_number),
    CONSTRAINT due_after_invoice CHECK (due_date >= invoice_date),
    CONSTRAINT vendor_invoices_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE RESTRICT,
    CONSTRAINT vendor_invoices_document_id_fkey FOREIGN KEY (document_id) REFERENCES documents (id) ON DELETE SET NULL
);
CREATE INDEX idx_vendor_invoices_open
    ON vendor_invoices (client_id, due_date)
    WHERE status in ('received', 'in_review', 'approved');

CREATE TABLE vendors (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    client_id uuid NOT NULL,
    name character varying(255) NOT NULL,
    org_number character varying(20),
    bank_account character varying(34),
    default_account uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT vendors_pkey PRIMARY KEY (id),
    CONSTRAINT vendors_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE RESTRICT,
    CONSTRAINT vendors_default_account_fkey FOREIGN KEY (default_account) REFERENCES accounts (id) ON DELETE SET NULL
);
CREATE INDEX idx_vendors_client_id ON vendors (client_id);

ALTER TABLE accounts
    ADD CONSTRAINT accounts_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE RESTRICT;

ALTER TABLE audit_log
    ADD CONSTRAINT audit_log_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE RESTRICT,
    ADD CONSTRAINT audit_log_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL;

ALTER TABLE bank_transactions
    ADD CONSTRAINT bank_transactions_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE RESTRICT,
    ADD CONSTRAINT bank_transactions_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES journal_entries (id) ON DELETE SET NULL;

ALTER TABLE client_users
    ADD CONSTRAINT client_users_client_id_fkey FOREIGN KEY (client_id) REFERENCES clients (id) ON DELETE CASCADE,
    ADD CONSTRAINT client_users_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;

ALTER TABLE clients
    ADD CONSTRAINT clients_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE RESTRICT;

ALTER TABLE customer_invoice_lines
    ADD CONSTRAINT customer_invoice_lines_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES customer_invoices (id) ON DELETE CASCADE;

ALTER TABLE customer_invoices
    ADD CONSTRAINT customer_invoices_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE RESTRICT;

ALTER TABLE vendor_invoice_lines
    ADD CONSTRAINT vendor_invoice_lines_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES vendor_invoices (id) ON DELETE CASCADE;

ALTER TABLE vendor_invoices
    ADD CONSTRAINT vendor_invoices_vendor_id_fkey FOREIGN KEY (vendor_id) REFERENCES vendors (id) ON DELETE RESTRICT;

INSERT INTO schemac_revision (revision, checksum) VALUES ('0001_initial_schema', '8f7c8a4c64460e5d');
COMMIT;
