-- d6d022bcff3b: Merge search and inventory heads
-- downgrade to an empty database, for PostgreSQL 14 or later; undoes d6d022bcff3b.up.sql
-- locks:  inventory ACCESS EXCLUSIVE, brief; product_variants ACCESS EXCLUSIVE, brief; products ACCESS EXCLUSIVE, brief;
--         subscriptions ACCESS EXCLUSIVE, brief; users ACCESS EXCLUSIVE, brief
-- data:   LOSES table "inventory"; LOSES table "product_variants"; LOSES table "products"; LOSES table "subscriptions";
--         LOSES table "users"
-- checksum: fc57e0d1dce70d2b of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = 'd6d022bcff3b is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = 'd6d022bcff3b') THEN
        RAISE EXCEPTION USING MESSAGE = 'd6d022bcff3b is not applied, so the way back to nothing does not start here';
    END IF;
END
$$;

-- loses data: table "inventory"
DROP TABLE inventory;

-- loses data: table "product_variants"
DROP TABLE product_variants;

-- loses data: table "products"
DROP TABLE products;

-- loses data: table "subscriptions"
DROP TABLE subscriptions;

-- loses data: table "users"
DROP TABLE users;

-- was: CREATE TYPE subscription_status AS ENUM ('active', 'paused', 'cancelled', 'expired')
DROP TYPE subscription_status;

DELETE FROM schemac_revision WHERE revision = 'd6d022bcff3b';
COMMIT;
