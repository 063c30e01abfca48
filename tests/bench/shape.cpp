#include "tests/bench/shape.h"

#include <fmt/format.h>

namespace schemac::bench {

namespace {

constexpr std::size_t kTablesOfAnEnum = 10;
constexpr std::size_t kOneIn = 20;

// Changes of five kinds, in turn.
void ChangeTable(TableShape& table, std::size_t kind) {
  switch (kind % 5) {
    case 0:
      table.has_region = true;
      break;
    case 1:
      table.code_length = 80;
      break;
    case 2:
      table.wide_index = true;
      break;
    case 3:
      table.least_quantity = 1;
      break;
    default:
      table.quantity_default = 2;
      break;
  }
}

}  // namespace

Shape MakeShape(std::size_t tables, Change change) {
  Shape shape;
  const bool many = change == Change::FivePercent;
  for (std::size_t i = 0; i * kTablesOfAnEnum < tables; ++i) {
    shape.enums.push_back({i, {"new", "open", "held", "closed"}});
    if (many && i % kOneIn == kOneIn / 2) shape.enums.back().labels.emplace_back("archived");
  }
  for (std::size_t i = 0; i < tables; ++i) {
    TableShape table;
    table.number = i;
    table.status = i / kTablesOfAnEnum;
    // Near and far, always to a table that stands before.
    table.owner = i == 0 ? 0 : (i * 2654435761U >> 8U) % i;
    if (many && i % kOneIn == kOneIn / 2) ChangeTable(table, i / kOneIn);
    if (change == Change::OneColumn && i == tables / 2) table.has_region = true;
    shape.tables.push_back(table);
  }
  return shape;
}

std::string TableName(std::size_t number) { return fmt::format("account_{:05}", number); }
std::string EnumName(std::size_t number) { return fmt::format("status_{:05}", number); }

std::string JoinLabels(const EnumShape& type, std::string_view quote) {
  std::string text;
  for (const std::string& label : type.labels) {
    text += fmt::format("{}{}{}{}", text.empty() ? "" : ", ", quote, label, quote);
  }
  return text;
}

}  // namespace schemac::bench
