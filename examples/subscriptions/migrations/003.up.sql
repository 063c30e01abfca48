-- 003: Add enhanced subscription payment models
-- upgrade from d6d022bcff3b, for PostgreSQL 14 or later; undone by 003.down.sql
-- locks:  subscriptions ACCESS EXCLUSIVE while it is scanned; users SHARE ROW EXCLUSIVE, brief
-- data:   loses none
-- checksum: b63b9b39b0a19cbb of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '003 builds on d6d022bcff3b: this database has no table schemac_revision';
    END IF;
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '003') THEN
        RAISE EXCEPTION USING MESSAGE = '003 is already applied (it builds on d6d022bcff3b)';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = 'd6d022bcff3b') THEN
        RAISE EXCEPTION USING MESSAGE = '003 builds on d6d022bcff3b, which is not applied';
    END IF;
END
$$;

CREATE TYPE loyalty_tier AS ENUM ('bronze', 'silver', 'gold', 'platinum');

CREATE TYPE payment_intent_status AS ENUM (
    'requires_payment_method', 'requires_action', 'processing', 'succeeded', 'cancelled', 'failed'
);

CREATE TABLE loyalty_accounts (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    total_points integer DEFAULT 0 NOT NULL,
    points_lifetime integer DEFAULT 0 NOT NULL,
    tier loyalty_tier DEFAULT 'bronze' NOT NULL,
    referral_count integer DEFAULT 0 NOT NULL,
    created_at timestamp without time zone DEFAULT now() NOT NULL,
    updated_at timestamp without time zone DEFAULT now() NOT NULL,
    CONSTRAINT loyalty_accounts_pkey PRIMARY KEY (id),
    CONSTRAINT loyalty_accounts_user_id_key UNIQUE (user_id),
    CONSTRAINT points_not_negative CHECK (total_points >= 0 and points_lifetime >= total_points),
    CONSTRAINT loyalty_accounts_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);

CREATE TABLE payment_analytics (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    date date NOT NULL,
    total_payments integer DEFAULT 0 NOT NULL,
    successful_payments integer DEFAULT 0 NOT NULL,
    failed_payments integer DEFAULT 0 NOT NULL,
    total_volume numeric(12,2) DEFAULT 0 NOT NULL,
    failure_breakdown jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp without time zone DEFAULT now() NOT NULL,
    updated_at timestamp without time zone DEFAULT now() NOT NULL,
    CONSTRAINT payment_analytics_pkey PRIMARY KEY (id),
    CONSTRAINT payment_analytics_date_key UNIQUE (date),
    CONSTRAINT parts_of_total CHECK (successful_payments + failed_payments <= total_payments)
);
COMMENT ON TABLE payment_analytics IS 'One row a day.';

CREATE TABLE payment_intents (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    stripe_payment_intent_id character varying(255) NOT NULL,
    subscription_id uuid,
    user_id uuid NOT NULL,
    amount_breakdown jsonb NOT NULL,
    currency character(3) DEFAULT 'USD' NOT NULL,
    status payment_intent_status DEFAULT 'requires_payment_method' NOT NULL,
    requires_action boolean DEFAULT false NOT NULL,
    client_secret text,
    failure_reason text,
    created_at timestamp without time zone DEFAULT now() NOT NULL,
    updated_at timestamp without time zone DEFAULT now() NOT NULL,
    CONSTRAINT payment_intents_pkey PRIMARY KEY (id),
    CONSTRAINT payment_intents_stripe_payment_intent_id_key UNIQUE (stripe_payment_intent_id),
    CONSTRAINT payment_intents_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscriptions (id) ON DELETE SET NULL,
    CONSTRAINT payment_intents_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT
);
CREATE INDEX ix_payment_intents_open
    ON payment_intents (user_id)
    WHERE status in ('requires_action', 'processing');
COMMENT ON TABLE payment_intents IS 'A Stripe payment intent, followed until it succeeds or fails.';

CREATE TABLE points_transactions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    loyalty_account_id uuid NOT NULL,
    subscription_id uuid,
    points integer NOT NULL,
    reason character varying(50) NOT NULL,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    expires_at timestamp without time zone,
    created_at timestamp without time zone DEFAULT now() NOT NULL,
    CONSTRAINT points_transactions_pkey PRIMARY KEY (id),
    CONSTRAINT points_transactions_points_check CHECK (points <> 0),
    CONSTRAINT points_transactions_loyalty_account_id_fkey FOREIGN KEY (loyalty_account_id) REFERENCES loyalty_accounts (id) ON DELETE CASCADE,
    CONSTRAINT points_transactions_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscriptions (id) ON DELETE SET NULL
);
CREATE INDEX ix_points_transactions_account
    ON points_transactions (loyalty_account_id, created_at DESC);

