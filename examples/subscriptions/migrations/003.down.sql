-- 003: Add enhanced subscription payment models
-- downgrade to d6d022bcff3b, for PostgreSQL 14 or later; undoes 003.up.sql
-- locks:  loyalty_accounts ACCESS EXCLUSIVE, brief; payment_analytics ACCESS EXCLUSIVE, brief;
--         payment_intents ACCESS EXCLUSIVE, brief; points_transactions ACCESS EXCLUSIVE, brief;
--         pricing_configs ACCESS EXCLUSIVE, brief; subscription_analytics ACCESS EXCLUSIVE, brief;
--         subscription_cost_history ACCESS EXCLUSIVE, brief; subscriptions ACCESS EXCLUSIVE, brief;
--         users ACCESS EXCLUSIVE, brief
-- data:   LOSES column "variant_ids" of table "subscriptions"; LOSES column "billing_cycle" of table "subscriptions";
--         LOSES column "auto_renew" of table "subscriptions"; LOSES column "cost_breakdown" of table "subscriptions";
--         LOSES column "variant_total" of table "subscriptions";
--         LOSES column "admin_percentage" of table "subscriptions";
--         LOSES column "delivery_cost" of table "subscriptions"; LOSES column "tax_rate" of table "subscriptions";
--         LOSES column "tax_amount" of table "subscriptions"; LOSES column "delivery_type" of table "subscriptions";
--         LOSES column "delivery_address" of table "subscriptions";
--         LOSES column "delivery_preferences" of table "subscriptions"; and 9 more
-- checksum: 5ae343fb6966ba53 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '003 is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '003') THEN
        RAISE EXCEPTION USING MESSAGE = '003 is not applied, so the way back to d6d022bcff3b does not start here';
    END IF;
END
$$;

-- was: CONSTRAINT subscriptions_billing_cycle_check CHECK (billing_cycle in ('weekly', 'monthly', 'yearly'))
-- loses data: column "variant_ids" of table "subscriptions"
-- was: variant_ids jsonb DEFAULT '[]'::jsonb NOT NULL
-- loses data: column "billing_cycle" of table "subscriptions"
-- was: billing_cycle character varying(20) DEFAULT 'monthly' NOT NULL
-- loses data: column "auto_renew" of table "subscriptions"
-- was: auto_renew boolean DEFAULT true NOT NULL
-- loses data: column "cost_breakdown" of table "subscriptions"
-- was: cost_breakdown jsonb
-- loses data: column "variant_total" of table "subscriptions"
-- was: variant_total numeric(10,2) DEFAULT 0 NOT NULL
-- loses data: column "admin_percentage" of table "subscriptions"
-- was: admin_percentage numeric(5,2) DEFAULT 0 NOT NULL
-- loses data: column "delivery_cost" of table "subscriptions"
-- was: delivery_cost numeric(10,2) DEFAULT 0 NOT NULL
-- loses data: column "tax_rate" of table "subscriptions"
-- was: tax_rate numeric(5,4) DEFAULT 0 NOT NULL
-- loses data: column "tax_amount" of table "subscriptions"
-- was: tax_amount numeric(10,2) DEFAULT 0 NOT NULL
-- loses data: column "delivery_type" of table "subscriptions"
-- was: delivery_type character varying(50) DEFAULT 'standard' NOT NULL
-- loses data: column "delivery_address" of table "subscriptions"
-- was: delivery_address jsonb
-- loses data: column "delivery_preferences" of table "subscriptions"
-- was: delivery_preferences jsonb DEFAULT '{}'::jsonb NOT NULL
-- loses data: column "loyalty_points_earned" of table "subscriptions"
-- was: loyalty_points_earned integer DEFAULT 0 NOT NULL
-- loses data: column "loyalty_discount_applied" of table "subscriptions"
-- was: loyalty_discount_applied numeric(10,2) DEFAULT 0 NOT NULL
ALTER TABLE subscriptions
    DROP CONSTRAINT subscriptions_billing_cycle_check,
    DROP COLUMN variant_ids,
    DROP COLUMN billing_cycle,
    DROP COLUMN auto_renew,
    DROP COLUMN cost_breakdown,
    DROP COLUMN variant_total,
    DROP COLUMN admin_percentage,
    DROP COLUMN delivery_cost,
    DROP COLUMN tax_rate,
    DROP COLUMN tax_amount,
    DROP COLUMN delivery_type,
    DROP COLUMN delivery_address,
    DROP COLUMN delivery_preferences,
    DROP COLUMN loyalty_points_earned,
    DROP COLUMN loyalty_discount_applied;

-- loses data: table "payment_analytics"
DROP TABLE payment_analytics;

-- loses data: table "payment_intents"
DROP TABLE payment_intents;

-- loses data: table "points_transactions"
DROP TABLE points_transactions;

-- loses data: table "loyalty_accounts"
DROP TABLE loyalty_accounts;

-- loses data: table "pricing_configs"
DROP TABLE pricing_configs;

-- loses data: table "subscription_analytics"
DROP TABLE subscription_analytics;

-- loses data: table "subscription_cost_history"
DROP TABLE subscription_cost_history;

-- was: CREATE TYPE loyalty_tier AS ENUM ('bronze', 'silver', 'gold', 'platinum')
DROP TYPE loyalty_tier;

-- was: CREATE TYPE payment_intent_status AS ENUM (
--          'requires_payment_method', 'requires_action', 'processing', 'succeeded', 'cancelled', 'failed'
--      )
DROP TYPE payment_intent_status;

DELETE FROM schemac_revision WHERE revision = '003';
COMMIT;
