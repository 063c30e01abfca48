#!/bin/sh
# Rewrites the tables of built-in types, functions, operators and casts from the catalogs of a freshly made PostgreSQL 15
# database. Usage: regenerate.sh [psql arguments]
set -eu
cd "$(dirname "$0")"
run() { psql -X -q -A -t "$@"; }

run "$@" > types.def <<'SQL'
SELECT format('T("%s", "%s", ''%s'', %s, ''%s'', "%s")', typname, replace(format_type(t.oid, NULL), '"', '\"'), typcategory, typispreferred, typtype,
  coalesce((SELECT e.typname FROM pg_type e WHERE e.oid = t.typelem AND t.typcategory = 'A'),
           (SELECT e.typname FROM pg_range r JOIN pg_type e ON e.oid = r.rngsubtype WHERE t.oid IN (r.rngtypid, r.rngmultitypid)), ''))
FROM pg_type t
WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype <> 'c'
  AND NOT EXISTS (SELECT FROM pg_type e WHERE e.oid = t.typelem AND e.typtype = 'c')
ORDER BY typname COLLATE "C";
SQL

run "$@" > functions.def <<'SQL'
WITH f AS (
  SELECT proname, oid,
    (SELECT coalesce(string_agg(CASE WHEN provariadic <> 0 AND n = pronargs THEN '*' ELSE '' END || t.typname, ',' ORDER BY n), '')
     FROM unnest(proargtypes) WITH ORDINALITY a(o, n) JOIN pg_type t ON t.oid = a.o) AS args,
    CASE WHEN pronargdefaults > 0 THEN '/' || pronargdefaults ELSE '' END AS defaults,
    CASE WHEN proretset THEN '*' ELSE '' END || (SELECT typname FROM pg_type WHERE oid = prorettype) AS ret,
    CASE WHEN prorettype = 'record'::regtype THEN
      (SELECT coalesce('(' || string_agg(proargnames[n] || ':' || t.typname, ',' ORDER BY n) || ')', '')
       FROM unnest(proallargtypes) WITH ORDINALITY a(o, n) JOIN pg_type t ON t.oid = a.o WHERE proargmodes[n] IN ('o', 'b', 't'))
      ELSE '' END AS outs
  FROM pg_proc p
  WHERE pronamespace = 'pg_catalog'::regnamespace
    AND NOT (proargtypes::oid[] && ARRAY['internal'::regtype::oid, 'cstring'::regtype::oid])
    AND prorettype NOT IN ('cstring'::regtype, 'internal'::regtype, 'trigger'::regtype, 'event_trigger'::regtype)
    AND (prorettype <> 'record'::regtype OR proallargtypes IS NULL OR proname !~ '^pg_')
    AND proname !~ '(send|sel|joinsel|_handler|support)$' AND proname !~ '^binary_upgrade|^pg_stat_get|^gin_|^gist_|^brin_|^btint|^spg_'
)
SELECT format('F("%s", "%s")', proname, string_agg(args || defaults || '>' || ret || outs, ';' ORDER BY oid))
FROM f GROUP BY proname ORDER BY proname COLLATE "C";
SQL

run "$@" > operators.def <<'SQL'
SELECT format('O("%s", "%s")', oprname, string_agg(
  coalesce((SELECT typname FROM pg_type WHERE oid = oprleft), '') || ',' || (SELECT typname FROM pg_type WHERE oid = oprright)
  || '>' || (SELECT typname FROM pg_type WHERE oid = oprresult), ';' ORDER BY oid))
FROM pg_operator WHERE oprresult <> 0 GROUP BY oprname ORDER BY oprname COLLATE "C";
SQL

run "$@" > casts.def <<'SQL'
SELECT format('C("%s", "%s", ''%s'', ''%s'')', s.typname, t.typname, castcontext, castmethod)
FROM pg_cast c JOIN pg_type s ON s.oid = castsource JOIN pg_type t ON t.oid = casttarget ORDER BY s.typname COLLATE "C", t.typname COLLATE "C";
SQL

run "$@" > system_rows.def <<'SQL'
SELECT format('R("%s", "%s")', CASE n.nspname WHEN 'pg_catalog' THEN '' ELSE n.nspname END, t.typname)
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE (n.nspname = 'pg_catalog' AND t.typtype = 'c') OR (n.nspname = 'information_schema' AND t.typtype IN ('c', 'd'))
ORDER BY n.nspname COLLATE "C", t.typname COLLATE "C";
SQL

run "$@" > volatile.def <<'SQL'
SELECT DISTINCT format('V("%s")', proname COLLATE "C")
FROM pg_proc
WHERE pronamespace = 'pg_catalog'::regnamespace AND prokind = 'f' AND provolatile = 'v'
  AND prorettype NOT IN ('trigger'::regtype, 'internal'::regtype) AND proname !~ '^binary_upgrade|_handler$|handler$'
ORDER BY 1;
SQL
