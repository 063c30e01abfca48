// A revision as Markdown, made of its JSON report, so that both say the same.
#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "compiler/driver/report.h"
#include "compiler/driver/words.h"

namespace schemac {
namespace {

using Json = nlohmann::ordered_json;

std::size_t LongestRun(std::string_view text, char of) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char byte : text) {
    run = byte == of ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

// A code span that any text fits in, also in a table.
std::string Code(std::string_view text) {
  const std::string fence(LongestRun(text, '`') + 1, '`');
  const bool touches = text.starts_with('`') || text.ends_with('`');
  std::string inner;
  for (const char byte : OneLine(text)) inner += byte == '|' ? std::string("\\|") : std::string(1, byte);
  return fence + (touches ? " " : "") + inner + (touches ? " " : "") + fence;
}

// Words of a person, of which Markdown and HTML shall make nothing.
std::string Plain(std::string_view text) {
  constexpr std::string_view kSpecial = "\\`*_{}[]()<>#+-!|~&";
  std::string plain;
  for (const char byte : OneLine(text)) {
    if (kSpecial.find(byte) != std::string_view::npos) plain += '\\';
    plain += byte;
  }
  return plain;
}

std::string Folded(std::string_view title, const std::string& sql) {
  const std::string fence(std::max<std::size_t>(3, LongestRun(sql, '`') + 1), '`');
  return fmt::format("\n<details><summary>{}</summary>\n\n{}sql\n{}{}\n\n</details>\n", title, fence, sql,
                     fence);
}

std::string Changes(const Json& changes) {
  std::string text = "\n### Changes\n\n";
  if (changes.empty()) text += "None: the revision changes no schema.\n";
  for (const Json& change : changes) {
    text += fmt::format("- {} {} {}", change["action"].get<std::string>(), change["kind"].get<std::string>(),
                        Code(change["object"].get<std::string>()));
    if (change.contains("new_name")) text += " to " + Code(change["new_name"].get<std::string>());
    std::vector<std::string> details;
    for (const Json& detail : change["details"]) details.push_back(Code(detail.get<std::string>()));
    if (!details.empty()) text += fmt::format(": {}", fmt::join(details, ", "));
    text += "\n";
  }
  return text;
}

std::string Locks(const Json& statements) {
  std::string rows;
  for (const Json& statement : statements) {
    if (statement["lock"].is_null()) continue;
    std::vector<std::string> work;
    if (statement["rewrite"].get<bool>()) work.emplace_back("writes the table anew");
    if (statement["scan"].get<bool>()) work.emplace_back("reads every row");
    if (!statement["in_transaction"].get<bool>()) work.emplace_back("outside a transaction");
    const auto sql = statement["sql"].get<std::string>();
    rows += fmt::format("| {} | {} | {} | {} |\n", Code(statement["object"].get<std::string>()),
                        statement["lock"].get<std::string>(), fmt::join(work, ", "),
                        Code(sql.substr(0, sql.find('\n'))));
  }
  if (rows.empty()) return "\n### Locks\n\nNone on tables that exist.\n";
  return "\n### Locks\n\n| object | lock | meanwhile | statement |\n|---|---|---|---|\n" + rows;
}

std::string Losses(const Json& statements) {
  std::string text;
  for (const Json& statement : statements) {
    const bool loses = statement["data_loss"].get<bool>();
    if (!loses && statement["hazard"].is_null()) continue;
    text += fmt::format(
        "- {}{}{}\n", loses ? "**loses data**: " : "",
        Code(statement[loses ? "lost" : "object"].get<std::string>()),
        statement["hazard"].is_null() ? "" : fmt::format(" ({})", statement["hazard"].get<std::string>()));
  }
  return text;
}

}  // namespace

std::string MarkdownReport(const ReportHeader& header, const std::string& message,
                           const Migration& migration) {
  const Json report = Json::parse(JsonReport(header, migration));
  std::string text = fmt::format("## {}{}\n\nFrom {}.\n", Code(header.to),
                                 message.empty() ? "" : ": " + Plain(message), Code(header.from));
  text += Changes(report["changes"]) + Locks(report["statements"]);
  const std::string up = Losses(report["statements"]);
  const std::string down = Losses(report["downgrade_statements"]);
  text += "\n### Data\n\n" + (up.empty() ? "The upgrade loses nothing.\n" : up);
  text += "\n" + (down.empty() ? "The downgrade loses nothing.\n" : "The downgrade:\n\n" + down);
  return text + Folded("Upgrade", migration.up.text) + Folded("Downgrade", migration.down.text);
}

}  // namespace schemac
