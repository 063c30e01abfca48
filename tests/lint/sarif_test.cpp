// SARIF of findings of every rule, held against what the standard's schema demands of the parts that are
// written: OASIS SARIF 2.1.0, sections 3.13 (log) to 3.49 (reportingDescriptor).
#include <algorithm>
#include <regex>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "compiler/lint/output.h"
#include "compiler/sql/interpret.h"

namespace schemac::lint {
namespace {

using Json = nlohmann::json;

// Objects are closed here: a property that is new in the output has to be looked up in the standard first.
const Json& Definitions() {
  static const Json definitions = Json::parse(R"({
    "log": {"type": "object", "required": ["version", "runs", "$schema"], "properties": {
      "$schema": {"type": "string", "pattern": "^https://[^ ]+$"},
      "version": {"enum": ["2.1.0"]},
      "runs": {"type": "array", "items": {"$ref": "run"}}}},
    "run": {"type": "object", "required": ["tool"], "properties": {
      "tool": {"type": "object", "required": ["driver"], "properties": {"driver": {"$ref": "toolComponent"}}},
      "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
      "results": {"type": "array", "items": {"$ref": "result"}}}},
    "toolComponent": {"type": "object", "required": ["name"], "properties": {
      "name": {"type": "string"}, "version": {"type": "string"},
      "rules": {"type": "array", "uniqueItems": true, "items": {"$ref": "reportingDescriptor"}}}},
    "reportingDescriptor": {"type": "object", "required": ["id"], "properties": {
      "id": {"type": "string"},
      "shortDescription": {"$ref": "text"}, "fullDescription": {"$ref": "text"}, "help": {"$ref": "text"},
      "defaultConfiguration": {"type": "object", "required": [], "properties": {"level": {"$ref": "level"}}}}},
    "level": {"enum": ["none", "note", "warning", "error"]},
    "text": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "pattern": "[A-Za-z]"}}},
    "result": {"type": "object", "required": ["message"], "properties": {
      "ruleId": {"type": "string"},
      "ruleIndex": {"type": "integer", "minimum": 0},
      "level": {"$ref": "level"},
      "message": {"$ref": "text"},
      "locations": {"type": "array", "items": {"type": "object", "required": [], "properties": {
        "physicalLocation": {"$ref": "physicalLocation"}}}}}},
    "physicalLocation": {"type": "object", "required": ["artifactLocation"], "properties": {
      "artifactLocation": {"type": "object", "required": [], "properties": {
        "uri": {"type": "string", "pattern": "^([A-Za-z0-9._~/-]|%[0-9A-F]{2})+$"}}},
      "region": {"type": "object", "required": ["startLine"], "properties": {
        "startLine": {"type": "integer", "minimum": 1}, "startColumn": {"type": "integer", "minimum": 1},
        "endLine": {"type": "integer", "minimum": 1}, "endColumn": {"type": "integer", "minimum": 1}}}}}
  })");
  return definitions;
}

bool HasType(const Json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  return type == "integer" ? value.is_number_integer() : value.is_string();
}

bool Holds(const Json& value, const Json& pattern) {
  return std::regex_search(value.get<std::string>(), std::regex(pattern.get<std::string>()));
}

void Expect(const Json& value, const Json& schema, const std::string& at);

void ExpectObject(const Json& value, const Json& schema, const std::string& at) {
  for (const Json& required : schema["required"])
    EXPECT_TRUE(value.contains(required.get<std::string>())) << at << required;
  for (const auto& [key, member] : value.items()) {
    if (!schema["properties"].contains(key)) {
      ADD_FAILURE() << at << key << " is not known";
      continue;
    }
    Expect(member, schema["properties"][key], at + key + ".");
  }
}

void Expect(const Json& value, const Json& schema, const std::string& at) {
  if (schema.contains("$ref")) return Expect(value, Definitions().at(schema["$ref"].get<std::string>()), at);
  if (schema.contains("enum")) {
    EXPECT_NE(std::find(schema["enum"].begin(), schema["enum"].end(), value), schema["enum"].end())
        << at << value;
    return;
  }
  ASSERT_TRUE(HasType(value, schema["type"].get<std::string>())) << at << value;
  if (schema.contains("pattern")) {
    EXPECT_TRUE(Holds(value, schema["pattern"])) << at << value;
  }
  if (schema.contains("minimum")) {
    EXPECT_GE(value.get<int>(), schema["minimum"].get<int>()) << at;
  }
  if (value.is_object()) ExpectObject(value, schema, at);
  if (!value.is_array()) return;
  for (const Json& item : value) Expect(item, schema["items"], at);
  if (schema.value("uniqueItems", false)) {
    EXPECT_EQ(std::set<Json>(value.begin(), value.end()).size(), value.size()) << at;
  }
}

TEST(Sarif, IsWhatTheStandardAsksForWhateverIsFound) {
  Sources sources;
  std::vector<Finding> findings;
  for (const Rule* rule : Rules()) {
    schema::Catalog catalog = schema::Catalog::Empty();
    EXPECT_TRUE(sql::InterpretStatements(rule->schema, catalog, {}));
    Options options;
    options.enabled.insert(std::string(rule->id));
    // A name that a URI cannot hold as it is.
    const SourceId source =
        sources.Add("a b/<" + std::string(rule->id) + ">ü.sql", std::string(rule->unsafe));
    const std::vector<Finding> more = Lint(source, sources, catalog, options);
    findings.insert(findings.end(), more.begin(), more.end());
  }
  const Json log = Json::parse(SarifText(findings, sources, "1.2.3"));
  Expect(log, Definitions().at("log"), "");
  const Json& run = log["runs"][0];
  EXPECT_EQ(run["results"].size(), findings.size());
  EXPECT_EQ(run["tool"]["driver"]["rules"].size(), Rules().size());
  for (const Json& result : run["results"]) {
    EXPECT_EQ(run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()]["id"], result["ruleId"]);
    // 3.30.7, 3.30.8: no region ends before it begins.
    const Json& region = result["locations"][0]["physicalLocation"]["region"];
    const auto number = [&](const char* key) { return region[key].get<int>(); };
    EXPECT_LE(std::pair(number("startLine"), number("startColumn")),
              std::pair(number("endLine"), number("endColumn")));
  }
  Expect(Json::parse(SarifText({}, sources, "1.2.3")), Definitions().at("log"), "");
}

}  // namespace
}  // namespace schemac::lint
