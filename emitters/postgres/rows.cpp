#include <algorithm>

#include "emitters/expression_text.h"
#include "emitters/postgres/spelling.h"

namespace schemac::emitters::postgres {
namespace {

// `a = 1 AND b = 'x'`: the row by its key.
void WriteKey(const schema::SeedRow& row, SqlWriter& sql) {
  sql.Write("WHERE");
  for (std::size_t i = 0; i < row.key_columns.size(); ++i) {
    if (i > 0) sql.Write("AND");
    const auto value = row.values.find(row.key_columns[i]);
    sql.Name(row.key_columns[i]).Write("=");
    if (value == row.values.end()) {
      sql.Write("NULL");
    } else {
      sql.Sql(DefaultText(value->second.text));
    }
  }
}

}  // namespace

Statements UpdateRows(const plan::UpdateRows& step) {
  if (step.by_pages) return {BlockText(FillByPages(step))};
  SqlWriter sql;
  sql.Write("UPDATE").Name(step.table).Write("SET").Name(step.column).Write("=").Sql(step.value.text);
  if (step.only_null) sql.Write("WHERE").Name(step.column).Write("IS NULL");
  return {sql.Take()};
}

Statements InsertRow(const plan::InsertRow& step) {
  const schema::SeedRow& row = step.row;
  SqlWriter sql;
  sql.Write("INSERT INTO").Name(row.table);
  if (row.values.empty()) {
    sql.Write("DEFAULT VALUES");
  } else {
    std::vector<std::string> columns;
    for (const auto& [column, value] : row.values) columns.push_back(column);
    sql.NameList(columns);
    if (step.overriding_identity) sql.Write("OVERRIDING SYSTEM VALUE");
    sql.Break(1).Write("VALUES (");
    bool first = true;
    for (const auto& [column, value] : row.values) {
      if (!first) sql.Write(",");
      first = false;
      sql.Sql(value.text);
    }
    sql.Write(")");
  }
  if (!row.key_columns.empty())
    sql.Break(1).Write("ON CONFLICT").NameList(row.key_columns).Write("DO NOTHING");
  return {sql.Take()};
}

Statements UpdateRow(const schema::SeedRow& from, const schema::SeedRow& to) {
  SqlWriter sql;
  sql.Write("UPDATE").Name(to.table).Write("SET");
  bool first = true;
  const auto assign = [&](const std::string& column) -> SqlWriter& {
    if (!first) sql.Write(",");
    first = false;
    return sql.Name(column).Write("=");
  };
  for (const auto& [column, value] : to.values) {
    const auto former = from.values.find(column);
    if (former == from.values.end() || former->second != value) assign(column).Sql(value.text);
  }
  for (const auto& [column, value] : from.values) {
    if (!to.values.contains(column)) assign(column).Write("DEFAULT");
  }
  if (first) return {};
  WriteKey(from, sql);
  return {sql.Take()};
}

Statements DeleteRow(const schema::SeedRow& row) {
  SqlWriter sql;
  sql.Write("DELETE FROM").Name(row.table);
  WriteKey(row, sql);
  return {sql.Take()};
}

Statements Verbatim(const std::string& text) {
  std::size_t end = text.size();
  while (end > 0 && (text[end - 1] == ';' || text[end - 1] == ' ' || text[end - 1] == '\n' ||
                     text[end - 1] == '\t' || text[end - 1] == '\r')) {
    --end;
  }
  std::size_t begin = 0;
  while (begin < end && (text[begin] == '\n' || text[begin] == '\r')) ++begin;
  if (begin == end) return {};
  // The indentation of a first line goes with that of the others.
  if (text.find('\n', begin) >= end) begin = std::min(text.find_first_not_of(" \t", begin), end);
  std::string statement = text.substr(begin, end - begin);
  if (EndsInLineComment(statement)) statement += '\n';
  return {statement};
}

}  // namespace schemac::emitters::postgres
