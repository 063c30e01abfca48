#include <algorithm>

#include <fmt/format.h>

#include "compiler/lint/rule.h"
#include "compiler/support/quote.h"

namespace schemac::lint {

using facts::Operation;

namespace {

// The column that tells whose a row of the table is; "" when there is none.
std::string TenantColumn(const Scene& scene) {
  const schema::Table* table = scene.state.catalog->FindTable(scene.deed.relation);
  if (table == nullptr) return "";
  for (const std::string& name : scene.state.tenant_columns) {
    if (table->FindColumn(name) != nullptr) return name;
  }
  return "";
}

// Whether the script itself adds the column or makes it required: it is filled for everybody then.
bool IsFilledForAll(const Scene& scene, const std::string& column) {
  const auto& deeds = scene.by_relation.Of(scene.deed.relation.name);
  return std::ranges::any_of(deeds, [&](const sql::Deed* deed) {
    if (deed->relation.name != scene.deed.relation.name) return false;
    if (deed->operation == Operation::SetNotNull || deed->operation == Operation::SetNotNullProven)
      return deed->member == column;
    return deed->operation != Operation::SetDefault &&
           std::ranges::find(deed->columns, column, &sql::ColumnTraits::name) != deed->columns.end();
  });
}

bool OnlyFills(const Scene& scene) {
  return !scene.deed.names.empty() && std::ranges::all_of(scene.deed.names, [&](const std::string& column) {
    return IsFilledForAll(scene, column);
  });
}

}  // namespace

extern const Rule kTenantNotFiltered;
const Rule kTenantNotFiltered = {
    .id = "tenant-not-filtered",
    .severity = Severity::Warning,
    .summary = "an UPDATE or DELETE that does not say whose rows it means",
    .why =
        "Tenants share the table, and a column tells whose a row is. A statement whose condition does not "
        "name "
        "it changes the rows of all of them. Which columns these are: columns under [tenants] in "
        "schemac.toml, "
        "or --tenant-column.",
    .instead = "a condition on the tenant's column; where all tenants are meant, a comment that says so",
    .unsafe = "UPDATE t SET b = 'x' WHERE a = 1;",
    .safe =
        "UPDATE t SET b = 'x' WHERE a = 1 AND tenant_id = 7;\n"
        "DELETE FROM t USING u WHERE u.a = t.a AND t.tenant_id = u.tenant_id;\n"
        "ALTER TABLE t ADD COLUMN c text;\nUPDATE t SET c = '' WHERE c IS NULL;",
    .schema =
        "CREATE TABLE t (id bigint PRIMARY KEY, tenant_id bigint, a integer, b text);\n"
        "CREATE TABLE u (tenant_id bigint, a integer);",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::UpdateEveryRow, Operation::UpdateRows, Operation::DeleteEveryRow,
                           Operation::DeleteRows}) ||
              scene.IsNew()) {
            return;
          }
          const std::string column = TenantColumn(scene);
          const auto& filters = scene.deed.filters;
          if (column.empty() || std::ranges::find(filters, column) != filters.end() || OnlyFills(scene))
            return;
          report.Add(scene, fmt::format("rows of every tenant are meant: no condition on {} of {}",
                                        QuoteIdentifier(column), scene.Relation()));
        },
};

}  // namespace schemac::lint
