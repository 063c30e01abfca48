-- 0001_initial: Initial
-- downgrade to an empty database, for PostgreSQL 14 or later; undoes 0001_initial.up.sql
-- locks:  tenant_domain ACCESS EXCLUSIVE, brief; tenant_tenant ACCESS EXCLUSIVE, brief;
--         users_user ACCESS EXCLUSIVE, brief; tenant_demo.bookings_booking ACCESS EXCLUSIVE, brief;
--         tenant_demo.communications_message ACCESS EXCLUSIVE, brief;
--         tenant_demo.customers_customer ACCESS EXCLUSIVE, brief; tenant_demo.payments_payment ACCESS EXCLUSIVE, brief;
--         tenant_demo.resources_resource ACCESS EXCLUSIVE, brief; tenant_demo.services_service ACCESS EXCLUSIVE, brief;
--         tenant_demo.staff_member ACCESS EXCLUSIVE, brief
-- data:   LOSES table "tenant_demo.communications_message"; LOSES table "tenant_demo.payments_payment";
--         LOSES table "tenant_demo.bookings_booking"; LOSES table "tenant_demo.customers_customer";
--         LOSES table "tenant_demo.resources_resource"; LOSES table "tenant_demo.services_service";
--         LOSES table "tenant_demo.staff_member"; LOSES table "tenant_domain"; LOSES table "tenant_tenant";
--         LOSES table "users_user"; LOSES schema "tenant_demo"
-- checksum: 194ad02b685368ea of the statements

BEGIN;
SET LOCAL lock_timeout = '5s';

DO $$
BEGIN
    IF to_regclass('schemac_revision') IS NULL THEN
        RAISE EXCEPTION USING MESSAGE = '0001_initial is not applied: this database has no table schemac_revision';
    END IF;
    IF NOT EXISTS (SELECT FROM schemac_revision WHERE revision = '0001_initial') THEN
        RAISE EXCEPTION USING MESSAGE = '0001_initial is not applied, so the way back to nothing does not start here';
    END IF;
END
$$;

-- loses data: table "tenant_demo.communications_message"
DROP TABLE tenant_demo.communications_message;

-- loses data: table "tenant_demo.payments_payment"
DROP TABLE tenant_demo.payments_payment;

-- loses data: table "tenant_demo.bookings_booking"
DROP TABLE tenant_demo.bookings_booking;

-- loses data: table "tenant_demo.customers_customer"
DROP TABLE tenant_demo.customers_customer;

-- loses data: table "tenant_demo.resources_resource"
DROP TABLE tenant_demo.resources_resource;

-- loses data: table "tenant_demo.services_service"
DROP TABLE tenant_demo.services_service;

-- loses data: table "tenant_demo.staff_member"
DROP TABLE tenant_demo.staff_member;

-- loses data: table "tenant_domain"
DROP TABLE tenant_domain;

-- loses data: table "tenant_tenant"
DROP TABLE tenant_tenant;

-- loses data: table "users_user"
DROP TABLE users_user;

-- was: CREATE TYPE tenant_demo.booking_status AS ENUM ('requested', 'confirmed', 'completed', 'cancelled')
DROP TYPE tenant_demo.booking_status;

-- was: CREATE TYPE tenant_state AS ENUM ('trial', 'active', 'suspended')
DROP TYPE tenant_state;

-- loses data: schema "tenant_demo"
DROP SCHEMA tenant_demo;

DELETE FROM schemac_revision WHERE revision = '0001_initial';
COMMIT;