CREATE TABLE pricing_configs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    subscription_percentage numeric(5,2) DEFAULT 10 NOT NULL,
    delivery_costs jsonb DEFAULT '{"standard": 10.0, "express": 25.0, "overnight": 50.0}'::jsonb NOT NULL,
    tax_rates jsonb DEFAULT '{}'::jsonb NOT NULL,
    currency_settings jsonb DEFAULT '{"default": "USD"}'::jsonb NOT NULL,
    updated_by uuid,
    version character varying(20) DEFAULT '1.0' NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    change_reason text,
    created_at timestamp without time zone DEFAULT now() NOT NULL,
    updated_at timestamp without time zone DEFAULT now() NOT NULL,
    CONSTRAINT pricing_configs_pkey PRIMARY KEY (id),
    CONSTRAINT pricing_configs_subscription_percentage_check CHECK (subscription_percentage between 0 and 100),
    CONSTRAINT pricing_configs_updated_by_fkey FOREIGN KEY (updated_by) REFERENCES users (id) ON DELETE SET NULL
);
CREATE UNIQUE INDEX pricing_configs_one_active ON pricing_configs (is_active) WHERE is_active;
COMMENT ON TABLE pricing_configs IS 'Prices that an administrator may change.';

CREATE TABLE subscription_analytics (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    date date NOT NULL,
    total_active integer DEFAULT 0 NOT NULL,
    new_subscriptions integer DEFAULT 0 NOT NULL,
    cancelled_subscriptions integer DEFAULT 0 NOT NULL,
    total_revenue numeric(12,2) DEFAULT 0 NOT NULL,
    average_value numeric(10,2) DEFAULT 0 NOT NULL,
    churn_rate numeric(5,4) DEFAULT 0 NOT NULL,
    plan_breakdown jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp without time zone DEFAULT now() NOT NULL,
    updated_at timestamp without time zone DEFAULT now() NOT NULL,
    CONSTRAINT subscription_analytics_pkey PRIMARY KEY (id),
    CONSTRAINT subscription_analytics_date_key UNIQUE (date),
    CONSTRAINT subscription_analytics_churn_rate_check CHECK (churn_rate between 0 and 1)
);
COMMENT ON TABLE subscription_analytics IS 'One row a day.';

CREATE TABLE subscription_cost_history (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    subscription_id uuid NOT NULL,
    old_cost jsonb,
    new_cost jsonb NOT NULL,
    change_reason character varying(50) NOT NULL,
    effective_date timestamp without time zone NOT NULL,
    changed_by uuid,
    created_at timestamp without time zone DEFAULT now() NOT NULL,
    updated_at timestamp without time zone DEFAULT now() NOT NULL,
    CONSTRAINT subscription_cost_history_pkey PRIMARY KEY (id),
    CONSTRAINT subscription_cost_history_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES users (id) ON DELETE SET NULL,
    CONSTRAINT subscription_cost_history_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscriptions (id) ON DELETE CASCADE
);
CREATE INDEX ix_subscription_cost_history_subscription_id
    ON subscription_cost_history (subscription_id, effective_date);
COMMENT ON TABLE subscription_cost_history IS 'Every change of what a subscription costs.';

ALTER TABLE subscriptions
    ADD COLUMN variant_ids jsonb DEFAULT '[]'::jsonb NOT NULL,
    ADD COLUMN billing_cycle character varying(20) DEFAULT 'monthly' NOT NULL,
    ADD COLUMN auto_renew boolean DEFAULT true NOT NULL,
    ADD COLUMN cost_breakdown jsonb,
    ADD COLUMN variant_total numeric(10,2) DEFAULT 0 NOT NULL,
    ADD COLUMN admin_percentage numeric(5,2) DEFAULT 0 NOT NULL,
    ADD COLUMN delivery_cost numeric(10,2) DEFAULT 0 NOT NULL,
    ADD COLUMN tax_rate numeric(5,4) DEFAULT 0 NOT NULL,
    ADD COLUMN tax_amount numeric(10,2) DEFAULT 0 NOT NULL,
    ADD COLUMN delivery_type character varying(50) DEFAULT 'standard' NOT NULL,
    ADD COLUMN delivery_address jsonb,
    ADD COLUMN delivery_preferences jsonb DEFAULT '{}'::jsonb NOT NULL,
    ADD COLUMN loyalty_points_earned integer DEFAULT 0 NOT NULL,
    ADD COLUMN loyalty_discount_applied numeric(10,2) DEFAULT 0 NOT NULL,
    ADD CONSTRAINT subscriptions_billing_cycle_check CHECK (billing_cycle in ('weekly', 'monthly', 'yearly'));

INSERT INTO schemac_revision (revision, checksum) VALUES ('003', 'b63b9b39b0a19cbb');
COMMIT;
