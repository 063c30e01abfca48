DO $$ BEGIN
  IF (SELECT count(*) FROM subscriptions WHERE billing_cycle = 'monthly' AND variant_ids = '[]') <> 1 THEN RAISE 'a subscription lacks the new values'; END IF;
  IF NOT EXISTS (SELECT FROM users WHERE role = 'admin' AND permissions::jsonb = '{"admin": true, "manage_users": true}') THEN RAISE 'the administrator has no permissions'; END IF;
  IF NOT EXISTS (SELECT FROM users WHERE role = 'user' AND permissions::jsonb = '{"admin": false, "manage_users": false}') THEN RAISE 'the user has no permissions'; END IF;
END $$;
