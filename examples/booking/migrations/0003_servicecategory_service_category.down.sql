-- 0003_servicecategory_service_category: Create model ServiceCategory, add field category to service
-- downgrade to 0002_service_capacity, for PostgreSQL 14 or later; undoes 0003_servicecategory_service_category.up.sql
-- locks:  tenant_demo.services_category ACCESS EXCLUSIVE, brief; tenant_demo.services_service ACCESS EXCLUSIVE, brief
-- data:   LOSES column "category_id" of table "tenant_demo.services_service";
--         LOSES table "tenant_demo.services_category"
-- checksum: c3e8d4ae3d487796 of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0003_servicecategory_service_category is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0003_servicecategory_service_category') THEN
        RAISE EXCEPTION USING MESSAGE = '0003_servicecategory_service_category is not applied, so the way back to 0002_service_capacity does not start here';
    END IF;
END
$$;

-- loses data: column "category_id" of table "tenant_demo.services_service"
-- was: category_id bigint
ALTER TABLE tenant_demo.services_service DROP COLUMN category_id;

-- loses data: table "tenant_demo.services_category"
DROP TABLE tenant_demo.services_category;

DELETE FROM schemac_revision WHERE revision = '0003_servicecategory_service_category';
COMMIT;
