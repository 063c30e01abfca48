#include <algorithm>

#include <fmt/format.h>

#include "compiler/lint/rule.h"
#include "schema/keys.h"

namespace schemac::lint {

using facts::Operation;

namespace {

bool CoversKey(const std::vector<std::string>& index, std::vector<std::string> key) {
  if (index.size() < key.size()) return false;
  std::vector<std::string> first(index.begin(), index.begin() + static_cast<std::ptrdiff_t>(key.size()));
  std::sort(first.begin(), first.end());
  std::sort(key.begin(), key.end());
  return first == key;
}

bool KnownHas(const State& state, const schema::QualifiedName& table, const std::vector<std::string>& key) {
  for (const schema::Object* part : state.catalog->PartsOf(table, schema::ObjectKind::Index)) {
    std::vector<std::string> columns;
    for (const schema::IndexElement& element : std::get<schema::Index>(*part).elements)
      columns.push_back(element.column);
    if (CoversKey(columns, key)) return true;
  }
  for (const schema::Object* part : state.catalog->PartsOf(table, schema::ObjectKind::Constraint)) {
    const auto& constraint = std::get<schema::Constraint>(*part);
    if (schema::IsKey(constraint.kind) && CoversKey(constraint.columns, key)) return true;
  }
  return false;
}

// An index that the script makes, before or after.
bool ScriptHas(const Scene& scene, const std::vector<std::string>& key) {
  for (const sql::Deed* deed : scene.by_relation.Of(scene.deed.relation.name)) {
    if (deed->relation.name != scene.deed.relation.name) continue;
    if (!deed->names.empty() && CoversKey(deed->names, key)) return true;
    for (const sql::ConstraintTraits& constraint : deed->constraints) {
      if (schema::IsKey(constraint.kind) && CoversKey(constraint.columns, key)) return true;
    }
  }
  return false;
}

}  // namespace

extern const Rule kForeignKeyWithoutIndex;
const Rule kForeignKeyWithoutIndex = {
    .id = "foreign-key-without-index",
    .severity = Severity::Note,
    .summary = "deletes from the referenced table read the whole referencing table",
    .why =
        "PostgreSQL makes no index for the columns of a foreign key. Every DELETE of a referenced row, "
        "and every UPDATE of its key, then searches without one.",
    .instead = "create an index on the columns of the key",
    .unsafe = "CREATE TABLE n (id bigint PRIMARY KEY, u_id bigint REFERENCES u (id));",
    .safe =
        "CREATE TABLE n (id bigint PRIMARY KEY, u_id bigint REFERENCES u (id)); CREATE INDEX n_u_id ON "
        "n (u_id);",
    .schema =
        "CREATE TABLE u (id bigint PRIMARY KEY); CREATE TABLE t (id bigint PRIMARY KEY, a integer, b "
        "text);",
    .check =
        [](const Scene& scene, Report& report) {
          const bool makes = scene.Does({Operation::CreateTableReferencing});
          if (!makes && !scene.state.knows_base && !scene.IsNew()) return;
          for (const sql::ConstraintTraits& constraint : scene.deed.constraints) {
            if (!constraint.referenced || constraint.columns.empty()) continue;
            if (KnownHas(scene.state, scene.deed.relation, constraint.columns) ||
                ScriptHas(scene, constraint.columns))
              continue;
            report.Add(
                constraint.place,
                fmt::format("no index of {} begins with the columns of this foreign key", scene.Relation()));
          }
        },
};

}  // namespace schemac::lint
