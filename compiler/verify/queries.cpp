#include "compiler/verify/queries.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/support/quote.h"

namespace schemac::verify {
namespace {

// In the queries below, @type(OID, MODIFIERS) is the name of a type without regard to the search path,
// @grants(ACL, LETTER, OWNER) stands for rows of privileges, and @schemas for the schemas of the facts.
struct KindQuery {
  std::string_view prefix;  // Of the objects it finds.
  std::string_view sql;
};

constexpr auto kQueries = std::to_array<KindQuery>({
    {"schema ", R"sql(
    SELECT 'schema ' || n.nspname, a.aspect, a.value, NULL
      FROM pg_namespace n CROSS JOIN LATERAL (
        VALUES ('', 'schema'), ('comment', coalesce(obj_description(n.oid, 'pg_namespace'), ''))
        UNION ALL @grants(n.nspacl, 'n', n.nspowner)) a(aspect, value)
      WHERE n.nspname IN @schemas)sql"},
    {"extension ", R"sql(
    SELECT 'extension ' || e.extname, a.aspect, a.value, NULL
      FROM pg_extension e CROSS JOIN LATERAL (VALUES ('', 'extension'), ('version', e.extversion)) a(aspect, value))sql"},
    {"collation ", R"sql(
    SELECT 'collation ' || n.nspname || '.' || l.collname, '', 'collation', NULL
      FROM pg_collation l JOIN pg_namespace n ON n.oid = l.collnamespace WHERE n.nspname IN @schemas)sql"},
    {"enum ", R"sql(
    SELECT 'enum ' || n.nspname || '.' || t.typname, a.aspect, a.value, NULL
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace CROSS JOIN LATERAL (
        VALUES ('', 'enum'), ('comment', coalesce(obj_description(t.oid, 'pg_type'), '')),
          ('labels', coalesce((SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
                               FROM pg_enum e WHERE e.enumtypid = t.oid), ''))
        UNION ALL @grants(t.typacl, 'T', t.typowner)) a(aspect, value)
      WHERE t.typtype = 'e' AND n.nspname IN @schemas)sql"},
    {"composite type ", R"sql(
    SELECT 'composite type ' || n.nspname || '.' || t.typname, a.aspect, a.value, NULL
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_class c ON c.oid = t.typrelid
      CROSS JOIN LATERAL (
        VALUES ('', 'composite type'), ('comment', coalesce(obj_description(t.oid, 'pg_type'), '')),
          ('attributes', coalesce((SELECT string_agg(b.attname || ' ' || @type(b.atttypid, b.atttypmod), ', ' ORDER BY b.attnum)
                                   FROM pg_attribute b WHERE b.attrelid = c.oid AND NOT b.attisdropped), ''))
        UNION ALL @grants(t.typacl, 'T', t.typowner)) a(aspect, value)
      WHERE c.relkind = 'c' AND n.nspname IN @schemas)sql"},
    {"range type ", R"sql(
    SELECT 'range type ' || n.nspname || '.' || t.typname, a.aspect, a.value, NULL
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_range r ON r.rngtypid = t.oid
      CROSS JOIN LATERAL (
        VALUES ('', 'range of ' || @type(r.rngsubtype, NULL)), ('comment', coalesce(obj_description(t.oid, 'pg_type'), ''))
        UNION ALL @grants(t.typacl, 'T', t.typowner)) a(aspect, value)
      WHERE n.nspname IN @schemas)sql"},
    {"domain ", R"sql(
    SELECT 'domain ' || n.nspname || '.' || t.typname, a.aspect, a.value, NULL
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace CROSS JOIN LATERAL (
        VALUES ('', 'domain of ' || @type(t.typbasetype, t.typtypmod) || CASE WHEN t.typnotnull THEN ' not null' ELSE '' END),
          ('default', coalesce(pg_get_expr(t.typdefaultbin, 0), '')),
          ('comment', coalesce(obj_description(t.oid, 'pg_type'), ''))
        UNION ALL SELECT 'constraint ' || k.conname, 'is there' FROM pg_constraint k WHERE k.contypid = t.oid
        UNION ALL SELECT 'check ' || k.conname, pg_get_expr(k.conbin, 0) FROM pg_constraint k WHERE k.contypid = t.oid
        UNION ALL @grants(t.typacl, 'T', t.typowner)) a(aspect, value)
      WHERE t.typtype = 'd' AND n.nspname IN @schemas)sql"},
    {"sequence ", R"sql(
    SELECT 'sequence ' || n.nspname || '.' || c.relname, a.aspect, a.value, NULL
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence s ON s.seqrelid = c.oid
      CROSS JOIN LATERAL (
        VALUES ('', 'sequence of ' || @type(s.seqtypid, NULL)),
          ('options', format('start %s increment %s minvalue %s maxvalue %s cache %s%s', s.seqstart, s.seqincrement,
                             s.seqmin, s.seqmax, s.seqcache, CASE WHEN s.seqcycle THEN ' cycle' ELSE '' END)),
          ('owned by', coalesce((SELECT format('%s.%s.%s', tn.nspname, tc.relname, ta.attname)
             FROM pg_depend d JOIN pg_class tc ON tc.oid = d.refobjid JOIN pg_namespace tn ON tn.oid = tc.relnamespace
             JOIN pg_attribute ta ON ta.attrelid = tc.oid AND ta.attnum = d.refobjsubid
             WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'a'
               AND d.refclassid = 'pg_class'::regclass), '')),
          ('comment', coalesce(obj_description(c.oid, 'pg_class'), ''))
        UNION ALL @grants(c.relacl, 's', c.relowner)) a(aspect, value)
      WHERE n.nspname IN @schemas)sql"},
    {"table ", R"sql(
    SELECT 'table ' || n.nspname || '.' || c.relname, a.aspect, a.value, NULL
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN LATERAL (
        VALUES ('', CASE c.relpersistence WHEN 'u' THEN 'unlogged table' ELSE 'table' END
            || coalesce((SELECT ' partitioned by ' || CASE p.partstrat WHEN 'r' THEN 'range' WHEN 'l' THEN 'list' ELSE 'hash' END
                         FROM pg_partitioned_table p WHERE p.partrelid = c.oid), '')
            || coalesce((SELECT CASE WHEN c.relispartition THEN ' partition of ' || max(pn.nspname || '.' || pc.relname)
                ELSE ' inherits (' || string_agg(pn.nspname || '.' || pc.relname, ', ' ORDER BY i.inhseqno) || ')' END
                FROM pg_inherits i JOIN pg_class pc ON pc.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = pc.relnamespace
                WHERE i.inhrelid = c.oid HAVING count(*) > 0), '')),
          ('row level security', CASE WHEN c.relrowsecurity THEN 'enabled' ELSE 'disabled' END),
          ('forced row level security', CASE WHEN c.relforcerowsecurity THEN 'enabled' ELSE 'disabled' END),
          ('comment', coalesce(obj_description(c.oid, 'pg_class'), ''))
        UNION ALL @grants(c.relacl, 'r', c.relowner)) a(aspect, value)
      WHERE c.relkind IN ('r', 'p') AND n.nspname IN @schemas)sql"},
    {"column ", R"sql(
    SELECT format('column %s.%s.%s', n.nspname, c.relname, b.attname), a.aspect, a.value,
        format('table %s.%s', n.nspname, c.relname)
      FROM pg_attribute b JOIN pg_class c ON c.oid = b.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_type t ON t.oid = b.atttypid
      LEFT JOIN pg_attrdef d ON d.adrelid = b.attrelid AND d.adnum = b.attnum
      LEFT JOIN pg_collation l ON l.oid = b.attcollation AND b.attcollation <> t.typcollation
      CROSS JOIN LATERAL (
        VALUES ('', @type(b.atttypid, b.atttypmod) || CASE WHEN b.attnotnull THEN ' not null' ELSE '' END
            || CASE b.attidentity WHEN 'a' THEN ' generated always as identity' WHEN 'd' THEN ' generated by default as identity' ELSE '' END
            || CASE b.attgenerated WHEN 's' THEN ' generated always as stored' WHEN 'v' THEN ' generated always as virtual' ELSE '' END),
          ('default', coalesce(pg_get_expr(d.adbin, d.adrelid), '')),
          ('collation', coalesce(l.collname::text, '')),
          ('comment', coalesce(col_description(c.oid, b.attnum), ''))
        UNION ALL @grants(b.attacl, 'c', c.relowner)) a(aspect, value)
      WHERE b.attnum > 0 AND NOT b.attisdropped AND c.relkind IN ('r', 'p') AND n.nspname IN @schemas)sql"},
    {"function ", R"sql(
    SELECT format('function %s.%s(%s)', n.nspname, p.proname, regexp_replace(oidvectortypes(p.proargtypes), '("(?:[^"]|"")*"|[^".(, ]*)\.', '', 'g')), a.aspect, a.value, NULL
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_language g ON g.oid = p.prolang
      CROSS JOIN LATERAL (
        VALUES ('', CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END || ' in ' || g.lanname
            || CASE p.provolatile WHEN 'i' THEN ' immutable' WHEN 's' THEN ' stable' ELSE '' END
            || CASE WHEN p.proisstrict THEN ' strict' ELSE '' END || CASE WHEN p.prosecdef THEN ' security definer' ELSE '' END),
          ('result', coalesce(pg_get_function_result(p.oid), '')), ('body', p.prosrc),
          ('comment', coalesce(obj_description(p.oid, 'pg_proc'), ''))
        UNION ALL @grants(p.proacl, 'f', p.proowner)) a(aspect, value)
      WHERE p.prokind IN ('f', 'p', 'w') AND n.nspname IN @schemas)sql"},
    {"aggregate ", R"sql(
    SELECT format('aggregate %s.%s(%s)', n.nspname, p.proname, regexp_replace(oidvectortypes(p.proargtypes), '("(?:[^"]|"")*"|[^".(, ]*)\.', '', 'g')), '', 'aggregate', NULL
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.prokind = 'a' AND n.nspname IN @schemas)sql"},
    {"view ", R"sql(
    SELECT 'view ' || n.nspname || '.' || c.relname, a.aspect, a.value, NULL
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN LATERAL (
        VALUES ('', CASE c.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END),
          ('columns', (SELECT string_agg(b.attname, ', ' ORDER BY b.attnum) FROM pg_attribute b
                       WHERE b.attrelid = c.oid AND b.attnum > 0 AND NOT b.attisdropped)),
          ('comment', coalesce(obj_description(c.oid, 'pg_class'), ''))
        UNION ALL @grants(c.relacl, 'r', c.relowner)) a(aspect, value)
      WHERE c.relkind IN ('v', 'm') AND n.nspname IN @schemas)sql"},
    {"constraint ", R"sql(
    SELECT format('constraint %s.%s.%s', n.nspname, c.relname, k.conname), a.aspect, a.value,
        CASE WHEN k.coninhcount = 0 AND k.conparentid = 0 THEN format('table %s.%s', n.nspname, c.relname) END
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      LEFT JOIN pg_index i ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u')
      CROSS JOIN LATERAL (SELECT
        (SELECT string_agg(b.attname, ', ' ORDER BY x.n) FROM unnest(k.conkey) WITH ORDINALITY x(attnum, n)
           JOIN pg_attribute b ON b.attrelid = k.conrelid AND b.attnum = x.attnum) AS own,
        (SELECT string_agg(b.attname, ', ' ORDER BY x.n) FROM unnest(k.confkey) WITH ORDINALITY x(attnum, n)
           JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = x.attnum) AS far,
        (SELECT fn.nspname || '.' || f.relname FROM pg_class f JOIN pg_namespace fn ON fn.oid = f.relnamespace
           WHERE f.oid = k.confrelid) AS referred,
        (SELECT ' include (' || string_agg(b.attname, ', ' ORDER BY x.n) || ')' FROM unnest(i.indkey) WITH ORDINALITY x(attnum, n)
           JOIN pg_attribute b ON b.attrelid = k.conrelid AND b.attnum = x.attnum WHERE x.n > i.indnkeyatts HAVING count(*) > 0) AS include,
        CASE WHEN k.condeferrable THEN ' deferrable' ELSE '' END || CASE WHEN k.condeferred THEN ' initially deferred' ELSE '' END AS deferral,
        CASE WHEN k.convalidated THEN '' ELSE ' not valid' END AS validity) o
      CROSS JOIN LATERAL (VALUES
        ('', CASE k.contype
            WHEN 'p' THEN 'primary key (' || o.own || ')' || coalesce(o.include, '') || o.deferral
            WHEN 'u' THEN 'unique (' || o.own || ')' || coalesce(o.include, '')
              || CASE WHEN (to_jsonb(i) ->> 'indnullsnotdistinct')::boolean THEN ' nulls not distinct' ELSE '' END || o.deferral
            WHEN 'f' THEN format('foreign key (%s) references %s (%s)%s on delete %s on update %s%s%s', o.own, o.referred, o.far,
              CASE k.confmatchtype WHEN 'f' THEN ' match full' ELSE '' END, @action(k.confdeltype), @action(k.confupdtype),
              o.deferral, o.validity)
            WHEN 'c' THEN 'check' || CASE WHEN k.connoinherit THEN ' no inherit' ELSE '' END || o.validity
            ELSE 'exclude' || o.deferral END),
        ('expression', pg_get_expr(k.conbin, k.conrelid)),
        ('comment', coalesce(obj_description(k.oid, 'pg_constraint'), ''))) a(aspect, value)
      WHERE k.contype IN ('p', 'u', 'f', 'c', 'x') AND n.nspname IN @schemas)sql"},
    {"index ", R"sql(
    SELECT format('index %s.%s.%s', n.nspname, c.relname, x.relname), a.aspect, a.value,
        CASE WHEN NOT x.relispartition THEN format('table %s.%s', n.nspname, c.relname) END
      FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid
      JOIN pg_namespace n ON n.oid = x.relnamespace JOIN pg_am m ON m.oid = x.relam
      CROSS JOIN LATERAL (VALUES
        ('', CASE WHEN i.indisvalid OR c.relkind = 'p' THEN 'index' ELSE 'invalid index' END),
        ('definition', CASE WHEN i.indisunique THEN 'unique ' ELSE '' END || m.amname || ' ('
          || (SELECT string_agg(pg_get_indexdef(i.indexrelid, u.n, false)
                || coalesce(CASE WHEN i.indkey[u.n - 1] <> 0 THEN ' collate ' || l.collname END, '') || coalesce(' ' || o.opcname, '')
                || CASE WHEN i.indoption[u.n - 1] & 1 = 1 THEN ' desc' ELSE '' END
                || CASE i.indoption[u.n - 1] & 3 WHEN 2 THEN ' nulls first' WHEN 1 THEN ' nulls last' ELSE '' END, ', ' ORDER BY u.n)
              FROM generate_series(1, i.indnkeyatts::int) u(n)
              LEFT JOIN pg_attribute b ON b.attrelid = i.indexrelid AND b.attnum = u.n
              LEFT JOIN pg_attribute s ON s.attrelid = i.indrelid AND s.attnum = i.indkey[u.n - 1] AND s.attnum > 0
              LEFT JOIN pg_collation l ON l.oid = b.attcollation AND b.attcollation <> s.attcollation
              LEFT JOIN pg_opclass o ON o.oid = i.indclass[u.n - 1] AND NOT o.opcdefault) || ')'
          || coalesce((SELECT ' include (' || string_agg(b.attname, ', ' ORDER BY b.attnum) || ')' FROM pg_attribute b
               WHERE b.attrelid = i.indexrelid AND b.attnum > i.indnkeyatts HAVING count(*) > 0), '')
          || CASE WHEN (to_jsonb(i) ->> 'indnullsnotdistinct')::boolean THEN ' nulls not distinct' ELSE '' END
          || coalesce(' where ' || pg_get_expr(i.indpred, i.indrelid), '')),
        ('comment', coalesce(obj_description(x.oid, 'pg_class'), ''))) a(aspect, value)
      WHERE n.nspname IN @schemas
        AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')))sql"},
    {"trigger ", R"sql(
    SELECT format('trigger %s.%s.%s', n.nspname, c.relname, g.tgname), a.aspect, a.value,
        CASE WHEN coalesce(to_jsonb(g) ->> 'tgparentid', '0') = '0' THEN format('table %s.%s', n.nspname, c.relname) END
      FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_proc p ON p.oid = g.tgfoid JOIN pg_namespace pn ON pn.oid = p.pronamespace
      CROSS JOIN LATERAL (VALUES
        ('', CASE WHEN g.tgtype & 2 = 2 THEN 'before' WHEN g.tgtype & 64 = 64 THEN 'instead of' ELSE 'after' END || ' '
          || concat_ws(' or ', CASE WHEN g.tgtype & 4 = 4 THEN 'insert' END, CASE WHEN g.tgtype & 8 = 8 THEN 'delete' END,
               CASE WHEN g.tgtype & 16 = 16 THEN 'update' END, CASE WHEN g.tgtype & 32 = 32 THEN 'truncate' END)
          || CASE WHEN g.tgtype & 1 = 1 THEN ' for each row' ELSE ' for each statement' END
          || ' execute ' || pn.nspname || '.' || p.proname
          || CASE g.tgenabled WHEN 'D' THEN ' disabled' WHEN 'R' THEN ' enabled replica' WHEN 'A' THEN ' enabled always' ELSE '' END),
        ('comment', coalesce(obj_description(g.oid, 'pg_trigger'), ''))) a(aspect, value)
      WHERE NOT g.tgisinternal AND n.nspname IN @schemas)sql"},
    {"policy ", R"sql(
    SELECT format('policy %s.%s.%s', n.nspname, c.relname, p.polname), a.aspect, a.value, format('table %s.%s', n.nspname, c.relname)
      FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      CROSS JOIN LATERAL (VALUES
        ('', CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END || ' policy for '
          || CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete' ELSE 'all' END
          || ' to ' || (SELECT string_agg(CASE r WHEN 0 THEN 'public' ELSE pg_get_userbyid(r) END, ', '
                               ORDER BY pg_get_userbyid(r)::text COLLATE "C") FROM unnest(p.polroles) r)),
        ('using', coalesce(pg_get_expr(p.polqual, p.polrelid), '')),
        ('with check', coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '')),
        ('comment', coalesce(obj_description(p.oid, 'pg_policy'), ''))) a(aspect, value)
      WHERE n.nspname IN @schemas)sql"},
    {"rule ", R"sql(
    SELECT format('rule %s.%s.%s', n.nspname, c.relname, r.rulename), '', 'rule', NULL
      FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE r.rulename <> '_RETURN' AND n.nspname IN @schemas)sql"},
    {"statistics ", R"sql(
    SELECT 'statistics ' || n.nspname || '.' || s.stxname, '', 'statistics', NULL
      FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE n.nspname IN @schemas)sql"},
    {"event trigger ", R"sql(
    SELECT 'event trigger ' || e.evtname, '', 'event trigger', NULL FROM pg_event_trigger e)sql"},
});

// Fills `@name(a, b)` with the template, in which $1, $2 … stand for the arguments.
std::string Fill(std::string text, std::string_view name, std::string_view pattern) {
  const std::string call = fmt::format("@{}(", name);
  for (std::size_t at = text.find(call); at != std::string::npos; at = text.find(call, at)) {
    const std::size_t end = text.find(')', at);
    std::vector<std::string> arguments;
    for (std::size_t begin = at + call.size(); begin <= end;) {
      const std::size_t next = std::min(text.find(", ", begin), end);
      arguments.push_back(text.substr(begin, next - begin));
      begin = next == end ? end + 1 : next + 2;
    }
    std::string filled(pattern);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const std::string place = fmt::format("${}", i + 1);
      for (std::size_t hit = filled.find(place); hit != std::string::npos;
           hit = filled.find(place, hit + arguments[i].size()))
        filled.replace(hit, place.size(), arguments[i]);
    }
    text.replace(at, end + 1 - at, filled);
  }
  return text;
}

std::string Expand(std::string_view query, const std::string& schemas) {
  std::string text = Fill(std::string(query), "type",
                          R"sql((SELECT CASE q.nspname WHEN 'pg_catalog' THEN format_type(y.oid, $2)
            ELSE q.nspname || '.' || regexp_replace(format_type(y.oid, $2), '^("(?:[^"]|"")*"|[^".(]*)\.', '') END
          FROM pg_type y JOIN pg_namespace q ON q.oid = y.typnamespace WHERE y.oid = $1))sql");
  text = Fill(
      text, "grants",
      R"sql(SELECT format('grant %s to %s', g.privilege_type, CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(g.grantee) END),
            CASE WHEN bool_or(g.is_grantable) THEN 'granted with grant option' ELSE 'granted' END
          FROM aclexplode(coalesce($1, acldefault($2, $3))) g GROUP BY 1)sql");
  text = Fill(
      text, "action",
      R"sql(CASE $1 WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default' ELSE 'no action' END)sql");
  for (std::size_t at = text.find("@schemas"); at != std::string::npos; at = text.find("@schemas", at))
    text.replace(at, 8, schemas);
  return text;
}

