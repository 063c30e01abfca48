ALTER TABLE members ALTER COLUMN email TYPE varchar(200);
