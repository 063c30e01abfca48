// One query over the system catalogs (PostgreSQL manual, chapter 53) that describes everything a schema can
// hold, as rows (key, description).
#pragma once

namespace schemac::testing {

inline constexpr const char* kSnapshotSql = R"sql(
SET search_path = pg_catalog;
CREATE TEMPORARY VIEW own AS
  SELECT 'pg_class'::regclass AS class, c.oid, n.nspname AS schema, format('%I.%I', n.nspname, c.relname) AS name
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  UNION ALL SELECT 'pg_type'::regclass, t.oid, n.nspname, format('%I.%I', n.nspname, t.typname)
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typelem = 0 AND NOT EXISTS (SELECT FROM pg_class r WHERE r.oid = t.typrelid AND r.relkind <> 'c')
  UNION ALL SELECT 'pg_proc'::regclass, p.oid, n.nspname,
      format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid))
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  UNION ALL SELECT 'pg_collation'::regclass, l.oid, n.nspname, format('%I.%I', n.nspname, l.collname)
    FROM pg_collation l JOIN pg_namespace n ON n.oid = l.collnamespace
  UNION ALL SELECT 'pg_statistic_ext'::regclass, s.oid, n.nspname, format('%I.%I', n.nspname, s.stxname)
    FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
  UNION ALL SELECT 'pg_namespace'::regclass, n.oid, n.nspname, quote_ident(n.nspname) FROM pg_namespace n;
CREATE TEMPORARY VIEW mine AS
  SELECT o.* FROM own o
  WHERE o.schema !~ '^pg_' AND o.schema <> 'information_schema' AND o.name !~ '^public\.schemac_'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = o.class AND d.objid = o.oid AND d.deptype = 'e');
CREATE TEMPORARY VIEW acl AS
  SELECT 'pg_class'::regclass AS class, oid, relacl AS acl, CASE relkind WHEN 'S' THEN 's' ELSE 'r' END AS letter, relowner AS owner
    FROM pg_class
  UNION ALL SELECT 'pg_type'::regclass, oid, typacl, 'T', typowner FROM pg_type
  UNION ALL SELECT 'pg_proc'::regclass, oid, proacl, 'f', proowner FROM pg_proc
  UNION ALL SELECT 'pg_namespace'::regclass, oid, nspacl, 'n', nspowner FROM pg_namespace;
CREATE TEMPORARY VIEW granted AS
  SELECT a.class, a.oid, string_agg(format('%s to %s%s', x.privilege_type,
      CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE x.grantee::regrole::text END,
      CASE WHEN x.is_grantable THEN ' with grant option' ELSE '' END), ', ' ORDER BY x.grantee::regrole::text, x.privilege_type) AS grants
  FROM acl a, LATERAL aclexplode(coalesce(a.acl, acldefault(a.letter::"char", a.owner))) x
  WHERE x.grantee <> a.owner GROUP BY a.class, a.oid;

SELECT 'schema ' || m.name, 'is' FROM mine m WHERE m.class = 'pg_namespace'::regclass
UNION ALL SELECT 'extension ' || extname, n.nspname FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace WHERE extname <> 'plpgsql'
UNION ALL SELECT 'enum ' || m.name, (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid)
  FROM mine m JOIN pg_type t ON m.class = 'pg_type'::regclass AND t.oid = m.oid WHERE t.typtype = 'e'
UNION ALL SELECT 'domain ' || m.name, concat_ws(' ', format_type(t.typbasetype, t.typtypmod), CASE WHEN t.typnotnull THEN 'not null' END,
    'default ' || pg_get_expr(t.typdefaultbin, 0), 'collation ' || nullif(t.typcollation, b.typcollation),
    (SELECT string_agg(format('%I %s', conname, pg_get_constraintdef(k.oid)), ', ' ORDER BY conname) FROM pg_constraint k WHERE k.contypid = t.oid))
  FROM mine m JOIN pg_type t ON m.class = 'pg_type'::regclass AND t.oid = m.oid JOIN pg_type b ON b.oid = t.typbasetype WHERE t.typtype = 'd'