// The schemas that facts name, as a list in parentheses: what stands between the kind and the first dot.
std::string SchemaList(const std::vector<Fact>& facts) {
  std::set<std::string> schemas;
  for (const Fact& fact : facts) {
    for (const KindQuery& query : kQueries) {
      if (!fact.object.starts_with(query.prefix)) continue;
      const std::string name = fact.object.substr(query.prefix.size());
      schemas.insert(QuoteLiteral(name.substr(0, name.find('.'))));
    }
  }
  return fmt::format("({})", fmt::join(schemas, ", "));
}

// Casts, schemas and the parentheses around a single word go; blanks become one blank.
std::string Bare(const std::string& text) {
  // A balanced text, as deep as patterns without recursion can tell.
  static const std::string kBalanced = R"((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*)";
  std::vector<std::pair<std::string, std::string>> steps = {
      {R"(\s+)", " "},
      {R"(::("(?:[^"]|"")+"|[a-z_][a-z0-9_]*)(\.("(?:[^"]|"")+"|[a-z_][a-z0-9_]*))?( varying| precision)?(\([0-9, ]+\))?( with time zone| without time zone)?(\[\])*)",
       ""},
      {R"(("(?:[^"]|"")+"|\m[a-z_][a-z0-9_$]*)\.(?=[a-z_"]))", ""},
      {R"('(-?[0-9]+(\.[0-9]+)?)')", R"(\1)"},
      {R"((?<![\w"])\((-?[\w.]+|"[^"]*"|'[^']*')\))", R"(\1)"},
      {R"(\(\(([^()]*)\)\))", R"((\1))"},
      {R"(\(\(([^()]*\([^()]*\)[^()]*)\)\))", R"((\1))"},
  };
  // a AND (b AND c) is one list of conditions; BETWEEN makes such pairs.
  for (const std::string word : {" AND ", " OR "}) {
    const std::string group = "\\((" + kBalanced + word + kBalanced + ")\\)";
    steps.emplace_back(word + group, word + "\\1");
    steps.emplace_back("\\(" + group + word, "(\\1" + word);
  }
  std::string sql = text;
  for (const auto& [pattern, replacement] : steps)
    sql =
        fmt::format("regexp_replace({}, {}, {}, 'g')", sql, QuoteLiteral(pattern), QuoteLiteral(replacement));
  return sql;
}

// The aspects that are expressions.
bool IsExpression(const Fact& fact) {
  if (fact.value.empty()) return false;

  static const std::set<std::string_view> kAspects = {"default", "expression", "definition",
                                                      "using",   "with check", "result"};
  return kAspects.contains(fact.aspect) || fact.aspect.starts_with("check ");
}

// `OR …`: equal but for what Bare() takes away.
std::string OrSameExpression(const std::vector<Fact>& facts) {
  if (std::ranges::none_of(facts, IsExpression)) return "";
  return fmt::format(
      "\n        OR (w.aspect ~ '^(default|expression|definition|using|with check|result|check .*)$'\n"
      "          AND (SELECT count(*) = 2 AND min(bare) = max(bare) FROM (SELECT {} AS bare\n"
      "            FROM (VALUES (w.expected), (o.found)) b(spelled) WHERE b.spelled IS NOT NULL) bares))",
      Bare("b.spelled"));
}

constexpr std::string_view kUnexpectedRows = R"sql(    UNION ALL
    SELECT (SELECT max(n) FROM wanted) + 1, f.object, '', NULL, f.value, false
      FROM found f JOIN wanted t ON t.object = f.parent AND t.aspect = ''
      WHERE f.aspect = '' AND NOT EXISTS (SELECT FROM wanted w WHERE w.object = f.object)
)sql";

bool IsPartOfTable(std::string_view prefix) {
  return prefix == "column " || prefix == "constraint " || prefix == "index " || prefix == "trigger " ||
         prefix == "policy ";
}

// A table that may be missing can be named in a string only; this is how a query runs a string.
std::string RevisionsQuery(const std::string& ledger_table) {
  return fmt::format(
      "\n    SELECT 'revision ' || r.id::text, '', 'applied', NULL\n"
      "      FROM unnest(CASE WHEN to_regclass({0}) IS NOT NULL THEN xpath('/table/row/revision/text()',\n"
      "        query_to_xml({1}, true, false, '')) END) r(id)",
      QuoteLiteral(ledger_table), QuoteLiteral("SELECT revision FROM " + ledger_table));
}

std::string_view KindOf(const std::string& object) {
  const auto* const found = std::ranges::find_if(
      kQueries, [&](const KindQuery& query) { return object.starts_with(query.prefix); });
  return found == kQueries.end() ? "" : found->prefix;
}

// Kinds and aspects that all objects of the kind have an opinion on. Where it is that there is none (no
// default, no comment), nothing need be said: a value that is found without having been told is one too many.
using Silent = std::set<std::pair<std::string_view, std::string>>;

Silent SilentAspects(const std::vector<Fact>& facts) {
  std::map<std::string_view, std::size_t> objects;
  std::map<std::pair<std::string_view, std::string>, std::size_t> told;
  Silent empty;
  for (const Fact& fact : facts) {
    const std::string_view kind = KindOf(fact.object);
    if (fact.aspect.empty()) {
      ++objects[kind];
      continue;
    }
    ++told[{kind, fact.aspect}];
    if (fact.value.empty() && !kind.empty()) empty.emplace(kind, fact.aspect);
  }
  std::erase_if(empty, [&](const auto& one) { return told[one] != objects[one.first]; });
  return empty;
}

bool IsSilent(const Fact& fact, const Silent& silent) {
  return fact.value.empty() && silent.contains({KindOf(fact.object), fact.aspect});
}

std::string SilentRows(const Silent& silent) {
  std::vector<std::string> rows;
  for (const auto& [kind, aspect] : silent)
    rows.push_back(fmt::format("({}, {})", QuoteLiteral(kind), QuoteLiteral(aspect)));
  return fmt::format("silent(kind, aspect) AS (\n    VALUES {}\n),\n", fmt::join(rows, ", "));
}

// With a split, what is told of the one state does not count for the other.
std::string TooMuch(std::size_t split) {
  return fmt::format(
      R"sql(    UNION ALL
    SELECT w.n, w.object, f.aspect, '', f.value, false
      FROM wanted w JOIN found f ON f.object = w.object AND f.value <> ''
      JOIN silent s ON s.aspect = f.aspect AND starts_with(f.object, s.kind)
      WHERE w.aspect = '' AND NOT EXISTS (SELECT FROM wanted t WHERE t.object = f.object AND t.aspect = f.aspect{})
)sql",
      split == 0 ? "" : fmt::format(" AND (t.n > {0}) = (w.n > {0})", split));
}

std::string WantedRows(const std::vector<Fact>& facts, const Silent& silent) {
  std::vector<std::string> rows;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const Fact& fact = facts[i];
    if (IsSilent(fact, silent)) continue;
    rows.push_back(fmt::format("\n      ({}, {}, {}, {})", i + 1, QuoteLiteral(fact.object),
                               QuoteLiteral(fact.aspect), QuoteLiteral(fact.value)));
  }
  if (rows.empty()) return "    SELECT 0, '', '', '' WHERE false";
  return fmt::format("    VALUES{}", fmt::join(rows, ","));
}

}  // namespace

