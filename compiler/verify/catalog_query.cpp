#include "compiler/verify/catalog_query.h"

#include <fmt/format.h>

#include "compiler/verify/catalog_query_parts.h"

namespace schemac::verify {
namespace {

constexpr std::string_view kRemark =
    "-- What this database holds, as one JSON value. Reads the system catalogs and which revisions are "
    "applied; "
    "PostgreSQL\n"
    "-- 12 to 18. Save the answer in a file (from psql: psql -XAt -f THIS -o answer.json) and run: schemac "
    "drift "
    "answer.json\n";

constexpr std::string_view kAppliedRemark =
    "-- Which revisions this database has, as one JSON value. Reads only; PostgreSQL 12 to 18. Save the "
    "answer "
    "in a file\n"
    "-- (from psql: psql -XAt -f THIS -o answer.json) and run: schemac history --tenants answer.json\n";

// What is ours to tell: no system schemas, nothing that an extension brings along. Columns that only some
// versions have are read through JSON.
constexpr std::string_view kRelations = R"sql(member AS (
  SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
),
space AS (
  SELECT n.* FROM pg_namespace n WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_namespace'::regclass AND m.objid = n.oid)
),
rel AS (
  SELECT c.*, format('%I.%I', n.nspname, c.relname) AS full_name FROM pg_class c JOIN space n ON n.oid = c.relnamespace
    WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid)
))sql";

constexpr std::string_view kCommon = R"sql(,
typ AS (
  SELECT t.*, format('%I.%I', n.nspname, t.typname) AS full_name FROM pg_type t JOIN space n ON n.oid = t.typnamespace
    LEFT JOIN pg_class c ON c.oid = t.typrelid
    WHERE (t.typtype IN ('e', 'd', 'r', 'b', 'p') AND NOT (t.typelem <> 0 AND t.typlen = -1 AND t.typcategory = 'A') OR c.relkind = 'c')
    AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_type'::regclass AND m.objid = t.oid)
),
proc AS (
  SELECT p.*, n.nspname FROM pg_proc p JOIN space n ON n.oid = p.pronamespace
    WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_proc'::regclass AND m.objid = p.oid)
    -- A range type brings its constructors.
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i'
      AND d.refclassid = 'pg_type'::regclass)
),
att AS (
  SELECT a.*, pg_get_expr(d.adbin, d.adrelid) AS expression,
      CASE WHEN l.oid IS NULL THEN '' ELSE format(' COLLATE %I.%I', n.nspname, l.collname) END AS collate_clause
    FROM pg_attribute a LEFT JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_collation l ON l.oid = a.attcollation AND a.attcollation <> t.typcollation
    LEFT JOIN pg_namespace n ON n.oid = l.collnamespace
    WHERE a.attnum > 0 AND NOT a.attisdropped
),
altered AS (
  SELECT a.attrelid, a.attnum, coalesce(s.statements, '') AS alterations
    FROM pg_attribute a JOIN rel c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
    CROSS JOIN LATERAL (SELECT string_agg(format('; ALTER TABLE ONLY %s ALTER COLUMN %I %s', c.full_name, a.attname, x.action), '') AS statements
      FROM (
        SELECT (SELECT format('ADD GENERATED %s AS IDENTITY (SEQUENCE NAME %s START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s%s)',
            CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, q.full_name, s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
            s.seqcache, CASE WHEN s.seqcycle THEN ' CYCLE' END)
            FROM pg_depend d JOIN rel q ON q.oid = d.objid JOIN pg_sequence s ON s.seqrelid = q.oid
            WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid
              AND d.refobjsubid = a.attnum AND d.deptype = 'i' AND a.attidentity <> '') AS action
        UNION ALL SELECT 'SET STORAGE ' || CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'x' THEN 'EXTENDED' ELSE 'MAIN' END
          WHERE a.attstorage <> t.typstorage
        UNION ALL SELECT 'SET COMPRESSION ' || CASE to_jsonb(a)->>'attcompression' WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END
        UNION ALL SELECT 'SET STATISTICS ' || a.attstattarget WHERE a.attstattarget >= 0
        UNION ALL SELECT format('SET (%s)', string_agg(s.setting, ', '))
          FROM (SELECT format('%s=%L', split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)) AS setting FROM unnest(a.attoptions) o
            WHERE o !~ '^pg_') s HAVING count(*) > 0
      ) x WHERE x.action IS NOT NULL) s
    WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'm')
),
)sql";