UNION ALL SELECT 'composite ' || m.name, (SELECT string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attname)
    FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT attisdropped)
  FROM mine m JOIN pg_class c ON m.class = 'pg_class'::regclass AND c.oid = m.oid WHERE c.relkind = 'c'
UNION ALL SELECT 'range ' || m.name, concat_ws(' ', format_type(r.rngsubtype, NULL), r.rngsubopc, r.rngcanonical, r.rngsubdiff, r.rngmultitypid::regtype)
  FROM mine m JOIN pg_range r ON m.class = 'pg_type'::regclass AND r.rngtypid = m.oid
UNION ALL SELECT 'sequence ' || m.name, concat_ws(' ', format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache,
    s.seqcycle, c.relpersistence, (SELECT d.deptype::text || ' ' || d.refobjid::regclass || '.' || a.attname FROM pg_depend d
    JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0))
  FROM mine m JOIN pg_sequence s ON m.class = 'pg_class'::regclass AND s.seqrelid = m.oid JOIN pg_class c ON c.oid = s.seqrelid
UNION ALL SELECT 'table ' || m.name, concat_ws(' ', c.relkind, c.relpersistence, pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),
    (SELECT string_agg(i.inhparent::regclass::text, ', ' ORDER BY inhseqno) FROM pg_inherits i WHERE i.inhrelid = c.oid),
    CASE WHEN c.relrowsecurity THEN 'rls' END, CASE WHEN c.relforcerowsecurity THEN 'force rls' END, c.reloptions, c.relreplident)
  FROM mine m JOIN pg_class c ON m.class = 'pg_class'::regclass AND c.oid = m.oid WHERE c.relkind IN ('r', 'p')
UNION ALL SELECT format('column %s.%I', m.name, a.attname), concat_ws(' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'not null' END,
    'default ' || pg_get_expr(d.adbin, d.adrelid), 'identity ' || nullif(a.attidentity::text, ''), 'generated ' || nullif(a.attgenerated::text, ''),
    'collation ' || CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END,
    'storage ' || CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END, 'compression ' || nullif(a.attcompression::text, ''),
    'statistics ' || nullif(a.attstattarget, -1), CASE WHEN NOT a.attislocal AND NOT c.relispartition THEN 'inherited' END,
    (SELECT string_agg(o, ' ' ORDER BY o) FROM unnest(a.attoptions) o WHERE o !~ '^pg_'), 'grants ' || nullif(a.attacl::text, ''))
  FROM mine m JOIN pg_class c ON m.class = 'pg_class'::regclass AND c.oid = m.oid AND c.relkind IN ('r', 'p', 'v', 'm')
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
UNION ALL SELECT format('constraint %s.%I', m.name, k.conname), concat_ws(' ', pg_get_constraintdef(k.oid), CASE WHEN NOT k.convalidated THEN 'not valid' END,
    CASE WHEN k.coninhcount > 0 THEN 'inherited' END)
  FROM mine m JOIN pg_constraint k ON m.class = 'pg_class'::regclass AND k.conrelid = m.oid WHERE NOT (k.contype = 'f' AND k.conparentid <> 0)
UNION ALL SELECT 'index ' || m.name, concat_ws(' ', pg_get_indexdef(m.oid), CASE WHEN NOT i.indisvalid THEN 'invalid' END,
    CASE WHEN i.indisclustered THEN 'clustered' END, CASE WHEN i.indisreplident THEN 'replica' END)
  FROM mine m JOIN pg_index i ON m.class = 'pg_class'::regclass AND i.indexrelid = m.oid
UNION ALL SELECT 'view ' || m.name, concat_ws(' ', c.relkind, c.reloptions, CASE WHEN NOT c.relispopulated THEN 'no data' END, pg_get_viewdef(c.oid))
  FROM mine m JOIN pg_class c ON m.class = 'pg_class'::regclass AND c.oid = m.oid WHERE c.relkind IN ('v', 'm')
