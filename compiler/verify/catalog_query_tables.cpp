#include "compiler/verify/catalog_query_parts.h"

namespace schemac::verify {

// As pg_dump has it: partitions are tables that are attached, checks stand in their table, keys and what
// rests on them follow.
std::string_view TablesQuery() {
  return R"sql(
  SELECT 60, 'pg_class:' || c.oid, format('CREATE %sTABLE %s (%s)%s%s%s%s%s', CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' END,
      c.full_name, concat_ws(', ',
        (SELECT string_agg(format('%I %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod), a.collate_clause,
             CASE a.attgenerated WHEN 's' THEN format(' GENERATED ALWAYS AS (%s) STORED', a.expression)
               WHEN 'v' THEN format(' GENERATED ALWAYS AS (%s) VIRTUAL', a.expression) ELSE ' DEFAULT ' || a.expression END,
             CASE WHEN a.attnotnull THEN ' NOT NULL' END), ', ' ORDER BY a.attnum)
         FROM att a WHERE a.attrelid = c.oid AND (a.attislocal OR c.relispartition)),
        (SELECT string_agg(format('CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)), ', ' ORDER BY k.conname)
         FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.convalidated AND (k.conislocal OR c.relispartition))),
      (SELECT format(' INHERITS (%s)', string_agg(p.full_name, ', ' ORDER BY i.inhseqno)) FROM pg_inherits i JOIN rel p ON p.oid = i.inhparent
       WHERE i.inhrelid = c.oid AND NOT c.relispartition HAVING count(*) > 0),
      CASE c.relkind WHEN 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(c.oid) END,
      (SELECT format(' USING %I', m.amname) FROM pg_am m WHERE m.oid = c.relam AND m.amname <> 'heap'),
      (SELECT format(' WITH (%s)', string_agg(o.setting, ', ')) FROM (
         SELECT s.setting FROM (SELECT format('%s=%L', split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)) AS setting FROM unnest(c.reloptions) o) s UNION ALL
         SELECT s.setting FROM pg_class x CROSS JOIN LATERAL (SELECT format('toast.%s=%L', split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)) AS setting FROM unnest(x.reloptions) o) s WHERE x.oid = c.reltoastrelid) o HAVING count(*) > 0),
      (SELECT format(' TABLESPACE %I', s.spcname) FROM pg_tablespace s WHERE s.oid = c.reltablespace))
      || coalesce((SELECT string_agg(a.alterations, '' ORDER BY a.attnum) FROM altered a WHERE a.attrelid = c.oid), '')
      || CASE WHEN c.relrowsecurity THEN format('; ALTER TABLE %s ENABLE ROW LEVEL SECURITY', c.full_name) ELSE '' END
      || CASE WHEN c.relforcerowsecurity THEN format('; ALTER TABLE %s FORCE ROW LEVEL SECURITY', c.full_name) ELSE '' END
      || CASE c.relreplident WHEN 'f' THEN format('; ALTER TABLE ONLY %s REPLICA IDENTITY FULL', c.full_name)
           WHEN 'n' THEN format('; ALTER TABLE ONLY %s REPLICA IDENTITY NOTHING', c.full_name) ELSE '' END
    FROM rel c WHERE c.relkind IN ('r', 'p')
  UNION ALL
  SELECT 65, 'inherited:' || c.oid || ':' || a.attnum, format('ALTER TABLE ONLY %s ALTER COLUMN %I %s', c.full_name, a.attname,
      coalesce('SET DEFAULT ' || a.expression, 'DROP DEFAULT'))
    FROM rel c JOIN att a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND NOT c.relispartition AND NOT a.attislocal AND a.attgenerated = '' AND NOT EXISTS (
      SELECT FROM pg_inherits i JOIN att p ON p.attrelid = i.inhparent AND p.attname = a.attname
      WHERE i.inhrelid = c.oid AND p.expression IS NOT DISTINCT FROM a.expression)
  UNION ALL
  SELECT 65, 'required:' || c.oid || ':' || a.attnum, format('ALTER TABLE ONLY %s ALTER COLUMN %I SET NOT NULL', c.full_name, a.attname)
    FROM rel c JOIN att a ON a.attrelid = c.oid
    WHERE c.relkind = 'r' AND NOT c.relispartition AND NOT a.attislocal AND a.attnotnull AND NOT EXISTS (
      SELECT FROM pg_inherits i JOIN att p ON p.attrelid = i.inhparent AND p.attname = a.attname
      WHERE i.inhrelid = c.oid AND p.attnotnull)
  UNION ALL
  SELECT 70, 'attached:' || c.oid, format('ALTER TABLE ONLY %s ATTACH PARTITION %s %s', p.full_name, c.full_name,
      pg_get_expr(c.relpartbound, c.oid))
    FROM rel c JOIN pg_inherits i ON i.inhrelid = c.oid JOIN rel p ON p.oid = i.inhparent
    WHERE c.relkind IN ('r', 'p') AND c.relispartition
  UNION ALL
  SELECT CASE k.contype WHEN 'f' THEN 85 ELSE 75 END, 'pg_constraint:' || k.oid, format('ALTER TABLE %s%s ADD CONSTRAINT %I %s',
      CASE WHEN k.contype = 'c' OR k.contype = 'f' AND c.relkind = 'p' THEN '' ELSE 'ONLY ' END, c.full_name, k.conname,
      regexp_replace(pg_get_constraintdef(k.oid), '(( NOT)? DEFERRABLE.*)?$', coalesce((SELECT format(' WITH (%s)', string_agg(s.setting, ', '))
        FROM pg_class x CROSS JOIN LATERAL (SELECT format('%s=%L', split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)) AS setting FROM unnest(x.reloptions) o) s WHERE x.oid = k.conindid AND k.contype IN ('p', 'u', 'x') HAVING count(*) > 0), '')
        || coalesce((SELECT format(' USING INDEX TABLESPACE %I', s.spcname) FROM pg_class x JOIN pg_tablespace s ON s.oid = x.reltablespace
                     WHERE x.oid = k.conindid AND k.contype IN ('p', 'u', 'x')), '') || '\1'))
    FROM pg_constraint k JOIN rel c ON c.oid = k.conrelid
    WHERE k.contype IN ('p', 'u', 'x') OR k.contype = 'f' AND k.conparentid = 0 OR k.contype = 'c' AND k.conislocal AND NOT k.convalidated
  UNION ALL
  SELECT 80, 'pg_class:' || i.indexrelid, pg_get_indexdef(i.indexrelid)
      || coalesce((SELECT format(' TABLESPACE %I', s.spcname) FROM pg_tablespace s WHERE s.oid = x.reltablespace), '')
    FROM pg_index i JOIN rel c ON c.oid = i.indrelid JOIN rel x ON x.oid = i.indexrelid
    WHERE c.relkind IN ('r', 'p', 'm') AND (i.indisvalid OR x.relkind = 'I')
      AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
  UNION ALL
  SELECT 82, 'attached:' || x.oid, format('ALTER INDEX %s ATTACH PARTITION %s', p.full_name, x.full_name)
    FROM rel x JOIN pg_inherits i ON i.inhrelid = x.oid JOIN rel p ON p.oid = i.inhparent WHERE x.relkind IN ('i', 'I')
  UNION ALL
  SELECT 90, NULL, format('ALTER INDEX %s ALTER COLUMN %s SET STATISTICS %s', x.full_name, a.attnum, a.attstattarget)
    FROM rel x JOIN pg_attribute a ON a.attrelid = x.oid WHERE x.relkind IN ('i', 'I') AND a.attstattarget >= 0
  UNION ALL
  SELECT 90, NULL, format('ALTER TABLE %s CLUSTER ON %I', c.full_name, x.relname)
    FROM pg_index i JOIN rel c ON c.oid = i.indrelid JOIN rel x ON x.oid = i.indexrelid WHERE i.indisclustered
  UNION ALL
  SELECT 90, NULL, format('ALTER TABLE ONLY %s REPLICA IDENTITY USING INDEX %I', c.full_name, x.relname)
    FROM pg_index i JOIN rel c ON c.oid = i.indrelid JOIN rel x ON x.oid = i.indexrelid
    WHERE i.indisreplident AND c.relreplident = 'i')sql";
}

}  // namespace schemac::verify
