CREATE TABLE folder (id bigint PRIMARY KEY, parent bigint REFERENCES folder, name text NOT NULL);

CREATE RECURSIVE VIEW path (id, depth) AS
    SELECT id, 0 FROM folder WHERE parent IS NULL
    UNION ALL
    SELECT f.id, p.depth + 1 FROM folder f JOIN path p ON f.parent = p.id;
