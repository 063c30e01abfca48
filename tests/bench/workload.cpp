#include "tests/bench/workload.h"

#include <string_view>

#include <fmt/format.h>

#include "tests/bench/shape.h"

namespace schemac::bench {

namespace {

// What the model and the DDL say in the same words.
std::string Columns(const TableShape& table, std::string_view end, std::string_view json) {
  std::string text;
  const auto column = [&](std::string_view name, std::string_view rest) {
    text += fmt::format("  {} {}{}\n", name, rest, end);
  };
  column("id", "bigint primary key");
  column("code", fmt::format("varchar({}) not null", table.code_length));
  column("name", "text not null");
  column("status", fmt::format("{} not null default 'new'", EnumName(table.status)));
  column("amount", "numeric(12,2) not null default 0");
  column("quantity", fmt::format("integer not null default {}", table.quantity_default));
  column("ratio", "double precision");
  column("is_active", "boolean not null default true");
  column("payload", fmt::format("jsonb not null default {}", json));
  column("note", "text");
  column("starts_on", "date");
  column("created_at", "timestamptz not null default now()");
  column("updated_at", "timestamptz not null default now()");
  column("owner_id", fmt::format("bigint references {} (id) on delete cascade", TableName(table.owner)));
  column("parent_id", fmt::format("bigint references {} (id)", TableName(table.number)));
  if (table.has_region) column("region", "text");
  return text;
}

std::string OwnerIndex(const TableShape& table) {
  return table.wide_index ? "owner_id, created_at, status" : "owner_id, created_at";
}

std::string ModelOf(const TableShape& table) {
  const std::string name = TableName(table.number);
  return fmt::format("table {} {{\n", name) + Columns(table, ";", "{}") +
         fmt::format(
             "  check {0}_quantity_check (quantity > {1});\n"
             "  check {0}_amount_check (amount >= 0 and amount < 1000000);\n"
             "  index {0}_code (code);\n  index {0}_owner ({2});\n"
             "  index {0}_status (status) where is_active;\n}}\n",
             name, table.least_quantity, OwnerIndex(table));
}

std::string SqlOf(const TableShape& table) {
  const std::string name = TableName(table.number);
  return fmt::format("CREATE TABLE {} (\n", name) + Columns(table, ",", "'{}'") +
         fmt::format(
             "  CONSTRAINT {0}_quantity_check CHECK (quantity > {1}),\n"
             "  CONSTRAINT {0}_amount_check CHECK (amount >= 0 AND amount < 1000000)\n);\n"
             "CREATE INDEX {0}_code ON {0} (code);\nCREATE INDEX {0}_owner ON {0} ({2});\n"
             "CREATE INDEX {0}_status ON {0} (status) WHERE is_active;\n",
             name, table.least_quantity, OwnerIndex(table));
}

}  // namespace

std::string Describe(std::size_t tables, Change change, Language language) {
  const Shape shape = MakeShape(tables, change);
  switch (language) {
    case Language::SqlAlchemy:
      return SqlAlchemyOf(shape);
    case Language::Django:
      return DjangoOf(shape);
    case Language::Drizzle:
      return DrizzleOf(shape);
    case Language::Model:
    case Language::Sql:
      break;
  }
  const bool model = language == Language::Model;
  std::string text;
  for (const EnumShape& type : shape.enums) {
    const std::string labels = JoinLabels(type, model ? "" : "'");
    text += model ? fmt::format("enum {} {{ {} }}\n", EnumName(type.number), labels)
                  : fmt::format("CREATE TYPE {} AS ENUM ({});\n", EnumName(type.number), labels);
  }
  for (const TableShape& table : shape.tables) text += model ? ModelOf(table) : SqlOf(table);
  return text;
}

}  // namespace schemac::bench
