#include <algorithm>

#include <fmt/format.h>

#include "compiler/lint/rule.h"
#include "compiler/support/quote.h"

namespace schemac::lint {

using facts::Operation;

namespace {

// A unique index over the same columns, for all rows.
bool LosesCondition(const schema::Index& former, const sql::Deed& made) {
  const bool unique = made.operation == Operation::CreateUniqueIndex ||
                      made.operation == Operation::CreateUniqueIndexConcurrently;
  // Deeds that stand below are not refined yet: their schema may be missing.
  const bool same_table = made.relation.name == former.table.name &&
                          (made.relation.schema.empty() || made.relation.schema == former.table.schema);
  return unique && same_table && made.where.empty() &&
         std::ranges::equal(former.elements, made.names, {}, &schema::IndexElement::column);
}

}  // namespace

extern const Rule kIndexConditionLost;
const Rule kIndexConditionLost = {
    .id = "index-condition-lost",
    .severity = Severity::Warning,
    .summary = "a unique index is made anew without its WHERE",
    .why =
        "A partial unique index lets rows that its condition leaves out be equal. Without it all rows must "
        "differ: the build fails on those that exist, and code that inserted them fails afterwards. Tools "
        "that compare indexes by their columns write such scripts.",
    .instead = "CREATE UNIQUE INDEX … WHERE with the condition that it had",
    .unsafe = "DROP INDEX t_a;\nCREATE UNIQUE INDEX t_a ON t (a);",
    .safe = "DROP INDEX t_a;\nCREATE UNIQUE INDEX t_a ON t (a) WHERE b IS NOT NULL;",
    .schema =
        "CREATE TABLE t (id bigint PRIMARY KEY, a integer, b text);\n"
        "CREATE UNIQUE INDEX t_a ON t (a) WHERE b IS NULL;",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::DropIndex, Operation::DropIndexConcurrently})) return;
          const auto& table = scene.deed.relation;
          const auto* former = scene.state.catalog->Get<schema::Index>(
              {schema::ObjectKind::Index, table.schema, table.name, scene.deed.member});
          if (former == nullptr || !former->unique || !former->where) return;
          for (const sql::Deed* made : scene.by_relation.Of(table.name)) {
            if (LosesCondition(*former, *made))
              report.Add(made->place, fmt::format("{} held only where {}", QuoteIdentifier(former->name),
                                                  former->where->text));
          }
        },
};

}  // namespace schemac::lint