std::string ComparedTables(const std::vector<Fact>& facts, const Comparison& comparison) {
  const std::string schemas = SchemaList(facts);
  const Silent silent = SilentAspects(facts);
  std::vector<std::string> found;
  for (const KindQuery& query : kQueries) {
    const bool used =
        std::ranges::any_of(facts, [&](const Fact& fact) { return fact.object.starts_with(query.prefix); });
    if (used || (comparison.unexpected && IsPartOfTable(query.prefix)))
      found.push_back(Expand(query.sql, schemas));
  }
  if (!comparison.ledger_table.empty()) found.push_back(RevisionsQuery(comparison.ledger_table));
  if (found.empty()) found.emplace_back("\n    SELECT '', '', '', NULL WHERE false");
  const std::string too_much = silent.empty() ? "" : TooMuch(comparison.split);
  return fmt::format(
      "{}wanted(n, object, aspect, expected) AS (\n{}\n),\n"
      "found(object, aspect, value, parent) AS ({}\n),\n"
      "compared(n, object, aspect, expected, found, ok) AS (\n"
      "    SELECT w.n, w.object, w.aspect, w.expected, o.found, coalesce(w.expected = o.found{}, false)\n"
      "      FROM wanted w LEFT JOIN found f ON f.object = w.object AND f.aspect = w.aspect\n"
      "      LEFT JOIN found p ON p.object = w.object AND p.aspect = ''\n"
      "      CROSS JOIN LATERAL (SELECT CASE WHEN w.aspect = 'gone' THEN CASE WHEN p.object IS NULL THEN "
      "'gone' ELSE "
      "'still there' END\n"
      "        WHEN w.aspect LIKE 'grant %' THEN coalesce(f.value, 'not granted') ELSE f.value END) "
      "o(found)\n"
      "      WHERE w.aspect IN ('', 'gone') OR p.object IS NOT NULL\n{})",
      silent.empty() ? "" : SilentRows(silent), WantedRows(facts, silent),
      fmt::join(found, "\n    UNION ALL"), OrSameExpression(facts),
      too_much + std::string(comparison.unexpected ? kUnexpectedRows : ""));
}

