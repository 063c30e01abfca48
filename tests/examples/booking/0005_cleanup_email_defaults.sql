DO $$ BEGIN
  IF (SELECT array_agg(name) FROM tenant_demo.customers_customer WHERE metadata ? 'needs_email_update') <> array['Bob']::varchar[] THEN RAISE 'the wrong customers are marked'; END IF;
  IF EXISTS (SELECT FROM tenant_demo.services_service WHERE capacity <> 1) THEN RAISE 'a service has no capacity'; END IF;
END $$;
