CREATE TYPE loan_state AS ENUM ('out', 'back', 'lost');

CREATE TABLE members (
    id bigserial PRIMARY KEY,
    email varchar(200) NOT NULL UNIQUE
);

CREATE TABLE loans (
    book_id bigint NOT NULL REFERENCES books,
    member_id bigint NOT NULL REFERENCES members ON DELETE CASCADE,
    state loan_state NOT NULL DEFAULT 'out',
    due date NOT NULL
);
CREATE INDEX loans_out ON loans (due) WHERE state = 'out';
COMMENT ON TABLE loans IS 'Who has which book.';
