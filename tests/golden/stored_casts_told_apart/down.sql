-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  open_ticket ACCESS EXCLUSIVE, brief; ticket ACCESS EXCLUSIVE while an index is built
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- was: CONSTRAINT ticket_status_check CHECK (status::text = ANY (ARRAY['new'::varchar, 'open'::varchar]::text[]))
ALTER TABLE ticket DROP CONSTRAINT ticket_status_check;

-- was: CREATE INDEX ticket_open ON ticket (kind) WHERE status = ANY (ARRAY['new', 'open'])
DROP INDEX ticket_open;
ALTER TABLE ticket ADD CONSTRAINT ticket_status_check CHECK (status IN ('new', 'open'));
CREATE INDEX ticket_open ON ticket (kind) WHERE status IN ('new', 'open');

CREATE OR REPLACE VIEW open_ticket AS
SELECT kind FROM ticket WHERE status NOT IN ('done', 'gone');
COMMIT;
