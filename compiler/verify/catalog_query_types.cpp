#include "compiler/verify/catalog_query_parts.h"

namespace schemac::verify {

std::string_view TypesQuery() {
  return R"sql(
  SELECT 10, 'pg_namespace:' || n.oid, format('CREATE SCHEMA %I', n.nspname)
    FROM space n WHERE n.nspname <> 'public'
  UNION ALL
  SELECT 20, 'pg_extension:' || e.oid, format('CREATE EXTENSION %I WITH SCHEMA %I', e.extname, n.nspname)
    FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.oid >= 16384
  UNION ALL
  SELECT 30, 'pg_collation:' || l.oid, format('CREATE COLLATION %I.%I (provider = %s%s%s)', n.nspname, l.collname,
      CASE l.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
      CASE WHEN l.collisdeterministic THEN '' ELSE ', deterministic = false' END,
      CASE WHEN l.collprovider = 'c' AND l.collcollate <> l.collctype
        THEN format(', lc_collate = %L, lc_ctype = %L', l.collcollate, l.collctype)
        ELSE format(', locale = %L', coalesce(to_jsonb(l)->>'colllocale', to_jsonb(l)->>'colliculocale', l.collcollate)) END)
    FROM pg_collation l JOIN space n ON n.oid = l.collnamespace
    WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_collation'::regclass AND m.objid = l.oid)
  UNION ALL
  SELECT 40, 'pg_type:' || t.oid, format('CREATE TYPE %s AS ENUM (%s)', t.full_name,
      (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid))
    FROM typ t WHERE t.typtype = 'e'
  UNION ALL
  SELECT 40, 'pg_class:' || c.oid, format('CREATE TYPE %s AS (%s)', c.full_name,
      (SELECT string_agg(format('%I %s%s', a.attname, format_type(a.atttypid, a.atttypmod), a.collate_clause), ', ' ORDER BY a.attnum)
       FROM att a WHERE a.attrelid = c.oid))
    FROM rel c WHERE c.relkind = 'c'
  UNION ALL
  SELECT 40, 'pg_type:' || t.oid, format('CREATE TYPE %s AS RANGE (subtype = %s%s%s%s%s%s)', t.full_name, format_type(r.rngsubtype, NULL),
      (SELECT format(', subtype_opclass = %I.%I', n.nspname, o.opcname) FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace
       WHERE o.oid = r.rngsubopc AND NOT o.opcdefault),
      (SELECT format(', collation = %I.%I', n.nspname, l.collname) FROM pg_collation l JOIN pg_namespace n ON n.oid = l.collnamespace
       JOIN pg_type s ON s.oid = r.rngsubtype WHERE l.oid = r.rngcollation AND l.oid <> s.typcollation),
      CASE WHEN r.rngcanonical <> 0 THEN ', canonical = ' || r.rngcanonical::regproc END,
      CASE WHEN r.rngsubdiff <> 0 THEN ', subtype_diff = ' || r.rngsubdiff::regproc END,
      (SELECT format(', multirange_type_name = %I.%I', n.nspname, m.typname) FROM pg_type m JOIN pg_namespace n ON n.oid = m.typnamespace
       WHERE m.oid = (to_jsonb(r)->>'rngmultitypid')::oid))
    FROM typ t JOIN pg_range r ON r.rngtypid = t.oid WHERE t.typtype = 'r'
  UNION ALL
  SELECT 40, 'pg_type:' || t.oid, format('CREATE DOMAIN %s AS %s%s%s%s%s', t.full_name, format_type(t.typbasetype, t.typtypmod),
      (SELECT format(' COLLATE %I.%I', n.nspname, l.collname) FROM pg_collation l JOIN pg_namespace n ON n.oid = l.collnamespace
       JOIN pg_type b ON b.oid = t.typbasetype WHERE l.oid = t.typcollation AND l.oid <> b.typcollation),
      CASE WHEN t.typdefault IS NOT NULL THEN ' DEFAULT ' || coalesce(pg_get_expr(t.typdefaultbin, 0), quote_literal(t.typdefault)) END,
      CASE WHEN t.typnotnull THEN ' NOT NULL' END,
      (SELECT string_agg(format(' CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)), '' ORDER BY k.conname)
       FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c' AND k.convalidated))
      || coalesce((SELECT string_agg(format('; ALTER DOMAIN %s ADD CONSTRAINT %I %s', t.full_name, k.conname, pg_get_constraintdef(k.oid)), '' ORDER BY k.conname)
                   FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c' AND NOT k.convalidated), '')
    FROM typ t WHERE t.typtype = 'd'
  UNION ALL
  SELECT 50, 'pg_class:' || c.oid, format('CREATE %sSEQUENCE %s AS %s START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s%s',
      CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' END, c.full_name, format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement,
      s.seqmin, s.seqmax, s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' END)
    FROM rel c JOIN pg_sequence s ON s.seqrelid = c.oid
    WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'i')
  UNION ALL
  SELECT 90, NULL, format('ALTER SEQUENCE %s OWNED BY %s.%I', c.full_name, t.full_name, a.attname)
    FROM rel c JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'a'
    JOIN rel t ON d.refclassid = 'pg_class'::regclass AND t.oid = d.refobjid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
    WHERE c.relkind = 'S')sql";
}

}  // namespace schemac::verify
