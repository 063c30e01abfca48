CREATE TABLE item (id integer, title text);
CREATE VIEW item_named AS SELECT i.*, 'x'::text AS name FROM item i;
