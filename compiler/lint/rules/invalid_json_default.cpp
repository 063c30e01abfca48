#include <nlohmann/json.hpp>

#include "compiler/lint/rule.h"

namespace schemac::lint {

namespace {

bool IsJson(const schema::Type& type) {
  return type.schema.empty() && !type.array && (type.name == "json" || type.name == "jsonb");
}

// Whether it is one plain literal, and its text no JSON.
bool IsBroken(const std::string& value) {
  if (value.size() < 2 || value.front() != '\'') return false;
  const std::size_t end = value.find('\'', 1);
  if (end == std::string::npos || (end + 1 < value.size() && value.compare(end + 1, 2, "::") != 0))
    return false;
  return !nlohmann::json::accept(value.substr(1, end - 1));
}

}  // namespace

extern const Rule kInvalidJsonDefault;
const Rule kInvalidJsonDefault = {
    .id = "invalid-json-default",
    .severity = Severity::Error,
    .summary = "a default that is no JSON fails at the first INSERT",
    .why = "PostgreSQL looks at the text when a row needs it, or at once.",
    .instead = "a literal that is JSON",
    .unsafe = "CREATE TABLE n (a jsonb DEFAULT '{x}');",
    .safe = "CREATE TABLE n (a jsonb DEFAULT '{}');",
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.AddsColumns()) return;
          for (const sql::ColumnTraits& column : scene.deed.columns) {
            if (IsJson(column.type) && IsBroken(column.default_text))
              report.Add(column.place, "the default is no JSON");
          }
        },
};

}  // namespace schemac::lint
