#include "tests/plan/planned.h"

#include <gtest/gtest.h>

#include "compiler/sql/interpret.h"
#include "compiler/support/overloaded.h"
#include "compiler/support/quote.h"
#include "schema/diff/apply.h"
#include "schema/diff/diff.h"

namespace schemac::plan {
namespace {

std::string Line(const TableAction& action) {
  return std::visit(
      Overloaded{
          [](const AddColumn& it) {
            return "add column " + it.column.name + (it.column.not_null ? " not null" : "") +
                   (it.column.default_value ? " default" : "");
          },
          [](const DropColumn& it) { return "drop column " + it.column.name; },
          [](const SetColumnType& it) {
            return "type " + it.column + " " + FormatType(it.type) +
                   (it.using_expression ? " using " + it.using_expression->text : "");
          },
          [](const SetDefault& it) { return "set default " + it.column + " " + it.value.text; },
          [](const DropDefault& it) { return "drop default " + it.column; },
          [](const SetNotNull& it) { return "set not null " + it.column; },
          [](const DropNotNull& it) { return "drop not null " + it.column; },
          [](const AddIdentity& it) { return "add identity " + it.column; },
          [](const SetIdentity& it) { return "set identity " + it.column; },
          [](const DropIdentity& it) { return "drop identity " + it.column; },
          [](const DropExpression& it) { return "drop expression " + it.column; },
          [](const SetStorage& it) { return "storage " + it.column + " " + it.storage; },
          [](const SetCompression& it) { return "compression " + it.column + " " + it.compression; },
          [](const SetColumnStatistics& it) { return "statistics " + it.column; },
          [](const SetColumnOptions& it) { return "column options " + it.column; },
          [](const AddConstraint& it) {
            return "add constraint " + it.constraint.name + (it.not_valid ? " not valid" : "") +
                   (it.using_index.empty() ? "" : " using " + it.using_index);
          },
          [](const DropConstraint& it) { return "drop constraint " + it.constraint.name; },
          [](const ValidateConstraint& it) { return "validate " + it.name; },
          [](const AlterConstraintDeferral& it) { return "deferral " + it.constraint.name; },
          [](const SetOptions&) { return std::string("options"); },
          [](const SetRowSecurity& it) { return std::string(it.enable ? "enable rls" : "disable rls"); },
          [](const SetForceRowSecurity&) { return std::string("force rls"); },
          [](const SetLogged& it) { return std::string(it.logged ? "logged" : "unlogged"); },
          [](const SetReplicaIdentity& it) { return "replica identity " + it.identity; },
          [](const SetClustered& it) { return "cluster on " + it.index; },
          [](const SetAccessMethod&) { return std::string("access method"); },
          [](const SetTablespace&) { return std::string("tablespace"); },
          [](const AttachPartition& it) { return "attach " + it.partition.name; },
          [](const DetachPartition& it) { return "detach " + it.partition.name; },
          [](const Inherit& it) { return (it.inherit ? "inherit " : "no inherit ") + it.parent.name; },
          [](const SetTriggerFiring& it) { return "firing of " + it.trigger; },
          [](const SetRuleFiring& it) { return "firing of " + it.rule; },
      },
      action);
}

std::string Named(const schema::Object& object) {
  const schema::ObjectAddress address = AddressOf(object);
  return std::string(schema::KindWord(address.kind)) + " " + OwnName(address);
}

std::string Line(const AlterTable& alter) {
  std::string line = alter.table.name + ":";
  for (const TableAction& action : alter.actions) line += " " + Line(action);
  return line;
}

template <typename Grants>
std::string Line(const char* word, const Grants& grants) {
  std::string line = word;
  for (const schema::Privilege& privilege : grants.privileges) line += " " + privilege.privilege;
  return line + " on " + OwnName(grants.address);
}

std::string Line(const Action& action) {
  return std::visit(
      Overloaded{
          [](const CreateObject& it) {
            return std::string(it.or_replace ? "replace " : "create ") + Named(it.object) +
                   (it.concurrently ? " concurrently" : "");
          },
          [](const DropObject& it) {
            return "drop " + Named(it.object) + (it.concurrently ? " concurrently" : "");
          },
          [](const RenameObject& it) {
            const std::string what = IsLabel(it.from) ? "rename label " : "rename ";
            return what + OwnName(it.from) + " to " + OwnName(it.to);
          },
          [](const AlterTable& it) { return Line(it); },
          [](const AddEnumLabel& it) {
            return "add label " + it.label + (it.before.empty() ? "" : " before " + it.before) +
                   (it.after.empty() ? "" : " after " + it.after);
          },
          [](const AlterSequence& it) { return "alter sequence " + it.to.name.name; },
          [](const AlterDomain& it) { return "alter domain " + it.to.name.name; },
          [](const AlterComposite& it) { return "alter type " + it.to.name.name; },
          [](const AlterExtension& it) { return "alter extension " + it.to.name; },
          [](const AlterEventTriggerFiring&) { return std::string("firing of event trigger"); },
          [](const AlterStatisticsTarget&) { return std::string("statistics target"); },
          [](const SetComment& it) { return "comment on " + OwnName(it.address) + " '" + it.text + "'"; },
          [](const Grant& it) { return Line("grant", it); },
          [](const Revoke& it) { return Line("revoke", it); },
          [](const AlterDefaultPrivileges&) { return std::string("default privileges"); },
          [](const UpdateRows& it) {
            return "update " + it.table.name + " set " + it.column + " = " + it.value.text;
          },
          [](const InsertRow& it) { return "insert " + it.row.table.name + " " + it.row.key; },
          [](const UpdateRow& it) { return "update row " + it.to.table.name + " " + it.to.key; },
          [](const DeleteRow& it) { return "delete " + it.row.table.name + " " + it.row.key; },
          [](const RunSql& it) { return "sql " + it.sql; },
          [](const CannotUndo& it) { return "cannot undo " + it.what; },
      },
      action);
}

}  // namespace

schema::Catalog CatalogOf(const std::string& sql) {
  Sources sources;
  const SourceId source = sources.Add("test.sql", sql);
  schema::Catalog catalog = schema::Catalog::Empty();
  DiagnosticSink sink;
  sql::Interpret(source, sources, catalog, {}, sink);
  for (const Diagnostic& diagnostic : sink.diagnostics())
    ADD_FAILURE() << diagnostic.message << "\nin: " << sql;
  return catalog;
}

schema::Expression ExpressionOf(std::string text) {
  schema::Expression expression;
  expression.canonical = text;
  expression.text = std::move(text);
  return expression;
}

std::vector<std::string> LinesOf(const Plan& plan) {
  std::vector<std::string> lines;
  for (const Batch& batch : plan.batches) {
    if (!batch.transaction) {
      lines.emplace_back("-- outside");
    } else if (!lines.empty()) {
      lines.emplace_back("--");
    }
    for (const Step& step : batch.steps) lines.push_back(Line(step.action));
  }
  return lines;
}

Planned PlanOf(const std::string& from, const std::string& to, const Settings& settings) {
  const schema::Catalog before = CatalogOf(from);
  const schema::Catalog after = CatalogOf(to);
  auto diff = schema::Compare(before, after, settings.intent);
  Planned planned;
  if (!diff) {
    planned.errors.push_back("diff: " + diff.error().message);
    return planned;
  }
  DiagnosticSink sink;
  planned.plan = settings.backwards ? MakePlan(after, before, schema::Invert(*diff), settings.options, sink)
                                    : MakePlan(before, after, *diff, settings.options, sink);
  planned.lines = LinesOf(planned.plan);
  for (const Diagnostic& diagnostic : sink.diagnostics()) {
    planned.errors.push_back(std::string(DiagnosticId(diagnostic.kind)) + ": " + diagnostic.message);
  }
  return planned;
}

}  // namespace schemac::plan
