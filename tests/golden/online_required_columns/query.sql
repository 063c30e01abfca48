SELECT count(*), count(DISTINCT to_jsonb(p) ->> 'token'), count(to_jsonb(p) ->> 'noted'), min(email), min(to_jsonb(p) ->> 'slug')
  FROM people p;
