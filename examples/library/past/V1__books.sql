CREATE TABLE books (
    id bigserial PRIMARY KEY,
    title text NOT NULL,
    author text,
    year int CHECK (year > 1400)
);

INSERT INTO books (title, author, year) VALUES ('Effi Briest', 'Theodor Fontane', 1895);
