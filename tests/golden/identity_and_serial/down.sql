-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  t ACCESS EXCLUSIVE, brief
-- data:   LOSES sequence "t_d_seq"

BEGIN;
SET LOCAL lock_timeout = '5s';

ALTER TABLE t
    ALTER COLUMN a DROP IDENTITY,
    ALTER COLUMN d DROP DEFAULT,
    ALTER COLUMN c SET GENERATED ALWAYS;

-- loses data: sequence "t_d_seq"
-- was: CREATE SEQUENCE t_d_seq AS integer
DROP SEQUENCE t_d_seq;

ALTER TABLE t ALTER COLUMN d DROP NOT NULL;

CREATE SEQUENCE t_b_seq;

ALTER TABLE t ALTER COLUMN b SET DEFAULT nextval('t_b_seq'::regclass);
ALTER SEQUENCE t_b_seq OWNED BY t.b;

-- the sequence goes on after the rows that exist
SELECT setval('t_b_seq', (SELECT coalesce(max(b) + 1, 1) FROM t), false);
COMMIT;
