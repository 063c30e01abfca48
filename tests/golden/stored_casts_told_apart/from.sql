CREATE TABLE ticket (
  status varchar(20) CHECK (status IN ('new', 'open')),
  kind varchar(20)
);
CREATE INDEX ticket_open ON ticket (kind) WHERE status IN ('new', 'open');
CREATE VIEW open_ticket AS SELECT kind FROM ticket WHERE status NOT IN ('done', 'gone');
