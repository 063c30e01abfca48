CREATE TABLE ticket (
  status varchar(20) CHECK (status::text = ANY (ARRAY['new'::varchar, 'open'::varchar]::text[])),
  kind varchar(20)
);
CREATE INDEX ticket_open ON ticket (kind) WHERE status = ANY (ARRAY['new', 'open']);
CREATE VIEW open_ticket AS SELECT kind FROM ticket WHERE status <> ALL (ARRAY['done', 'gone']);
