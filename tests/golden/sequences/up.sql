-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  none that others would notice
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE SEQUENCE fresh;

ALTER SEQUENCE order_numbers INCREMENT BY 10 MAXVALUE 100000 CACHE 5 CYCLE;

ALTER SEQUENCE plain AS integer MINVALUE 1 MAXVALUE 2147483647 START WITH 1;

CREATE TABLE orders (
    id bigint DEFAULT nextval('fresh') NOT NULL,
    CONSTRAINT orders_pkey PRIMARY KEY (id)
);
COMMIT;
