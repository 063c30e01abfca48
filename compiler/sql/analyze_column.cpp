// Column names to the columns they mean.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "compiler/sql/analyzer.h"
#include "compiler/sql/nodes.h"
#include "compiler/support/quote.h"

namespace schemac::sql {
namespace {

bool IsSystemColumn(std::string_view name) {
  for (const std::string_view known : {"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"}) {
    if (name == known) return true;
  }
  return false;
}

RangeColumn ColumnOfRow(const RangeEntry& entry, const schema::Column& column) {
  const schema::QualifiedName& table = entry.row->name;
  return {column.name, KeyOf(column.type), column.type.modifiers, entry.key,
          schema::ObjectAddress{schema::ObjectKind::Column, table.schema, table.name, column.name}};
}

}  // namespace

// The token of the n-th part of the dotted name at the location.
std::pair<std::size_t, std::size_t> Analyzer::NameToken(int location, std::size_t part) const {
  if (location < 0) return {0, 0};
  const std::size_t index = tokens_.IndexAt(static_cast<std::size_t>(location));
  if (index + 2 * part >= tokens_.tokens().size() ||
      tokens_.tokens()[index].begin != static_cast<std::size_t>(location))
    return {0, 0};
  const Token& token = tokens_.tokens()[index + 2 * part];
  return {token.begin, token.end};
}

Term* Analyzer::ColumnTerm(const RangeColumn& column, std::size_t begin, std::size_t end) {
  Term* term = terms_.Node("col", column.type);
  term->modifiers = column.modifiers;
  term->value = column.key;
  if (column.target) {
    term->mention = Mention{*column.target, begin, end};
    if (end > begin) mentions_.push_back(*term->mention);
  }
  return term;
}

std::optional<RangeColumn> Analyzer::FindColumn(const RangeEntry& entry, std::string_view name) {
  if (entry.row != nullptr) {
    const schema::Column* column = entry.row->FindColumn(name);
    return column == nullptr ? std::nullopt : std::optional(ColumnOfRow(entry, *column));
  }
  const auto found = std::ranges::find(entry.columns, name, &RangeColumn::name);
  return found == entry.columns.end() ? std::nullopt : std::optional(*found);
}

const std::vector<RangeColumn>& Analyzer::ColumnsOf(const RangeEntry& entry) {
  if (entry.row == nullptr) return entry.columns;
  std::vector<RangeColumn>& columns = rows_.emplace_back();
  for (const schema::Column& column : entry.row->columns) columns.push_back(ColumnOfRow(entry, column));
  return columns;
}

Term* Analyzer::VisibleTerm(const VisibleColumn& column, std::size_t begin, std::size_t end) {
  Term* term = ColumnTerm(*column.column, begin, end);
  if (column.other == nullptr) return term;
  Term* other = ColumnTerm(*column.other, begin, end);
  return terms_.Node("coalesce", term->type, {term, other});
}

Term* Analyzer::RowTerm(const RangeEntry& entry) {
  Term* term = terms_.Node("row-of", {});
  term->value = entry.key;
  if (entry.relation) {
    term->mention = Mention{*entry.relation, 0, 0};
    term->type = entry.relation->schema + '\x02' + entry.relation->name;
  }
  return term;
}

const RangeEntry* Analyzer::FindEntry(std::string_view schema, std::string_view alias) const {
  for (const Level* level = level_; level != nullptr; level = level->parent) {
    for (const RangeEntry& entry : level->entries) {
      if (entry.alias == alias && (schema.empty() || entry.schema == schema)) return &entry;
    }
  }
  return nullptr;
}

Term* Analyzer::UnknownColumn(const std::string& name, const PgQuery__ColumnRef& reference) {
  bool known = true;
  std::vector<std::string> candidates;
  for (const Level* level = level_; level != nullptr; level = level->parent) {
    for (const RangeEntry& entry : level->entries) {
      known = known && entry.known;
      for (const RangeColumn& column : ColumnsOf(entry)) candidates.push_back(column.name);
    }
  }
  if (known && !lenient) {
    const std::string near = Nearest(name, candidates);
    const std::string in = scope_.table != nullptr && level_ == &root_
                               ? fmt::format(" in table \"{}\"", scope_.table->name.name)
                               : "";
    Report(DiagnosticKind::UnknownColumn, fmt::format("no column \"{}\"{}", name, in), reference.location,
           near.empty() ? "" : fmt::format("write {}", QuoteIdentifier(near)));
  }
  Term* term = terms_.Node("name", {});
  for (std::size_t i = 0; i < reference.n_fields; ++i) {
    if (i > 0) term->value += '.';
    term->value += StringOf(*reference.fields[i]);
  }
  return term;
}

Term* Analyzer::FindUnqualified(const std::string& name, const PgQuery__ColumnRef& reference) {
  const auto [begin, end] = NameToken(reference.location, 0);
  for (const Level* level = level_; level != nullptr; level = level->parent) {
    for (const FromItem& item : level->items) {
      for (const VisibleColumn& column : item.columns) {
        if (column.column->name == name) return VisibleTerm(column, begin, end);
      }
      for (const RangeEntry* entry : item.entries) {
        if (entry->row == nullptr) continue;
        if (const auto column = FindColumn(*entry, name)) return ColumnTerm(*column, begin, end);
      }
    }
    if (IsSystemColumn(name) && !level->entries.empty()) {
      return ColumnTerm({name, {}, {}, level->entries.front().key + "." + name, std::nullopt}, 0, 0);
    }
  }
  if (const RangeEntry* entry = FindEntry("", name)) {
    Term* term = RowTerm(*entry);
    if (entry->relation && entry->alias == entry->relation->name && end > begin)
      mentions_.push_back({*entry->relation, begin, end});
    return term;
  }
  return UnknownColumn(name, reference);
}

Term* Analyzer::FindQualified(const std::vector<std::string>& parts, const PgQuery__ColumnRef& reference) {
  const std::size_t last = parts.size() - 1;
  const std::string schema = parts.size() > 2 ? parts[last - 2] : "";
  const RangeEntry* entry = FindEntry(schema, parts[last - 1]);
  if (entry == nullptr) {
    // `composite_column.field` needs parentheses, so this names no relation of the query.
    if (!lenient) {
      Report(DiagnosticKind::UnknownName, fmt::format("no table \"{}\" in the query", parts[last - 1]),
             reference.location);
    }
    Term* term = terms_.Node("name", {});
    for (const std::string& part : parts) term->value += "." + part;
    return term;
  }
  // The qualifier names the table itself unless an alias hides it.
  if (entry->relation && !entry->schema.empty()) Mentioned(*entry->relation, reference.location, last);
  const auto [begin, end] = NameToken(reference.location, last);
  if (const auto column = FindColumn(*entry, parts[last])) return ColumnTerm(*column, begin, end);
  if (entry->known && !IsSystemColumn(parts[last])) return UnknownColumn(parts[last], reference);
  return ColumnTerm({parts[last], {}, {}, entry->key + "." + parts[last], std::nullopt}, begin, end);
}

Term* Analyzer::Column(const PgQuery__ColumnRef& reference) {
  std::vector<std::string> parts;
  bool star = false;
  for (std::size_t i = 0; i < reference.n_fields; ++i) {
    if (reference.fields[i]->node_case == PG_QUERY__NODE__NODE_A_STAR) {
      star = true;
    } else {
      parts.emplace_back(StringOf(*reference.fields[i]));
    }
  }
  if (star) {  // count(t.*), row(t.*): the whole row.
    const RangeEntry* entry =
        parts.empty() ? nullptr : FindEntry(parts.size() > 1 ? parts[parts.size() - 2] : "", parts.back());
    return entry == nullptr ? terms_.Node("star", {}) : RowTerm(*entry);
  }
  if (parts.empty()) return NullTerm();
  return parts.size() == 1 ? FindUnqualified(parts.front(), reference) : FindQualified(parts, reference);
}

}  // namespace schemac::sql
