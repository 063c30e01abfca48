DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM tenant_demo.customers_customer WHERE name = 'Ann' AND phone = '123') THEN RAISE 'the phone number is lost'; END IF;
  IF NOT EXISTS (SELECT FROM tenant_demo.customers_customer WHERE name = 'Bob' AND metadata @> '{"needs_email_update": true}') THEN RAISE 'the placeholder is not marked'; END IF;
END $$;
