CREATE FOREIGN DATA WRAPPER other;
COMMENT ON FOREIGN DATA WRAPPER other IS 'reads elsewhere';
CREATE SERVER "Remote" FOREIGN DATA WRAPPER other;
COMMENT ON SERVER "Remote" IS 'elsewhere';
GRANT USAGE ON FOREIGN SERVER "Remote" TO PUBLIC;

-- As pg_dump writes it.
CREATE FOREIGN TABLE public.items (
    id integer NOT NULL,
    name text,
    CONSTRAINT positive CHECK ((id > 0))
)
SERVER "Remote";
ALTER FOREIGN TABLE public.items ALTER COLUMN id OPTIONS (
    column_name 'ID'
);
COMMENT ON FOREIGN TABLE public.items IS 'items of the other database';
COMMENT ON COLUMN public.items.name IS 'as it is shown there';
GRANT SELECT ON TABLE public.items TO PUBLIC;
