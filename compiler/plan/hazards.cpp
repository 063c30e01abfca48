// What is not planned without leave: loss of data, and statements that rows would refuse.
#include "compiler/plan/work.h"
#include "compiler/support/quote.h"
#include "schema/domains.h"

namespace schemac::plan {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;

void RefuseLoss(Work& work, const std::string& what, const std::string& hazard) {
  if (Allowed(work, hazard)) return;
  work.Refuse(DiagnosticKind::DataLoss, what + "; --allow " + hazard + " allows it");
}

void CheckObject(Work& work, const ObjectAddress& address, const ObjectFate& fate) {
  if (!work.Goes(address)) return;
  if (address.kind == ObjectKind::Table) {
    RefuseLoss(work, "dropping " + Describe(address) + " loses its rows", "drop-table");
  } else if (address.kind == ObjectKind::Schema) {
    RefuseLoss(work, "dropping " + Describe(address) + " loses what it may hold besides", "drop-schema");
  } else if (address.kind == ObjectKind::Extension) {
    RefuseLoss(work, "dropping " + Describe(address) + " loses what is made with it", "drop-extension");
  } else if (fate.retyped && !LostLabels(fate).empty()) {
    RefuseLoss(work,
               "rows may hold " + ListOfLabels(LostLabels(fate)) + ", which " + Describe(address) +
                   " loses; say what they become (map to)",
               "drop-label");
  }
}

void RefuseWithoutValue(Work& work, const ObjectAddress& column, bool is_new) {
  if (Allowed(work, "required-column")) return;
  const std::string answer = "`backfill` in the model, or --backfill " +
                             QuoteQualified(column.schema, column.name) + "." +
                             QuoteIdentifier(column.member) + "=EXPRESSION, or --allow required-column if ";
  work.Refuse(DiagnosticKind::RequiredColumn,
              is_new
                  ? "new " + Describe(column) +
                        " is NOT NULL, and rows that exist have no value for it: give it a default, or " +
                        answer + "the table is empty"
                  : Describe(column) + " becomes NOT NULL, and rows may hold NULL: say what those get by " +
                        answer + "none does");
}

// Not even a downgrade goes without: it would stop at the first row.
void RefuseWithoutConversion(Work& work, const ObjectAddress& column, const ColumnFate& fate) {
  const std::set<std::string>& allowed = work.options.allowed;
  if (allowed.contains("convert-type") || allowed.contains("all")) return;
  work.Refuse(DiagnosticKind::NoConversion,
              Describe(column) + " changes from " + FormatType(fate.before->type) + " to " +
                  FormatType(fate.after->type) + ", and PostgreSQL has no conversion between them",
              "say how the rows are converted: using (…); or --allow convert-type if the table is empty");
}

// A domain's values are those of the type it stands on. One that is made anew under its name is converted by
// way of text, whatever it stands on.
bool HasConversionIn(const Work& work, const schema::Type& from, const schema::Type& to) {
  return HasConversion(from, to) &&
         ((from.schema == to.schema && from.name == to.name) ||
          HasConversion(WithoutDomains(work.source, from), WithoutDomains(work.target, to)));
}

void CheckColumn(Work& work, const ObjectAddress& address, const ColumnFate& fate) {
  const bool gone = fate.fate == Fate::Drop || fate.fate == Fate::Replace;
  const auto kept = work.options.kept.find(address);
  if (gone && kept != work.options.kept.end()) {
    const std::string lost = LostByNarrowing(fate.before->type, kept->second.type);
    if (!lost.empty()) {
      RefuseLoss(work,
                 "dropping " + Describe(address) + " loses " + lost + ", which column " +
                     QuoteIdentifier(kept->second.column) + " does not hold",
                 "narrow-type");
    }
  } else if (gone && !fate.before->generated) {
    RefuseLoss(work, "dropping " + Describe(address) + " loses its values", "drop-column");
  }
  if (fate.fate == Fate::Alter && fate.converts && !fate.conversion.up) {
    if (!HasConversionIn(work, fate.before->type, fate.after->type)) {
      RefuseWithoutConversion(work, address, fate);
    }
    const std::string lost = LostByNarrowing(fate.before->type, fate.after->type);
    if (!lost.empty()) {
      RefuseLoss(work,
                 "changing " + Describe(address) + " from " + FormatType(fate.before->type) + " to " +
                     FormatType(fate.after->type) + " loses " + lost,
                 "narrow-type");
    }
  }
  if (LacksValue(work, address, fate)) RefuseWithoutValue(work, address, fate.before == nullptr);
}

// A table cannot be rewritten around the key that parts it (ATPrepAlterColumnType in tablecmds.c).
void CheckPartitionKeys(Work& work) {
  for (const auto& [address, fate] : work.columns) {
    if (!fate.converts || fate.fate != Fate::Alter) continue;
    const schema::Table* table = work.source.FindTable(address.qualified());
    if (table == nullptr || !table->partition_key) continue;
    for (const schema::Reference& reference : table->partition_key->elements.references) {
      if (reference.target != address) continue;
      work.Refuse(DiagnosticKind::CannotPlan,
                  "the type of " + Describe(address) + " changes, but it is part of the partition key");
      break;
    }
  }
}

}  // namespace

bool Allowed(const Work& work, const std::string& hazard) {
  return work.options.downgrade || work.options.allowed.contains(hazard) ||
         work.options.allowed.contains("all");
}

void CheckHazards(Work& work) {
  for (const auto& [address, fate] : work.objects) CheckObject(work, address, fate);
  for (const auto& [address, fate] : work.columns) CheckColumn(work, address, fate);
  CheckPartitionKeys(work);
}

}  // namespace schemac::plan
