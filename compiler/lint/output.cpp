#include "compiler/lint/output.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/support/characters.h"
#include "compiler/support/quoted_line.h"

namespace schemac::lint {
namespace {

// Keys stay in the order in which they are written here.
using Json = nlohmann::ordered_json;

std::string Dump(const Json& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

struct Region {
  LineColumn begin;
  LineColumn end;
};

Region RegionOf(const Finding& finding, const Sources& sources) {
  return {sources.Locate(finding.span.source, finding.span.begin),
          sources.Locate(finding.span.source, finding.span.end)};
}

std::string OneText(const Finding& finding) {
  if (finding.instead.empty()) return finding.message;
  return fmt::format("{}; better: {}", finding.message, finding.instead);
}

// A path as a relative URI (RFC 3986): what is not unreserved is written in percent.
std::string Uri(std::string_view path) {
  std::string uri;
  for (const char byte : path) {
    const auto code = static_cast<unsigned char>(byte);
    const bool plain =
        IsLetter(byte) || IsDigit(byte) || std::string_view("-._~/").find(byte) != std::string_view::npos;
    uri += plain ? std::string(1, byte) : fmt::format("%{:02X}", code);
  }
  return uri;
}

Json SarifRule(const Rule& rule) {
  Json json;
  json["id"] = rule.id;
  json["shortDescription"]["text"] = rule.summary;
  json["fullDescription"]["text"] = rule.why;
  json["help"]["text"] = rule.instead.empty() ? rule.why : rule.instead;
  json["defaultConfiguration"]["level"] = SeverityWord(rule.severity);
  return json;
}

Json SarifResult(const Finding& finding, const Sources& sources, std::size_t rule) {
  const Region region = RegionOf(finding, sources);
  Json place;
  place["artifactLocation"]["uri"] = Uri(sources.Get(finding.span.source).name);
  place["region"] = {{"startLine", region.begin.line},
                     {"startColumn", region.begin.column},
                     {"endLine", region.end.line},
                     {"endColumn", region.end.column}};
  Json json;
  json["ruleId"] = finding.rule;
  json["ruleIndex"] = rule;
  json["level"] = SeverityWord(finding.severity);
  json["message"]["text"] = OneText(finding);
  json["locations"] = Json::array({{{"physicalLocation", std::move(place)}}});
  return json;
}

// GitHub's workflow commands: these bytes end a value or the command.
std::string Escaped(std::string_view text, bool property) {
  std::string escaped;
  for (const char byte : text) {
    const bool special =
        byte == '%' || byte == '\r' || byte == '\n' || (property && (byte == ':' || byte == ','));
    escaped += special ? fmt::format("%{:02X}", static_cast<unsigned char>(byte)) : std::string(1, byte);
  }
  return escaped;
}

std::string Indented(std::string_view text) {
  std::string lines = "    ";
  for (const char byte : text) lines += byte == '\n' ? std::string("\n    ") : std::string(1, byte);
  return lines + "\n";
}

}  // namespace

std::string_view SeverityWord(Severity severity) {
  switch (severity) {
    case Severity::Note:
      return "note";
    case Severity::Warning:
      return "warning";
    case Severity::Error:
      return "error";
  }
  return "";
}

void PrintText(const std::vector<Finding>& findings, const Sources& sources, std::ostream& out) {
  for (const Finding& finding : findings) {
    const LineColumn place = sources.Locate(finding.span.source, finding.span.begin);
    const QuotedLine quoted = QuoteLine(sources, finding.span);
    out << fmt::format("{}:{}:{}: {}: {} [{}]\n{}\n{}\n", sources.Get(finding.span.source).name, place.line,
                       place.column, SeverityWord(finding.severity), finding.message, finding.rule,
                       quoted.line, quoted.caret);
    if (!finding.instead.empty()) out << "    better: " << finding.instead << "\n";
  }
}

std::string JsonText(const std::vector<Finding>& findings, const Sources& sources) {
  Json report;
  report["schema_version"] = 1;
  report["findings"] = Json::array();
  for (const Finding& finding : findings) {
    const Region region = RegionOf(finding, sources);
    Json one;
    one["rule"] = finding.rule;
    one["severity"] = SeverityWord(finding.severity);
    one["file"] = sources.Get(finding.span.source).name;
    one["line"] = region.begin.line;
    one["column"] = region.begin.column;
    one["end_line"] = region.end.line;
    one["end_column"] = region.end.column;
    one["message"] = finding.message;
    one["instead"] = finding.instead.empty() ? Json(nullptr) : Json(finding.instead);
    report["findings"].push_back(std::move(one));
  }
  return Dump(report);
}

std::string SarifText(const std::vector<Finding>& findings, const Sources& sources,
                      std::string_view version) {
  std::map<std::string_view, std::size_t> rules;
  for (const Finding& finding : findings) rules.emplace(finding.rule, 0);
  Json driver;
  driver["name"] = "schemac";
  driver["version"] = version;
  driver["rules"] = Json::array();
  for (auto& [id, index] : rules) {
    index = driver["rules"].size();
    driver["rules"].push_back(SarifRule(*FindRule(id)));
  }
  Json run;
  run["tool"]["driver"] = std::move(driver);
  run["columnKind"] = "unicodeCodePoints";
  run["results"] = Json::array();
  for (const Finding& finding : findings) {
    run["results"].push_back(SarifResult(finding, sources, rules.at(finding.rule)));
  }
  Json log;
  log["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  log["version"] = "2.1.0";
  log["runs"] = Json::array({std::move(run)});
  return Dump(log);
}

std::string GithubText(const std::vector<Finding>& findings, const Sources& sources) {
  std::string text;
  for (const Finding& finding : findings) {
    const Region region = RegionOf(finding, sources);
    const std::string_view command =
        finding.severity == Severity::Note ? "notice" : SeverityWord(finding.severity);
    text +=
        fmt::format("::{} file={},line={},endLine={},col={},title={}::{}\n", command,
                    Escaped(sources.Get(finding.span.source).name, true), region.begin.line, region.end.line,
                    region.begin.column, Escaped(finding.rule, true), Escaped(OneText(finding), false));
  }
  return text;
}

std::string Explanation(const Rule& rule) {
  std::string text =
      fmt::format("{} ({}{})\n{}\n\n{}\n", rule.id, SeverityWord(rule.severity),
                  rule.by_default ? "" : "; off unless --enable names it", rule.summary, rule.why);
  if (!rule.instead.empty()) text += fmt::format("\nbetter: {}\n", rule.instead);
  if (!rule.schema.empty()) text += "\nwhere there is\n" + Indented(rule.schema);
  return text + "\nfound in\n" + Indented(rule.unsafe) + "\nnot found in\n" + Indented(rule.safe);
}

std::string RuleList() {
  std::string text;
  for (const Rule* rule : Rules()) {
    text += fmt::format("{:<36} {:<8} {}{}\n", rule->id, SeverityWord(rule->severity), rule->summary,
                        rule->by_default ? "" : " (off)");
  }
  return text;
}

}  // namespace schemac::lint
