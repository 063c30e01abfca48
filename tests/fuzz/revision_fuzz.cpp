// libFuzzer: model diffs over one state. Whatever the bytes, reading ends; and what a model diff does can be
// told as a model diff again.
#include <cstddef>
#include <cstdint>
#include <string>

#include "compiler/analyze/analyze.h"
#include "compiler/parse/parse.h"
#include "tests/fuzz/verdict.h"
#include "tests/property/offline_laws.h"

namespace {

using namespace schemac;

// One object of most kinds, for the model diffs to change.
constexpr const char* kState = R"(
  CREATE SCHEMA app;
  CREATE SEQUENCE s;
  CREATE TYPE status AS ENUM ('new', 'open', 'done');
  CREATE TYPE pair AS (a int, b text);
  CREATE DOMAIN amount AS numeric(10,2) CONSTRAINT positive CHECK (VALUE > 0);
  CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name varchar(40) NOT NULL DEFAULT 'x', s status,
    j jsonb DEFAULT '{}', a amount, n int CONSTRAINT n_positive CHECK (n > 0), CONSTRAINT t_name UNIQUE (name));
  CREATE TABLE u (id serial PRIMARY KEY, t_id bigint REFERENCES t ON DELETE CASCADE, at timestamptz DEFAULT now());
  CREATE INDEX u_at ON u (at DESC) WHERE at IS NOT NULL;
  CREATE TABLE app.p (k int, v text) PARTITION BY RANGE (k);
  CREATE TABLE app.p1 PARTITION OF app.p FOR VALUES FROM (0) TO (10);
  CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
  CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS text LANGUAGE sql AS 'select b';
  CREATE TRIGGER touched BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();
  CREATE VIEW v AS SELECT id, name FROM t WHERE n > 0;
  CREATE MATERIALIZED VIEW m AS SELECT s, count(*) AS n FROM t GROUP BY s;
  CREATE INDEX m_s ON m (s);
  ALTER TABLE t ENABLE ROW LEVEL SECURITY;
  CREATE POLICY mine ON t FOR SELECT TO PUBLIC USING (n > 1);
  COMMENT ON TABLE t IS 'a table';
  GRANT SELECT ON t TO reader;)";

schema::Catalog MakeState() {
  std::string errors;
  schema::Catalog catalog = testing::RunSql(kState, schema::Catalog::Empty(), errors);
  testing::StopOnFailure(errors);
  return catalog;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const schema::Catalog before = MakeState();
  Sources sources;
  DiagnosticSink sink;
  const SourceId source =
      sources.Add("0002_fuzz.mdiff", std::string(reinterpret_cast<const char*>(data), size));
  const RevisionEffect effect = AnalyzeRevision(Parse(source, sources, sink), before, sources, sink);
  if (!sink.HasErrors()) testing::StopOnFailure(testing::JudgeRevision(before, effect.after, effect.intent));
  return 0;
}
