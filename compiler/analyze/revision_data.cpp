#include <fmt/format.h>

#include "compiler/analyze/revision.h"
#include "compiler/analyze/targets.h"
#include "compiler/sql/qualify.h"
#include "compiler/sql/tokens.h"
#include "compiler/support/quote.h"

namespace schemac::analyze {
namespace {

std::string Trimmed(std::string_view text) {
  const std::string_view blanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(blanks) + 1 - begin));
}

}  // namespace

void AddBackfill(Context& context, const ast::Backfill& backfill, const Namespace& where) {
  const auto table = context.FindRelation(backfill.table, where);
  if (!table) return;
  const Span rest{backfill.text.span.source, backfill.table.span.end, backfill.text.span.end};
  SqlTemplate sql(context.sources, backfill.table.span);
  sql.Add("UPDATE").Add(QuoteQualified(table->schema, table->name), backfill.table.span);
  sql.AddSource({rest.source, rest.begin, rest.end});
  auto references = sql::ReferencesOfStatements(sql.text(), context.ScopeOf(where));
  if (!references) return context.Report(references.error(), sql);
  schema::DataStep step;
  std::string assignments = Trimmed(context.Text(rest));
  if (sql::Tokens(assignments).IsWord(0, "set")) assignments.replace(0, 3, "SET");
  const auto qualified = sql::QualifyStatements(
      fmt::format("UPDATE {} {}", QuoteQualified(table->schema, table->name), assignments),
      context.ScopeOf(where));
  if (!qualified) {
    return context.Report(Diagnostic(qualified.error().kind, backfill.span, qualified.error().message)
                              .Fix(qualified.error().fix));
  }
  if (!MeansTheSameAnywhere(context, *qualified, where, *references, backfill.span)) return;
  step.up = *qualified;
  // A comment at the end must not swallow the semicolon.
  step.up += step.up.find("--") == std::string::npos ? ";" : "\n;";
  step.title = "backfill of " + QuoteQualified(table->schema, table->name);
  step.needs_undo = false;
  step.references = *std::move(references);
  context.intent.data_steps.push_back(std::move(step));
}

void AddSqlBlock(Context& context, const ast::SqlBlock& block, const Namespace& where) {
  schema::DataStep step;
  step.title = block.title.text;
  std::optional<std::string> up = QualifiedStatements(context, block.up, where, &step.references);
  if (!up) return;
  step.up = *std::move(up);
  if (block.down) {
    step.down = QualifiedStatements(context, *block.down, where, nullptr);
    if (!step.down) return;
  }
  context.intent.data_steps.push_back(std::move(step));
}

}  // namespace schemac::analyze
