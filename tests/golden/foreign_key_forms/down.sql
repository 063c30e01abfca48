-- from to.schema back to from.schema
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  a ACCESS EXCLUSIVE, brief; b ACCESS EXCLUSIVE while it is scanned
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CONSTRAINT b_second FOREIGN KEY (y, x) REFERENCES a (y, x) ON DELETE SET DEFAULT DEFERRABLE
-- was: CONSTRAINT b_self_fkey FOREIGN KEY (self) REFERENCES b (id) ON UPDATE CASCADE ON DELETE SET NULL
-- was: CONSTRAINT b_x_y_fkey FOREIGN KEY (x, y) REFERENCES a (x, y) MATCH FULL ON DELETE RESTRICT
ALTER TABLE b
    DROP CONSTRAINT b_second,
    DROP CONSTRAINT b_self_fkey,
    DROP CONSTRAINT b_x_y_fkey,
    ADD CONSTRAINT b_self_fkey FOREIGN KEY (self) REFERENCES b (id);
COMMIT;
