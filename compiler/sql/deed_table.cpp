// Deeds of tables and columns.
#include <algorithm>

#include "compiler/sql/deed_reader.h"
#include "compiler/sql/volatility.h"

namespace schemac::sql {

using facts::Operation;
using schema::ConstraintKind;

namespace {

// Types of the catalog are not known here: those of PostgreSQL by their own names, others as they are
// written.
schema::Type ReadType(const PgQuery__TypeName& name) {
  static const schema::Catalog empty = schema::Catalog::Empty();
  const Scope scope{
      .catalog = &empty, .search_path = {"public"}, .table = nullptr, .value_type = {}, .domain_type = {}};
  if (auto type = MakeType(name, scope)) return *type;
  const schema::QualifiedName written = SplitName(NodeList(name.names, name.n_names));
  return {written.schema, written.name, "", name.n_array_bounds > 0};
}

schema::ConstraintKind KindOf(PgQuery__ConstrType type) {
  switch (type) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
      return ConstraintKind::PrimaryKey;
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
      return ConstraintKind::Unique;
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
      return ConstraintKind::ForeignKey;
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
      return ConstraintKind::Exclusion;
    default:
      return ConstraintKind::Check;
  }
}

std::string ColumnOfNotNull(const PgQuery__Node& check) {
  if (check.node_case != PG_QUERY__NODE__NODE_NULL_TEST) return "";
  const PgQuery__NullTest& test = *check.null_test;
  const bool not_null = test.nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NOT_NULL;
  if (!not_null || test.arg == nullptr || test.arg->node_case != PG_QUERY__NODE__NODE_COLUMN_REF) return "";
  const PgQuery__ColumnRef& column = *test.arg->column_ref;
  return column.n_fields == 1 ? std::string(StringOf(column.fields[0])) : "";
}

// DEFAULT, NOT NULL, GENERATED … are constraints to the grammar.
void ReadColumnConstraint(const DeedReader& reader, const PgQuery__Constraint& node, ColumnTraits& column) {
  switch (node.contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
      column.not_null = true;
      return;
    case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
      if (node.raw_expr == nullptr) return;
      column.default_text = Deparse(*node.raw_expr);
      column.volatile_default = column.default_text.empty() || CallsVolatile(column.default_text);
      return;
    case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
      column.identity = column.not_null = true;
      return;
    case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
      column.generated = true;
      return;
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION:
      column.constraints.push_back(ReadConstraint(reader, node));
      if (column.constraints.back().columns.empty()) column.constraints.back().columns = {column.name};
      column.not_null = column.not_null || node.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
      return;
    default:
      return;
  }
}

const ConstraintTraits* FindKind(const ColumnTraits& column, ConstraintKind kind) {
  const auto found =
      std::find_if(column.constraints.begin(), column.constraints.end(),
                   [&](const ConstraintTraits& constraint) { return constraint.kind == kind; });
  return found == column.constraints.end() ? nullptr : &*found;
}

}  // namespace

ConstraintTraits ReadConstraint(const DeedReader& reader, const PgQuery__Constraint& node) {
  ConstraintTraits traits;
  traits.place = reader.At(node.location);
  traits.name = node.conname;
  traits.kind = KindOf(node.contype);
  traits.columns = traits.kind == ConstraintKind::ForeignKey ? StringsOf({node.fk_attrs, node.n_fk_attrs})
                                                             : StringsOf({node.keys, node.n_keys});
  if (node.pktable != nullptr) traits.referenced = SplitName(*node.pktable);
  if (traits.kind == ConstraintKind::Check && node.raw_expr != nullptr) {
    traits.check = Deparse(*node.raw_expr);
    traits.not_null_column = ColumnOfNotNull(*node.raw_expr);
  }
  traits.not_valid = node.skip_validation != 0;
  traits.using_index = node.indexname;
  return traits;
}

ColumnTraits ReadColumn(const DeedReader& reader, const PgQuery__ColumnDef& node) {
  ColumnTraits column;
  column.place = reader.At(node.location);
  column.name = node.colname;
  if (node.type_name != nullptr) {
    const std::string serial = SerialType(*node.type_name);
    column.serial = !serial.empty();
    column.type = column.serial ? schema::Type{"", serial, "", false} : ReadType(*node.type_name);
    column.not_null = column.serial;
  }
  for (const PgQuery__Node* constraint : NodeList(node.constraints, node.n_constraints)) {
    if (constraint->node_case == PG_QUERY__NODE__NODE_CONSTRAINT)
      ReadColumnConstraint(reader, *constraint->constraint, column);
  }
  return column;
}

