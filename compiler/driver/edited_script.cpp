#include "compiler/driver/edited_script.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "compiler/driver/prove.h"
#include "compiler/driver/words.h"
#include "compiler/sql/interpret.h"
#include "compiler/sql/raw_statements.h"
#include "compiler/sql/statement_split.h"

namespace schemac {
namespace {

struct Statement {
  std::string text;
  std::string tokens;
};

// The ledger's row without the checksum, which differs whenever another statement does.
std::string WithoutChecksum(std::string tokens) {
  constexpr std::string_view kRow = "( revision , checksum ) values ( ";
  const std::size_t row = tokens.find(kRow);
  const std::size_t comma = row == std::string::npos ? row : tokens.rfind(" , '");
  if (tokens.starts_with("insert into ") && comma != std::string::npos && comma > row + kRow.size())
    tokens.resize(comma);
  return tokens;
}

std::vector<Statement> Split(std::string_view text) {
  std::vector<Statement> statements;
  sql::ScriptReader reader(text);
  sql::ScriptStatement statement;
  while (reader.Next(statement)) {
    const std::string_view words = text.substr(statement.begin, statement.end - statement.begin);
    statements.push_back({std::string(words), WithoutChecksum(sql::TokensOf(words))});
  }
  return statements;
}

bool SaysTheSame(const std::vector<Statement>& left, const std::vector<Statement>& right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](const Statement& a, const Statement& b) { return a.tokens == b.tokens; });
}

// Statements on rows, and those that may run any: `EXECUTE` and the like.
bool MovesRows(const Statement& statement) {
  static constexpr std::array<std::string_view, 12> kWords = {"insert",   "update", "delete",  "merge",
                                                              "truncate", "copy",   "select",  "with",
                                                              "do",       "call",   "execute", "values"};
  const std::string_view first = std::string_view(statement.tokens).substr(0, statement.tokens.find(' '));
  return std::find(kWords.begin(), kWords.end(), first) != kWords.end();
}

std::vector<Statement> OnRows(std::vector<Statement> statements) {
  std::erase_if(statements, [](const Statement& statement) { return !MovesRows(statement); });
  return statements;
}

std::string Shown(const Statement& statement) {
  constexpr std::size_t kWidth = 60;
  return statement.text.size() <= kWidth ? OneLine(statement.text)
                                         : OneLine(statement.text.substr(0, kWidth)) + "…";
}

std::string RowDifference(const std::vector<Statement>& edited, const std::vector<Statement>& compiled) {
  const std::vector<Statement> found = OnRows(edited);
  const std::vector<Statement> wanted = OnRows(compiled);
  std::size_t same = 0;
  while (same < found.size() && same < wanted.size() && found[same].tokens == wanted[same].tokens) ++same;
  if (same < wanted.size())
    return fmt::format("it does not run \"{}\" where its model diff does", Shown(wanted[same]));
  if (same < found.size())
    return fmt::format("it runs \"{}\", which its model diff does not", Shown(found[same]));
  return "";
}

// The state that the text leads to; "" in `fault`, or what is wrong with it.
schema::Catalog Run(Context& context, const std::string& path, const std::string& text, schema::Catalog state,
                    const sql::InterpretOptions& options, std::string& fault) {
  const SourceId source = context.sources.Add(path, text);
  DiagnosticSink sink;
  sql::Interpret(source, context.sources, state, options, sink);
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    if (diagnostic.severity == Severity::Error && fault.empty()) fault = diagnostic.message;
  }
  return state;
}

}  // namespace

std::string EditedDifference(Context& context, const std::string& path, const std::string& text,
                             const Direction& compiled, const schema::Catalog& start,
                             const schema::Catalog& end) {
  const std::vector<Statement> edited = Split(text);
  const std::vector<Statement> original = Split(compiled.text);
  if (SaysTheSame(edited, original)) return "";
  std::string rows = RowDifference(edited, original);
  if (!rows.empty()) return rows;
  // Both keep the same books, so those are no difference.
  const sql::InterpretOptions options = ReplayTo(context, end, compiled.plan);
  std::string fault;
  const schema::Catalog found = Run(context, path, text, start, options, fault);
  if (!fault.empty()) return fault;
  const schema::Catalog wanted =
      Run(context, "<compiled " + path + ">", compiled.text, start, options, fault);
  return fault.empty() ? FirstDifference(found, wanted) : fault;
}

}  // namespace schemac
