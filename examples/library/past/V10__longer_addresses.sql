ALTER TABLE members ALTER COLUMN email TYPE text;
