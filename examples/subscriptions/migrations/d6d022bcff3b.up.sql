-- d6d022bcff3b: Merge search and inventory heads
-- upgrade from an empty database, for PostgreSQL 14 or later; undone by d6d022bcff3b.down.sql
-- locks:  none that others would notice
-- data:   loses none
-- checksum: cc33057f75f376ca of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE TABLE IF NOT EXISTS schemac_revision (
    revision text PRIMARY KEY,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);

DO $$
BEGIN
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = 'd6d022bcff3b') THEN
        RAISE EXCEPTION USING MESSAGE = 'd6d022bcff3b is already applied (it builds on nothing)';
    END IF;
END
$$;

CREATE TYPE subscription_status AS ENUM ('active', 'paused', 'cancelled', 'expired');

CREATE TABLE inventory (
    variant_id uuid NOT NULL,
    quantity integer DEFAULT 0 NOT NULL,
    reserved integer DEFAULT 0 NOT NULL,
    created_at timestamp without time zone DEFAULT now() NOT NULL,
    updated_at timestamp without time zone DEFAULT now() NOT NULL,
    CONSTRAINT inventory_pkey PRIMARY KEY (variant_id),
    CONSTRAINT inventory_quantity_check CHECK (quantity >= 0),
    CONSTRAINT reserved_in_stock CHECK (reserved between 0 and quantity)
);

CREATE TABLE product_variants (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    product_id uuid NOT NULL,
    sku character varying(64) NOT NULL,
    price numeric(10,2) NOT NULL,
    created_at timestamp without time zone DEFAULT now() NOT NULL,
    updated_at timestamp without time zone DEFAULT now() NOT NULL,
    CONSTRAINT product_variants_pkey PRIMARY KEY (id),
    CONSTRAINT product_variants_sku_key UNIQUE (sku),
    CONSTRAINT product_variants_price_check CHECK (price >= 0)
);

CREATE TABLE products (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name character varying(255) NOT NULL,
    description text DEFAULT '' NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('english', name || ' ' || description)) STORED,
    created_at timestamp without time zone DEFAULT now() NOT NULL,
    updated_at timestamp without time zone DEFAULT now() NOT NULL,
    CONSTRAINT products_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_products_search ON products USING gin (search);

CREATE TABLE subscriptions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    plan_id character varying(50) NOT NULL,
    status subscription_status DEFAULT 'active' NOT NULL,
    price numeric(10,2),
    currency character(3) DEFAULT 'USD' NOT NULL,
    next_billing_date timestamp without time zone,
    created_at timestamp without time zone DEFAULT now() NOT NULL,
    updated_at timestamp without time zone DEFAULT now() NOT NULL,
    CONSTRAINT subscriptions_pkey PRIMARY KEY (id)
);
CREATE INDEX ix_subscriptions_user_id ON subscriptions (user_id);

CREATE TABLE users (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    email character varying(255) NOT NULL,
    full_name character varying(255) NOT NULL,
    role character varying(50) DEFAULT 'user' NOT NULL,
    permissions json,
    email_verified boolean DEFAULT false NOT NULL,
    created_at timestamp without time zone DEFAULT now() NOT NULL,
    updated_at timestamp without time zone DEFAULT now() NOT NULL,
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_email_key UNIQUE (email)
);

ALTER TABLE inventory
    ADD CONSTRAINT inventory_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES product_variants (id) ON DELETE CASCADE;

ALTER TABLE product_variants
    ADD CONSTRAINT product_variants_product_id_fkey FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE;

ALTER TABLE subscriptions
    ADD CONSTRAINT subscriptions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;

INSERT INTO schemac_revision (revision, checksum) VALUES ('d6d022bcff3b', 'cc33057f75f376ca');
COMMIT;