UNION ALL SELECT 'routine ' || m.name, CASE WHEN p.prokind = 'a' THEN concat_ws(' ', 'aggregate', format_type(p.prorettype, NULL),
    (SELECT (to_jsonb(g) - 'aggfnoid')::text FROM pg_aggregate g WHERE g.aggfnoid = p.oid)) ELSE pg_get_functiondef(p.oid) END
  FROM mine m JOIN pg_proc p ON m.class = 'pg_proc'::regclass AND p.oid = m.oid
  WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
UNION ALL SELECT format('trigger %s.%I', m.name, g.tgname), concat_ws(' ', pg_get_triggerdef(g.oid), g.tgenabled)
  FROM mine m JOIN pg_trigger g ON m.class = 'pg_class'::regclass AND g.tgrelid = m.oid AND NOT g.tgisinternal
UNION ALL SELECT format('rule %s.%I', m.name, r.rulename), concat_ws(' ', pg_get_ruledef(r.oid), r.ev_enabled)
  FROM mine m JOIN pg_rewrite r ON m.class = 'pg_class'::regclass AND r.ev_class = m.oid AND r.rulename <> '_RETURN'
UNION ALL SELECT format('policy %s.%I', m.name, p.polname), concat_ws(' ', p.polcmd, p.polpermissive,
    (SELECT string_agg(CASE WHEN r = 0 THEN 'PUBLIC' ELSE r::regrole::text END, ', ' ORDER BY r::regrole::text) FROM unnest(p.polroles) r),
    'using ' || pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid))
  FROM mine m JOIN pg_policy p ON m.class = 'pg_class'::regclass AND p.polrelid = m.oid
UNION ALL SELECT 'statistics ' || m.name, concat_ws(' ', pg_get_statisticsobjdef(s.oid), s.stxstattarget)
  FROM mine m JOIN pg_statistic_ext s ON m.class = 'pg_statistic_ext'::regclass AND s.oid = m.oid
UNION ALL SELECT 'collation ' || m.name, (to_jsonb(l) - 'oid' - 'collnamespace' - 'collowner' - 'collversion')::text
  FROM mine m JOIN pg_collation l ON m.class = 'pg_collation'::regclass AND l.oid = m.oid
UNION ALL SELECT format('event trigger %I', e.evtname), concat_ws(' ', e.evtevent, e.evtfoid::regprocedure, e.evtenabled, e.evttags) FROM pg_event_trigger e
UNION ALL SELECT 'operator ' || o.oid::regoperator, concat_ws(' ', o.oprcode, o.oprcom::regoperator, o.oprnegate::regoperator) FROM pg_operator o
  WHERE o.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_operator'::regclass AND d.objid = o.oid AND d.deptype = 'e')
UNION ALL SELECT format('cast %s as %s', k.castsource::regtype, k.casttarget::regtype), concat_ws(' ', k.castfunc::regprocedure, k.castcontext, k.castmethod)
  FROM pg_cast k WHERE k.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_cast'::regclass AND d.objid = k.oid AND d.deptype IN ('e', 'i'))
UNION ALL SELECT 'grants on ' || coalesce(CASE m.class WHEN 'pg_class'::regclass THEN 'relation ' WHEN 'pg_type'::regclass THEN 'type '
    WHEN 'pg_proc'::regclass THEN 'routine ' ELSE 'schema ' END, '') || m.name, g.grants
  FROM mine m JOIN granted g ON g.class = m.class AND g.oid = m.oid
UNION ALL SELECT format('default privileges of %s in %s on %s', d.defaclrole::regrole, coalesce(n.nspname, 'any'), d.defaclobjtype), d.defaclacl::text
  FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
UNION ALL SELECT format('comment on %s %s', i.type, i.identity), d.description
  FROM pg_description d, LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
  WHERE (d.objoid >= 16384 OR i.identity = 'public')
    AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e');
)sql";

}  // namespace schemac::testing
