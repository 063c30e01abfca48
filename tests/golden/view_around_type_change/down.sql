-- from to.schema back to from.schema
-- for PostgreSQL 15 or later; undoes up.sql
-- locks:  orders ACCESS EXCLUSIVE while it is rewritten
-- data:   LOSES the decimals of column "total" of table "orders"

BEGIN;
SET LOCAL lock_timeout = '5s';

-- depends on column "total" of table "orders", whose type changes
DROP MATERIALIZED VIEW all_totals;

DROP VIEW big_totals;

-- depends on column "total" of table "orders", whose type changes
DROP VIEW totals;

-- loses data: the decimals of column "total" of table "orders"
ALTER TABLE orders
    ALTER COLUMN total DROP DEFAULT,
    ALTER COLUMN total TYPE integer,
    ALTER COLUMN note TYPE character varying(10),
    ALTER COLUMN total SET DEFAULT 0;

-- as before: depends on column "total" of table "orders", whose type changes
CREATE MATERIALIZED VIEW all_totals AS
select sum(total) as total from orders;

-- as before: depends on view "all_totals"
CREATE UNIQUE INDEX all_totals_total ON all_totals (total);

-- as before: depends on column "total" of table "orders", whose type changes
CREATE VIEW totals AS
select id, total from orders;
COMMENT ON VIEW totals IS 'What was ordered';

CREATE VIEW big_totals WITH (security_invoker = true) AS
select id, total from totals where total > 100;
GRANT SELECT ON TABLE big_totals TO app;
GRANT SELECT ON TABLE big_totals TO reporting;

COMMENT ON COLUMN big_totals.total IS 'Big ones';
COMMIT;