constexpr std::string_view kNeeds = R"sql(alias(other, id) AS (
  SELECT 'pg_rewrite:' || r.oid, 'pg_class:' || r.ev_class FROM pg_rewrite r WHERE r.oid >= 16384
  UNION ALL SELECT 'pg_attrdef:' || d.oid, 'pg_class:' || d.adrelid FROM pg_attrdef d WHERE d.oid >= 16384
  UNION ALL SELECT 'pg_type:' || t.oid, 'pg_class:' || t.typrelid FROM pg_type t WHERE t.oid >= 16384 AND t.typrelid <> 0
  UNION ALL SELECT 'pg_type:' || t.oid, 'pg_type:' || t.typelem FROM pg_type t WHERE t.oid >= 16384 AND t.typelem <> 0 AND t.typlen = -1
  -- Checks stand in what they are of, unless they are not validated.
  UNION ALL SELECT 'pg_constraint:' || k.oid, CASE k.contypid WHEN 0 THEN 'pg_class:' || k.conrelid ELSE 'pg_type:' || k.contypid END
    FROM pg_constraint k WHERE k.oid >= 16384 AND k.contype = 'c' AND (k.contypid <> 0 OR k.convalidated)
  UNION ALL SELECT 'pg_class:' || d.objid, 'pg_constraint:' || d.refobjid FROM pg_depend d
    WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_constraint'::regclass AND d.deptype = 'i'
),
needed(id, needs) AS (
  SELECT DISTINCT d.classid::regclass || ':' || d.objid, d.refclassid::regclass || ':' || d.refobjid
    FROM pg_depend d
    WHERE d.deptype IN ('n', 'a', 'i') AND d.objid >= 16384 AND d.refobjid >= 16384 AND d.refclassid <> 'pg_namespace'::regclass
      AND d.refclassid <> 'pg_extension'::regclass AND (d.classid, d.refclassid) <> ('pg_class'::regclass::oid, 'pg_constraint'::regclass::oid)
      AND NOT EXISTS (SELECT FROM pg_class c WHERE d.classid = 'pg_class'::regclass AND c.oid = d.objid AND c.relkind = 'S')
  UNION ALL SELECT 'attached:' || i.inhrelid, 'pg_class:' || x FROM pg_inherits i CROSS JOIN LATERAL (VALUES (i.inhrelid), (i.inhparent)) v(x)
  UNION ALL SELECT 'pg_class:' || i.inhrelid, 'pg_class:' || i.inhparent FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE c.relkind = 'r' AND NOT c.relispartition
),
untold(class, id) AS (
  SELECT 'pg_operator'::regclass::oid, oid FROM pg_operator UNION ALL SELECT 'pg_opclass'::regclass, oid FROM pg_opclass
  UNION ALL SELECT 'pg_opfamily'::regclass, oid FROM pg_opfamily UNION ALL SELECT 'pg_cast'::regclass, oid FROM pg_cast
  UNION ALL SELECT 'pg_conversion'::regclass, oid FROM pg_conversion UNION ALL SELECT 'pg_language'::regclass, oid FROM pg_language
  UNION ALL SELECT 'pg_ts_config'::regclass, oid FROM pg_ts_config UNION ALL SELECT 'pg_ts_dict'::regclass, oid FROM pg_ts_dict
  UNION ALL SELECT 'pg_ts_parser'::regclass, oid FROM pg_ts_parser UNION ALL SELECT 'pg_ts_template'::regclass, oid FROM pg_ts_template
  UNION ALL SELECT 'pg_foreign_data_wrapper'::regclass, oid FROM pg_foreign_data_wrapper
  UNION ALL SELECT 'pg_foreign_server'::regclass, oid FROM pg_foreign_server UNION ALL SELECT 'pg_publication'::regclass, oid FROM pg_publication
  UNION ALL SELECT 'pg_class'::regclass, oid FROM rel WHERE relkind = 'f'
  UNION ALL SELECT 'pg_type'::regclass, oid FROM typ WHERE typtype IN ('b', 'p')
  UNION ALL SELECT 'pg_proc'::regclass, p.oid FROM proc p JOIN pg_aggregate g ON g.aggfnoid = p.oid WHERE g.aggsortop <> 0 OR g.aggmfinalextra
  UNION ALL SELECT 'pg_class'::regclass, i.indexrelid FROM pg_index i JOIN rel x ON x.oid = i.indexrelid WHERE NOT i.indisvalid AND x.relkind = 'i'
)
)sql";

constexpr std::string_view kObjects = R"sql(,
  'objects', (SELECT jsonb_agg(jsonb_build_array(o.phase, o.id, o.sql) ORDER BY o.phase, o.sql COLLATE "C") FROM object o),
  'aliases', (SELECT jsonb_agg(jsonb_build_array(a.other, a.id) ORDER BY a.other, a.id) FROM alias a),
  'depends', (SELECT jsonb_agg(jsonb_build_array(d.id, d.needs) ORDER BY d.id, d.needs) FROM needed d),
  'not_told', (SELECT jsonb_agg(i.type || ' ' || i.identity ORDER BY i.type, i.identity) FROM untold u
    CROSS JOIN LATERAL pg_identify_object(u.class, u.id, 0) i
    WHERE u.id >= 16384 AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = u.class AND d.objid = u.id AND d.deptype = 'i')
      AND NOT EXISTS (SELECT FROM member m WHERE m.classid = u.class AND m.objid = u.id)))sql";

// What every answer tells.
constexpr std::string_view kAnswer = R"sql(SELECT jsonb_build_object(
  'schemac_catalog', 1,
  'server_version', current_setting('server_version_num')::int,
  'search_path', to_jsonb(current_schemas(false)),
  'applied', ()sql";

constexpr std::string_view kEnd = ")::text AS catalog;\n";

}  // namespace

std::string CatalogQuery() {
  return fmt::format(
      "{}WITH {}{}object(phase, id, sql) AS ({}\n  UNION ALL{}\n  UNION ALL{}\n  UNION "
      "ALL{}\n),\n{}{}{}\n){}{}",
      kRemark, kRelations, kCommon, TypesQuery(), TablesQuery(), RoutinesQuery(), RemarksQuery(), kNeeds,
      kAnswer, AppliedQuery(), kObjects, kEnd);
}

std::string AppliedRevisionsQuery() {
  return fmt::format("{}WITH {}\n{}{}\n){}", kAppliedRemark, kRelations, kAnswer, AppliedQuery(), kEnd);
}

}  // namespace schemac::verify
