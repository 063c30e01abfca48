#include "compiler/verify/catalog_query_parts.h"

namespace schemac::verify {

// What an owner may do is not told, nor what the schema public grants on every server.
std::string_view RemarksQuery() {
  return R"sql(
  SELECT 92, NULL, format('COMMENT ON %s %s IS %L', CASE
      WHEN i.type LIKE '% column' THEN 'COLUMN' WHEN i.type IN ('table constraint', 'domain constraint') THEN 'CONSTRAINT'
      WHEN EXISTS (SELECT FROM pg_type t WHERE d.classoid = 'pg_type'::regclass AND t.oid = d.objoid AND t.typtype = 'd') THEN 'DOMAIN'
      WHEN i.type IN ('composite type', 'type') THEN 'TYPE' WHEN i.type = 'statistics object' THEN 'STATISTICS' ELSE upper(i.type) END,
      CASE i.type WHEN 'domain constraint' THEN regexp_replace(i.identity, '^("(?:[^"]|"")*"|[^" ]+) on ', '\1 on domain ') ELSE i.identity END,
      d.description)
    FROM pg_description d CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
    WHERE (d.objoid >= 16384 OR d.classoid = 'pg_namespace'::regclass AND i.identity = 'public' AND d.description <> 'standard public schema')
      AND d.classoid <> 'pg_extension'::regclass
      AND i.type IN ('schema', 'collation', 'type', 'domain', 'composite type', 'sequence', 'table', 'table column', 'view column',
        'materialized view column', 'composite type column', 'function', 'procedure', 'aggregate', 'view', 'materialized view',
        'table constraint', 'domain constraint', 'index', 'trigger', 'policy', 'rule', 'statistics object', 'event trigger')
      AND NOT EXISTS (SELECT FROM member m WHERE m.classid = d.classoid AND m.objid = d.objoid)
  UNION ALL
  SELECT o.phase, NULL, o.what FROM (
      SELECT 'SCHEMA ' || quote_ident(n.nspname) AS kind, n.nspacl AS acl, n.nspowner AS owner, false AS open FROM space n
      UNION ALL SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END || c.full_name, c.relacl, c.relowner, false
        FROM rel c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S')
      UNION ALL SELECT CASE p.prokind WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END
          || format('%I.%I(%s)', p.nspname, p.proname, pg_get_function_identity_arguments(p.oid)), p.proacl, p.proowner, true FROM proc p
      UNION ALL SELECT CASE t.typtype WHEN 'd' THEN 'DOMAIN ' ELSE 'TYPE ' END || t.full_name, t.typacl, t.typowner, true
        FROM typ t WHERE t.typtype IN ('e', 'd', 'r', 'c')) k
    CROSS JOIN LATERAL (
      SELECT 93 AS phase, format('REVOKE ALL ON %s FROM PUBLIC', k.kind) AS what WHERE k.open AND k.acl IS NOT NULL
      UNION ALL SELECT 94, format('GRANT %s ON %s TO %s%s', g.privilege_type, k.kind,
          CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END,
          CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' END)
        FROM aclexplode(k.acl) g WHERE g.grantee <> k.owner AND NOT (k.kind = 'SCHEMA public' AND g.grantee = 0)) o
  UNION ALL
  SELECT 95, NULL, format('GRANT %s (%I) ON TABLE %s TO %s%s', g.privilege_type, a.attname, c.full_name,
      CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END, CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' END)
    FROM rel c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 CROSS JOIN LATERAL aclexplode(a.attacl) g
    WHERE g.grantee <> c.relowner
  UNION ALL
  SELECT w.phase, NULL, format('ALTER DEFAULT PRIVILEGES FOR ROLE %I%s %s', pg_get_userbyid(d.defaclrole),
      (SELECT format(' IN SCHEMA %I', n.nspname) FROM pg_namespace n WHERE n.oid = d.defaclnamespace), w.what)
    FROM pg_default_acl d
    CROSS JOIN LATERAL (SELECT CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
      WHEN 'T' THEN 'TYPES' WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END AS class) c
    CROSS JOIN LATERAL (
      SELECT 96 AS phase, format('REVOKE ALL ON %s FROM PUBLIC', c.class) AS what WHERE d.defaclobjtype IN ('f', 'T') AND d.defaclnamespace = 0
      UNION ALL SELECT 97, format('GRANT %s ON %s TO %s%s', g.privilege_type, c.class,
          CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END,
          CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' END)
        FROM aclexplode(d.defaclacl) g WHERE g.grantee <> d.defaclrole) w)sql";
}

}  // namespace schemac::verify
