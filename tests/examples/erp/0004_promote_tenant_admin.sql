-- What 0003 and 0004 promise about the rows that existed.
DO $$ BEGIN
  IF EXISTS (SELECT FROM users WHERE status IS DISTINCT FROM CASE WHEN is_active THEN 'active' END) THEN RAISE 'a status is wrong'; END IF;
  IF NOT EXISTS (SELECT FROM users WHERE full_name = 'Ann' AND role = 'admin') THEN RAISE 'the administrator is not promoted'; END IF;
  IF EXISTS (SELECT FROM users WHERE full_name = 'Bob' AND role = 'admin') THEN RAISE 'another tenant is changed'; END IF;
END $$;
