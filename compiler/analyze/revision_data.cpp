#include <fmt/format.h>

#include "compiler/analyze/revision.h"
#include "compiler/analyze/targets.h"
#include "compiler/sql/dedent.h"
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
  // The table is named in full; this is about the other names, so it stands aside.
  const std::string others = "UPDATE \"-\".\"-\" " + std::string(context.Text(rest));
  const auto named = sql::ReferencesOfStatements(others, context.ScopeOf(where));
  if (named && !MeansTheSameAnywhere(context, others, where, *named, backfill.span)) return;
  schema::DataStep step;
  std::string assignments = Trimmed(context.Text(rest));
  if (sql::Tokens(assignments).IsWord(0, "set")) assignments.replace(0, 3, "SET");
  step.up = fmt::format("UPDATE {} {}", QuoteQualified(table->schema, table->name), assignments);
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
  if (!CheckStatements(context, block.up, where, &step.references)) return;
  step.up = sql::Dedented(block.up.text);
  if (block.down) {
    if (!CheckStatements(context, *block.down, where, nullptr)) return;
    step.down = sql::Dedented(block.down->text);
  }
  context.intent.data_steps.push_back(std::move(step));
}

}  // namespace schemac::analyze
