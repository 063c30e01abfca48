#include <algorithm>

#include <fmt/format.h>

#include "compiler/lint/rule.h"
#include "compiler/support/quote.h"

namespace schemac::lint {

using facts::Operation;

namespace {

// The plain columns of an index without a condition; empty for any other.
std::vector<std::string> ColumnsOf(const schema::Index& index) {
  std::vector<std::string> columns;
  for (const schema::IndexElement& element : index.elements) {
    if (element.column.empty() || element.descending || element.operator_class || element.collation)
      return {};
    columns.push_back(element.column);
  }
  return index.where || index.method != "btree" ? std::vector<std::string>{} : columns;
}

bool Begins(const std::vector<std::string>& whole, const std::vector<std::string>& part) {
  return whole.size() >= part.size() && std::equal(part.begin(), part.end(), whole.begin());
}

}  // namespace

extern const Rule kDuplicateIndex;
const Rule kDuplicateIndex = {
    .id = "duplicate-index",
    .severity = Severity::Note,
    .summary = "another index begins with the same columns",
    .why =
        "A btree index on (a, b) serves every search that one on (a) serves. The shorter one costs "
        "writes and space for nothing.",
    .instead = "keep one of the two",
    .unsafe = "CREATE INDEX CONCURRENTLY t_a ON t (a);",
    .safe = "CREATE INDEX CONCURRENTLY t_b ON t (b);",
    .schema = "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text); CREATE INDEX t_a_b ON t (a, b);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::CreateIndex, Operation::CreateIndexConcurrently}) ||
              scene.deed.names.empty())
            return;
          const bool plain =
              scene.deed.where.empty() && (scene.deed.method.empty() || scene.deed.method == "btree") &&
              std::find(scene.deed.names.begin(), scene.deed.names.end(), "") == scene.deed.names.end();
          if (!plain) return;
          for (const schema::Object* part :
               scene.state.catalog->PartsOf(scene.deed.relation, schema::ObjectKind::Index)) {
            const auto& index = std::get<schema::Index>(*part);
            if (index.name == scene.deed.member || scene.state.dropped_indexes.contains(index.name)) continue;
            if (Begins(ColumnsOf(index), scene.deed.names)) {
              report.Add(scene,
                         fmt::format("index {} begins with the same columns", QuoteIdentifier(index.name)));
            }
          }
        },
};

}  // namespace schemac::lint
