-- 004_add_user_preferences: Add user_preferences table with notification settings
-- upgrade from 003, for PostgreSQL 14 or later; undone by 004_add_user_preferences.down.sql
-- locks:  users SHARE ROW EXCLUSIVE, brief
-- data:   loses none
-- checksum: 2d772644b8975085 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '004_add_user_preferences builds on 003: this database has no table schemac_revision';
    END IF;
    IF EXISTS (SELECT FROM schemac_revision WHERE revision = '004_add_user_preferences') THEN
        RAISE EXCEPTION USING MESSAGE = '004_add_user_preferences is already applied (it builds on 003)';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '003') THEN
        RAISE EXCEPTION USING MESSAGE = '004_add_user_preferences builds on 003, which is not applied';
    END IF;
END
$$;

CREATE TABLE user_preferences (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    email_notifications boolean,
    sms_notifications boolean,
    created_at timestamp without time zone,
    updated_at timestamp without time zone,
    CONSTRAINT user_preferences_pkey PRIMARY KEY (id),
    CONSTRAINT user_preferences_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX ix_user_preferences_user_id ON user_preferences (user_id);
COMMENT ON TABLE user_preferences IS 'How a user wants to be told.';

INSERT INTO schemac_revision (revision, checksum) VALUES ('004_add_user_preferences', '2d772644b8975085');
COMMIT;