Operation AddColumnOperation(const ColumnTraits& column) {
  if (column.serial) return Operation::AddColumnSerial;
  if (column.generated) return Operation::AddColumnGenerated;
  if (column.identity) return Operation::AddColumnIdentity;
  if (column.volatile_default) return Operation::AddColumnVolatileDefault;
  if (FindKind(column, ConstraintKind::PrimaryKey) != nullptr ||
      FindKind(column, ConstraintKind::Unique) != nullptr)
    return Operation::AddColumnUnique;
  const Operation plain = AddColumnOperation(column.not_null, !column.default_text.empty(), false);
  if (plain == Operation::AddColumnNotNull) return plain;
  if (FindKind(column, ConstraintKind::Check) != nullptr) return Operation::AddColumnCheck;
  return FindKind(column, ConstraintKind::ForeignKey) != nullptr ? Operation::AddColumnReferencing : plain;
}

Operation AddColumnOperation(bool not_null, bool has_default, bool is_volatile) {
  if (!has_default) return not_null ? Operation::AddColumnNotNull : Operation::AddColumn;
  if (is_volatile) return Operation::AddColumnVolatileDefault;
  return not_null ? Operation::AddColumnNotNullDefault : Operation::AddColumnDefault;
}

Operation AddConstraintOperation(ConstraintKind kind, bool not_valid, bool using_index) {
  switch (kind) {
    case ConstraintKind::PrimaryKey:
      return using_index ? Operation::AddPrimaryKeyUsingIndex : Operation::AddPrimaryKey;
    case ConstraintKind::Unique:
      return using_index ? Operation::AddUniqueUsingIndex : Operation::AddUnique;
    case ConstraintKind::ForeignKey:
      return not_valid ? Operation::AddForeignKeyNotValid : Operation::AddForeignKey;
    case ConstraintKind::Check:
      return not_valid ? Operation::AddCheckNotValid : Operation::AddCheck;
    case ConstraintKind::Exclusion:
      return Operation::AddExclusion;
  }
  return Operation::AddCheck;
}

bool NeedsFullLock(std::string_view option) {
  static constexpr std::string_view kFull[] = {"user_catalog_table", "security_barrier", "security_invoker",
                                               "check_option"};
  return std::find(std::begin(kFull), std::end(kFull), option) != std::end(kFull);
}

std::vector<std::string> OptionWords(NodeList options) {
  std::vector<std::string> words;
  for (const PgQuery__Node* node : options) {
    if (node->node_case != PG_QUERY__NODE__NODE_DEF_ELEM) continue;
    const PgQuery__DefElem& option = *node->def_elem;
    const std::string key = std::string(option.defnamespace) + (option.defnamespace[0] == '\0' ? "" : ".");
    words.push_back(key + option.defname + "=" + OptionText(option));
  }
  return words;
}

void ReadCreateTable(DeedReader& reader, const PgQuery__CreateStmt& statement) {
  Deed& deed = reader.Add(Operation::CreateTable, SplitName(*statement.relation));
  deed.conditional = statement.if_not_exists != 0;
  deed.temporary = statement.relation->relpersistence[0] == 't';
  for (const PgQuery__Node* node : NodeList(statement.table_elts, statement.n_table_elts)) {
    if (node->node_case == PG_QUERY__NODE__NODE_COLUMN_DEF) {
      deed.columns.push_back(ReadColumn(reader, *node->column_def));
    } else if (node->node_case == PG_QUERY__NODE__NODE_CONSTRAINT) {
      deed.constraints.push_back(ReadConstraint(reader, *node->constraint));
    } else if (node->node_case == PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE) {
      deed.operation = Operation::CreateTableLike;
      deed.others.push_back(SplitName(*node->table_like_clause->relation));
    }
  }
  for (const ColumnTraits& column : deed.columns) {
    for (const ConstraintTraits& constraint : column.constraints) deed.constraints.push_back(constraint);
  }
  for (const ConstraintTraits& constraint : deed.constraints) {
    if (!constraint.referenced) continue;
    deed.operation = Operation::CreateTableReferencing;
    if (*constraint.referenced != deed.relation) deed.others.push_back(*constraint.referenced);
  }
  for (const PgQuery__Node* node : NodeList(statement.inh_relations, statement.n_inh_relations)) {
    if (node->node_case != PG_QUERY__NODE__NODE_RANGE_VAR) continue;
    deed.operation =
        statement.partbound != nullptr ? Operation::CreatePartition : Operation::CreateInheritingTable;
    deed.others.insert(deed.others.begin(), SplitName(*node->range_var));
  }
  deed.options = OptionWords({statement.options, statement.n_options});
}

}  // namespace schemac::sql
