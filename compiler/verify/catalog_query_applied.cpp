#include "compiler/verify/catalog_query_parts.h"

namespace schemac::verify {

// Tables of applied revisions are known by their columns: what they are called is a setting.
std::string_view AppliedQuery() {
  return R"sql(
  SELECT jsonb_agg(jsonb_build_array(n.nspname, c.relname, a.revisions) ORDER BY n.nspname, c.relname)
    FROM rel c JOIN space n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL (SELECT CASE WHEN has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') THEN
      (SELECT coalesce(jsonb_agg(r.id), '[]') FROM unnest(xpath('/table/row/revision/text()',
        query_to_xml(format('SELECT revision FROM %s ORDER BY applied_at, revision', c.full_name), true, false, ''))::text[]) r(id)) END) a(revisions)
    WHERE c.relkind = 'r' AND (SELECT string_agg(b.attname || ' ' || format_type(b.atttypid, b.atttypmod), ', ' ORDER BY b.attname)
        FROM pg_attribute b WHERE b.attrelid = c.oid AND b.attnum > 0 AND NOT b.attisdropped)
      = 'applied_at timestamp with time zone, checksum text, revision text')sql";
}

}  // namespace schemac::verify
