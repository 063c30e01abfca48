-- What the revision 003 must have left behind, for any SQL editor.

-- The new tables: 7 rows.
SELECT table_name
FROM information_schema.tables
WHERE table_name IN ('pricing_configs', 'subscription_cost_history', 'payment_intents', 'subscription_analytics',
                     'payment_analytics', 'loyalty_accounts', 'points_transactions')
ORDER BY table_name;

-- The new columns of subscriptions: 14.
SELECT count(*) AS new_columns
FROM information_schema.columns
WHERE table_name = 'subscriptions'
  AND column_name IN ('variant_ids', 'billing_cycle', 'auto_renew', 'cost_breakdown', 'variant_total',
                      'admin_percentage', 'delivery_cost', 'tax_rate', 'tax_amount', 'delivery_type',
                      'delivery_address', 'delivery_preferences', 'loyalty_points_earned',
                      'loyalty_discount_applied');

-- Constraints that hold for new rows only, and indexes that cannot be used: no row.
SELECT conrelid::regclass AS table_name, conname AS problem FROM pg_constraint WHERE NOT convalidated
UNION ALL
SELECT indrelid::regclass, indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid;

-- Users whose role and permissions disagree, after 005_migrate_user_roles: 0.
SELECT count(*) AS disagreements
FROM users
WHERE (role = 'admin' AND permissions ->> 'admin' IS DISTINCT FROM 'true')
   OR (role = 'user' AND permissions ->> 'admin' IS DISTINCT FROM 'false');

-- The revisions that are applied, in order.
SELECT revision, applied_at FROM schemac_revision ORDER BY applied_at;
