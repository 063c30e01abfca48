#include "compiler/verify/catalog_query_parts.h"

namespace schemac::verify {

std::string_view RoutinesQuery() {
  return R"sql(
  SELECT 55, 'pg_proc:' || p.oid, pg_get_functiondef(p.oid) FROM proc p WHERE p.prokind IN ('f', 'p', 'w')
  UNION ALL
  SELECT 57, 'pg_proc:' || p.oid, format('CREATE AGGREGATE %I.%I(%s) (%s)', p.nspname, p.proname, pg_get_function_arguments(p.oid),
      concat_ws(', ', 'SFUNC = ' || g.aggtransfn::regproc, 'STYPE = ' || format_type(g.aggtranstype, NULL),
        CASE WHEN g.aggtransspace <> 0 THEN 'SSPACE = ' || g.aggtransspace END,
        CASE WHEN g.aggfinalfn <> 0 THEN 'FINALFUNC = ' || g.aggfinalfn::regproc END,
        CASE WHEN g.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
        CASE WHEN g.aggfinalfn <> 0 AND g.aggfinalmodify <> CASE g.aggkind WHEN 'n' THEN 'r' ELSE 'w' END
          THEN 'FINALFUNC_MODIFY = ' || CASE g.aggfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END,
        CASE WHEN g.aggcombinefn <> 0 THEN 'COMBINEFUNC = ' || g.aggcombinefn::regproc END,
        CASE WHEN g.aggserialfn <> 0 THEN 'SERIALFUNC = ' || g.aggserialfn::regproc END,
        CASE WHEN g.aggdeserialfn <> 0 THEN 'DESERIALFUNC = ' || g.aggdeserialfn::regproc END,
        'INITCOND = ' || quote_literal(g.agginitval),
        CASE WHEN g.aggmtransfn <> 0 THEN 'MSFUNC = ' || g.aggmtransfn::regproc END,
        CASE WHEN g.aggminvtransfn <> 0 THEN 'MINVFUNC = ' || g.aggminvtransfn::regproc END,
        CASE WHEN g.aggmtranstype <> 0 THEN 'MSTYPE = ' || format_type(g.aggmtranstype, NULL) END,
        CASE WHEN g.aggmtransspace <> 0 THEN 'MSSPACE = ' || g.aggmtransspace END,
        CASE WHEN g.aggmfinalfn <> 0 THEN 'MFINALFUNC = ' || g.aggmfinalfn::regproc END,
        'MINITCOND = ' || quote_literal(g.aggminitval),
        CASE p.proparallel WHEN 's' THEN 'PARALLEL = safe' WHEN 'r' THEN 'PARALLEL = restricted' END,
        CASE g.aggkind WHEN 'h' THEN 'HYPOTHETICAL' END))
    FROM proc p JOIN pg_aggregate g ON g.aggfnoid = p.oid WHERE g.aggsortop = 0 AND NOT g.aggmfinalextra
  UNION ALL
  SELECT 70, 'pg_class:' || c.oid, format('CREATE %sVIEW %s%s%s%s AS %s%s', CASE c.relkind WHEN 'm' THEN 'MATERIALIZED ' END, c.full_name,
      (SELECT format(' USING %I', m.amname) FROM pg_am m WHERE m.oid = c.relam AND m.amname <> 'heap'),
      (SELECT format(' WITH (%s)', string_agg(s.setting, ', ')) FROM (SELECT format('%s=%L', split_part(o, '=', 1), substr(o, strpos(o, '=') + 1)) AS setting FROM unnest(c.reloptions) o) s HAVING count(*) > 0),
      (SELECT format(' TABLESPACE %I', s.spcname) FROM pg_tablespace s WHERE s.oid = c.reltablespace),
      rtrim(pg_get_viewdef(c.oid), ';'), CASE WHEN c.relkind = 'm' AND NOT c.relispopulated THEN ' WITH NO DATA' END)
      || coalesce((SELECT string_agg(format('; ALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s', c.full_name, a.attname, a.expression), '' ORDER BY a.attnum)
                   FROM att a WHERE a.attrelid = c.oid AND a.expression IS NOT NULL), '')
      || coalesce((SELECT string_agg(a.alterations, '' ORDER BY a.attnum) FROM altered a WHERE a.attrelid = c.oid AND c.relkind = 'm'), '')
    FROM rel c WHERE c.relkind IN ('v', 'm')
  UNION ALL
  SELECT 90, NULL, pg_get_triggerdef(t.oid) || CASE t.tgenabled WHEN 'O' THEN '' ELSE format('; ALTER TABLE %s %s TRIGGER %I', c.full_name,
      CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END, t.tgname) END
    FROM pg_trigger t JOIN rel c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND coalesce(to_jsonb(t)->>'tgparentid', '0') = '0'
  UNION ALL
  SELECT 90, NULL, rtrim(pg_get_ruledef(r.oid), ';') || CASE r.ev_enabled WHEN 'O' THEN '' ELSE format('; ALTER TABLE %s %s RULE %I', c.full_name,
      CASE r.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END, r.rulename) END
    FROM pg_rewrite r JOIN rel c ON c.oid = r.ev_class WHERE r.rulename <> '_RETURN'
  UNION ALL
  SELECT 90, NULL, format('CREATE POLICY %I ON %s AS %s FOR %s TO %s%s%s', p.polname, c.full_name,
      CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
      CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
      (SELECT string_agg(CASE o WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(o)) END, ', ' ORDER BY 1) FROM unnest(p.polroles) o),
      ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')')
    FROM pg_policy p JOIN rel c ON c.oid = p.polrelid
  UNION ALL
  SELECT 90, NULL, pg_get_statisticsobjdef(s.oid) || CASE WHEN (to_jsonb(s)->>'stxstattarget')::int >= 0
      THEN format('; ALTER STATISTICS %I.%I SET STATISTICS %s', n.nspname, s.stxname, to_jsonb(s)->>'stxstattarget') ELSE '' END
    FROM pg_statistic_ext s JOIN space n ON n.oid = s.stxnamespace
    WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_statistic_ext'::regclass AND m.objid = s.oid)
  UNION ALL
  SELECT 90, NULL, format('CREATE EVENT TRIGGER %I ON %s%s EXECUTE FUNCTION %s()', e.evtname, e.evtevent,
      (SELECT format(' WHEN TAG IN (%s)', string_agg(quote_literal(g), ', ')) FROM unnest(e.evttags) g HAVING count(*) > 0),
      e.evtfoid::regproc) || CASE e.evtenabled WHEN 'O' THEN '' ELSE format('; ALTER EVENT TRIGGER %I %s', e.evtname,
      CASE e.evtenabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END) END
    FROM pg_event_trigger e
    WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_event_trigger'::regclass AND m.objid = e.oid))sql";
}

}  // namespace schemac::verify
