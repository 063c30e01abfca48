CREATE TEXT SEARCH CONFIGURATION words (PARSER = pg_catalog."default");
ALTER TEXT SEARCH CONFIGURATION words ADD MAPPING FOR asciiword WITH simple;
ALTER TEXT SEARCH CONFIGURATION words ADD MAPPING FOR word WITH simple;

CREATE TABLE page (
    body text NOT NULL,
    found tsvector GENERATED ALWAYS AS (to_tsvector('words', body)) STORED
);
CREATE INDEX page_found ON page USING gin (found);
