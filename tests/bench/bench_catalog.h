// A generated database as a catalog, for benchmarks that start from one.
#pragma once

#include "compiler/sql/interpret.h"
#include "compiler/support/check.h"
#include "schema/catalog.h"
#include "tests/bench/workload.h"

namespace schemac::bench {

inline schema::Catalog MakeCatalog(std::size_t tables, Change change) {
  Sources sources;
  DiagnosticSink sink;
  const SourceId source = sources.Add("bench.sql", Describe(tables, change, Language::Sql));
  schema::Catalog catalog = schema::Catalog::Empty();
  sql::Interpret(source, sources, catalog, {}, sink);
  Check(sink.error_count() == 0);
  return catalog;
}

}  // namespace schemac::bench
