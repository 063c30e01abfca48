-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  a ACCESS EXCLUSIVE, brief
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE FUNCTION touch_updated_at() returns trigger language plpgsql as $$
begin new.updated_at := now(); return new; end
$$;

CREATE TABLE b (
    id bigint NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT b_pkey PRIMARY KEY (id),
    CONSTRAINT b_name_key UNIQUE (name)
);
CREATE TRIGGER touch_updated_at before update ON b for each row execute function touch_updated_at();

ALTER TABLE a
    ADD COLUMN created_at timestamp with time zone DEFAULT now() NOT NULL,
    ADD COLUMN updated_at timestamp with time zone DEFAULT now() NOT NULL;
CREATE TRIGGER touch_updated_at before update ON a for each row execute function touch_updated_at();
COMMIT;
