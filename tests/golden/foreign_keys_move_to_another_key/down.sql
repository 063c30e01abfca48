-- from to.sql back to from.sql
-- for PostgreSQL 14 or later; undoes up.sql
-- locks:  e ACCESS EXCLUSIVE while an index is built; f ACCESS EXCLUSIVE while it is scanned;
--         g ACCESS EXCLUSIVE while an index is built; h ACCESS EXCLUSIVE while it is scanned
-- data:   loses none

BEGIN;
SET LOCAL lock_timeout = '5s';

-- depends on constraint "e_pkey" of table "e"
ALTER TABLE f DROP CONSTRAINT f_e_id_fkey;

-- was: CONSTRAINT e_pkey PRIMARY KEY (id)
ALTER TABLE e
    DROP CONSTRAINT e_pkey,
    ADD CONSTRAINT e_pkey PRIMARY KEY (c, k),
    ADD CONSTRAINT e_id_key UNIQUE (id);

-- depends on constraint "g_other" of table "g"
ALTER TABLE h DROP CONSTRAINT h_g_id_fkey;

-- was: CONSTRAINT g_other UNIQUE (id)
ALTER TABLE g
    DROP CONSTRAINT g_other,
    ADD CONSTRAINT g_other PRIMARY KEY (id);

-- as before: depends on constraint "e_pkey" of table "e"
ALTER TABLE f ADD CONSTRAINT f_e_id_fkey FOREIGN KEY (e_id) REFERENCES e (id);

-- as before: depends on constraint "g_other" of table "g"
ALTER TABLE h ADD CONSTRAINT h_g_id_fkey FOREIGN KEY (g_id) REFERENCES g (id);
COMMIT;