std::string ReportQuery(bool differences_only) {
  return fmt::format(
      "SELECT object || coalesce(' (' || nullif(aspect, '') || ')', '') AS object,\n"
      "    CASE WHEN expected IS NULL THEN 'not there' ELSE coalesce(nullif(expected, ''), 'none') END AS "
      "expected,\n"
      "    CASE WHEN found IS NULL THEN 'missing' ELSE coalesce(nullif(found, ''), 'none') END AS found{}\n"
      "  FROM compared{}\n  ORDER BY n, object",
      differences_only ? "" : ",\n    ok", differences_only ? " WHERE NOT ok" : "");
}

std::string JsonQuery(const std::string& target, const std::vector<std::string>& not_compared) {
  std::vector<std::string> literals;
  for (const std::string& what : not_compared) literals.push_back(QuoteLiteral(what));
  return fmt::format(
      "SELECT jsonb_build_object('schema_version', 1, 'target', {}, 'ok', count(*) = 0,\n"
      "    'differences', coalesce(jsonb_agg(to_jsonb(report)), '[]'),\n"
      "    'not_compared', to_jsonb(ARRAY[{}]::text[]))::text AS verification\n  FROM (\n{}) report",
      QuoteLiteral(target), fmt::join(literals, ", "), ReportQuery(true));
}

}  // namespace schemac::verify
