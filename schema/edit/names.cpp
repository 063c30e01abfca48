#include "schema/edit/names.h"

#include <algorithm>
#include <set>

#include "compiler/support/check.h"
#include "compiler/support/quote.h"
#include "schema/edit/index_column_name.h"

namespace schemac::schema {

namespace {

// The longest prefix of at most `limit` bytes that splits no UTF-8 sequence (pg_mbcliplen).
std::string_view Clip(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0U) == 0x80U) --limit;
  return text.substr(0, limit);
}

bool Counted(const Catalog& catalog, bool is_taken) {
  if (is_taken) catalog.CountNumberedName();
  return is_taken;
}

// ChooseRelationName(): free among the relations of the schema, and among its constraints too if it will be
// one.
std::string ChooseRelationName(const Catalog& catalog, const std::string& schema, std::string_view name1,
                               std::string_view name2, std::string_view label, bool is_constraint) {
  return FirstFreeName(name1, name2, label, [&](const std::string& name) {
    return Counted(catalog, catalog.FindRelation({schema, name}).has_value() ||
                                (is_constraint && catalog.HasConstraintNamed({schema, name})));
  });
}

// ChooseConstraintName(): free among the constraints of the schema.
std::string ChooseFreeConstraintName(const Catalog& catalog, const std::string& schema,
                                     std::string_view name1, std::string_view name2, std::string_view label) {
  return FirstFreeName(name1, name2, label, [&](const std::string& name) {
    return Counted(catalog, catalog.HasConstraintNamed({schema, name}));
  });
}

// ChooseIndexNameAddition(), ChooseForeignKeyConstraintNameAddition(): the columns, joined, until 63 bytes
// are passed.
std::string JoinColumns(const std::vector<std::string>& columns) {
  std::string joined;
  for (const std::string& column : columns) {
    if (!joined.empty()) joined += '_';
    joined += Clip(column, kLongestIdentifier);
    if (joined.size() > kLongestIdentifier) break;
  }
  return joined;
}

// ChooseIndexColumnNames(): expressions have names too, and no name occurs twice.
class IndexColumnNames {
 public:
  void Add(const std::string& name) {
    std::string free = name;
    for (std::size_t number = 1; !taken_.insert(free).second; ++number) {
      const std::string suffix = std::to_string(number);
      free = std::string(Clip(name, kLongestIdentifier - suffix.size())) + suffix;
    }
    names_.push_back(std::move(free));
  }
  void Add(const IndexElement& element) {
    if (!element.expression) return Add(element.column);
    const std::string name = IndexColumnName(element.expression->text);
    Add(name.empty() ? "expr" : name);
  }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  std::set<std::string> taken_;
};

// The only column that a check names, or "".
std::string OnlyColumn(const Constraint& check) {
  std::set<std::string> columns;
  if (!check.check) return "";
  for (const Reference& reference : check.check->references) {
    const ObjectAddress& target = reference.target;
    if (target.kind == ObjectKind::Column && target.qualified() == check.table) columns.insert(target.member);
  }
  return columns.size() == 1 ? *columns.begin() : "";
}

}  // namespace

std::string MakeObjectName(std::string_view name1, std::string_view name2, std::string_view label) {
  std::size_t overhead = 0;
  if (!name2.empty()) ++overhead;
  if (!label.empty()) overhead += label.size() + 1;
  const std::size_t available = overhead < kLongestIdentifier ? kLongestIdentifier - overhead : 0;
  std::size_t length1 = name1.size();
  std::size_t length2 = name2.size();
  while (length1 + length2 > available) {
    if (length1 > length2) {
      --length1;
    } else {
      --length2;
    }
  }
  std::string name(Clip(name1, length1));
  if (!name2.empty()) name.append(1, '_').append(Clip(name2, length2));
  if (!label.empty()) name.append(1, '_').append(label);
  return name;
}

std::string ChooseConstraintName(const Catalog& catalog, const Constraint& constraint) {
  const std::string& schema = constraint.table.schema;
  const std::string& table = constraint.table.name;
  switch (constraint.kind) {
    case ConstraintKind::PrimaryKey:
      return ChooseRelationName(catalog, schema, table, "", "pkey", true);
    case ConstraintKind::Unique:
    case ConstraintKind::Exclusion: {
      IndexColumnNames columns;
      for (const std::string& column : constraint.columns) columns.Add(column);
      for (const IndexElement& element : constraint.elements) columns.Add(element);
      for (const std::string& column : constraint.include) columns.Add(column);
      const bool unique = constraint.kind == ConstraintKind::Unique;
      return ChooseRelationName(catalog, schema, table, JoinColumns(columns.names()), unique ? "key" : "excl",
                                true);
    }
    case ConstraintKind::ForeignKey:
      return ChooseFreeConstraintName(catalog, schema, table, JoinColumns(constraint.columns), "fkey");
    case ConstraintKind::Check:
      return ChooseFreeConstraintName(catalog, schema, table, OnlyColumn(constraint), "check");
  }
  CheckFailed();
}

std::string ChooseDomainConstraintName(const Catalog& catalog, const Domain& domain) {
  return FirstFreeName(domain.name.name, "", "check", [&](const std::string& name) {
    const auto& own = domain.constraints;
    return Counted(catalog, catalog.HasConstraintNamed({domain.name.schema, name}) ||
                                std::ranges::find(own, name, &DomainConstraint::name) != own.end());
  });
}

std::string ChooseIndexName(const Catalog& catalog, const Index& index) {
  IndexColumnNames columns;
  for (const IndexElement& element : index.elements) columns.Add(element);
  for (const std::string& column : index.include) columns.Add(column);
  return ChooseRelationName(catalog, index.table.schema, index.table.name, JoinColumns(columns.names()),
                            "idx", false);
}

std::string ChooseSequenceName(const Catalog& catalog, const QualifiedName& table, std::string_view column) {
  return ChooseRelationName(catalog, table.schema, table.name, column, "seq", false);
}

}  // namespace schemac::schema
