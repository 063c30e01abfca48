-- from from.schema to to.schema
-- for PostgreSQL 15 or later; undone by down.sql
-- locks:  orders ACCESS EXCLUSIVE while it is rewritten
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- depends on column "total" of table "orders", whose type changes
DROP MATERIALIZED VIEW all_totals;

DROP VIEW big_totals;

-- depends on column "total" of table "orders", whose type changes
DROP VIEW totals;

ALTER TABLE orders
    ALTER COLUMN total DROP DEFAULT,
    ALTER COLUMN total TYPE numeric(12,2),
    ALTER COLUMN note TYPE character varying(40),
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
