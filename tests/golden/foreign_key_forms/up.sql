-- from from.schema to to.schema
-- for PostgreSQL 14 or later; undone by down.sql
-- locks:  a SHARE ROW EXCLUSIVE, brief; b ACCESS EXCLUSIVE while it is scanned
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CONSTRAINT b_self_fkey FOREIGN KEY (self) REFERENCES b (id)
ALTER TABLE b
    DROP CONSTRAINT b_self_fkey,
    ADD CONSTRAINT b_second FOREIGN KEY (y, x) REFERENCES a (y, x) ON DELETE SET DEFAULT DEFERRABLE,
    ADD CONSTRAINT b_self_fkey FOREIGN KEY (self) REFERENCES b (id) ON UPDATE CASCADE ON DELETE SET NULL,
    ADD CONSTRAINT b_x_y_fkey FOREIGN KEY (x, y) REFERENCES a (x, y) MATCH FULL ON DELETE RESTRICT;
COMMIT;
