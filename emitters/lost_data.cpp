#include "emitters/lost_data.h"

#include "compiler/support/quote.h"

namespace schemac::emitters {

std::string WhatIsLost(const plan::Step& step) {
  if (const auto* drop = std::get_if<plan::DropObject>(&step.action))
    return schema::Describe(schema::AddressOf(drop->object));
  if (const auto* row = std::get_if<plan::DeleteRow>(&step.action)) {
    return "a row of table " + QuoteQualified(row->row.table.schema, row->row.table.name);
  }
  const auto* alter = std::get_if<plan::AlterTable>(&step.action);
  if (alter == nullptr) return schema::Describe(step.subject);
  std::string lost;
  for (const plan::TableAction& action : alter->actions) {
    std::string column;
    if (const auto* drop = std::get_if<plan::DropColumn>(&action)) column = drop->column.name;
    if (const auto* type = std::get_if<plan::SetColumnType>(&action)) column = type->column;
    if (column.empty()) continue;
    if (!lost.empty()) lost += ", ";
    lost += schema::Describe({schema::ObjectKind::Column, alter->table.schema, alter->table.name, column});
  }
  return lost.empty() ? schema::Describe(step.subject) : lost;
}

}  // namespace schemac::emitters
