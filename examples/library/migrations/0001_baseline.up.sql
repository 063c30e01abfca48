-- 0001_baseline: The schema so far
-- upgrade from an empty database, for PostgreSQL 14 or later; undone by 0001_baseline.down.sql
-- locks:  none that others would notice
-- data:   loses none
-- checksum: e8dabf23056dfb6d of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

CREATE TABLE IF NOT EXISTS schemac_revision (
    revision text PRIMARY KEY,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);

DO $$
BEGIN
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '0001_baseline') THEN
        RAISE EXCEPTION USING MESSAGE = '0001_baseline is already applied (it builds on nothing)';
    END IF;
END
$$;

CREATE TYPE loan_state AS ENUM ('out', 'back', 'lost');

CREATE SEQUENCE books_id_seq;

CREATE SEQUENCE loans_id_seq;

CREATE SEQUENCE members_id_seq;

CREATE TABLE books (
    id bigint DEFAULT nextval('books_id_seq'::regclass) NOT NULL,
    title text NOT NULL,
    author text DEFAULT 'unknown',
    published integer,
    CONSTRAINT books_pkey PRIMARY KEY (id),
    CONSTRAINT books_year_check CHECK (published > 1400)
);
ALTER SEQUENCE books_id_seq OWNED BY books.id;

CREATE TABLE loans (
    book_id bigint NOT NULL,
    member_id bigint NOT NULL,
    state loan_state DEFAULT 'out' NOT NULL,
    due date NOT NULL,
    id bigint DEFAULT nextval('loans_id_seq'::regclass) NOT NULL,
    CONSTRAINT loans_pkey PRIMARY KEY (id),
    CONSTRAINT loans_book_id_fkey FOREIGN KEY (book_id) REFERENCES books (id)
);
CREATE INDEX loans_out ON loans (due) WHERE state = 'out';
ALTER SEQUENCE loans_id_seq OWNED BY loans.id;
COMMENT ON TABLE loans IS 'Who has which book.';

CREATE TABLE members (
    id bigint DEFAULT nextval('members_id_seq'::regclass) NOT NULL,
    email text NOT NULL,
    CONSTRAINT members_pkey PRIMARY KEY (id),
    CONSTRAINT members_email_key UNIQUE (email)
);
ALTER SEQUENCE members_id_seq OWNED BY members.id;

ALTER TABLE loans
    ADD CONSTRAINT loans_member_id_fkey FOREIGN KEY (member_id) REFERENCES members (id) ON DELETE CASCADE;

CREATE VIEW overdue AS
SELECT loans.id, books.title, members.email
FROM loans
JOIN books ON books.id = loans.book_id
JOIN members ON members.id = loans.member_id
WHERE loans.state = 'out' AND loans.due < current_date;

INSERT INTO schemac_revision (revision, checksum) VALUES ('0001_baseline', 'e8dabf23056dfb6d');
COMMIT;
