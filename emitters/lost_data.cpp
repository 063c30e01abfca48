#include "emitters/lost_data.h"

#include "compiler/support/quote.h"

namespace schemac::emitters {

std::string WhatIsLost(const plan::Step& step) {
  if (!step.facts.lost.empty()) return step.facts.lost;
  if (const auto* drop = std::get_if<plan::DropObject>(&step.action))
    return schema::Describe(schema::AddressOf(drop->object));
  if (const auto* row = std::get_if<plan::DeleteRow>(&step.action)) {
    return "a row of table " + QuoteQualified(row->row.table.schema, row->row.table.name);
  }
  const auto* alter = std::get_if<plan::AlterTable>(&step.action);
  if (alter == nullptr) return schema::Describe(step.subject);
  std::string lost;
  for (const plan::TableAction& action : alter->actions) {
    const auto* drop = std::get_if<plan::DropColumn>(&action);
    if (drop == nullptr) continue;
    if (!lost.empty()) lost += ", ";
    lost += schema::Describe(
        {schema::ObjectKind::Column, alter->table.schema, alter->table.name, drop->column.name});
  }
  return lost.empty() ? schema::Describe(step.subject) : lost;
}

}  // namespace schemac::emitters
