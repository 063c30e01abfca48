// The whole table in one CREATE TABLE, so that PostgreSQL's rules (serial, identity, names of constraints and
// their order) live in one place, compiler/sql. When something in it is wrong, that part is reported and left
// out, and the rest is tried again: so all mistakes of a table come out in one run.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/analyze/member_text.h"
#include "compiler/support/overloaded.h"
#include "compiler/support/quote.h"

namespace schemac::analyze {

using schema::ObjectAddress;
using schema::ObjectKind;

namespace {

// More mistakes than this in one table are not worth another try each.
constexpr int kMostTries = 200;

std::vector<std::string> ColumnsOf(const ast::Constraint& constraint, const ast::Name* column) {
  if (column != nullptr) return {column->text};
  std::vector<std::string> columns;
  for (const ast::Name& name : constraint.columns) columns.push_back(name.text);
  return columns;
}

// Of two keys over the same columns CREATE TABLE makes one (parse_utilcmd.c, transformIndexConstraints).
// Where the second has a name, both are meant: it is added by itself.
bool IsSecondKey(const TableUnit& table, const ast::Constraint& constraint, const ast::Name* column) {
  if (constraint.kind != ast::ConstraintKind::Unique || !constraint.name) return false;
  const std::vector<std::string> columns = ColumnsOf(constraint, column);
  bool is_second = false;
  bool is_before = true;
  for (const auto& [other, other_column] : table.constraints) {
    if (other == &constraint) is_before = false;
    const bool counts = other->kind == ast::ConstraintKind::PrimaryKey ||
                        (is_before && other->kind == ast::ConstraintKind::Unique);
    if (counts && ColumnsOf(*other, other_column) == columns) is_second = true;
  }
  return is_second;
}

bool IsMadeWithTable(const TableUnit& table, const ast::Constraint& constraint, const ast::Name* column) {
  return StandsInCreateTable(constraint) && !IsSecondKey(table, constraint, column);
}

bool IsForeignKey(const ast::Constraint& constraint) {
  return constraint.kind == ast::ConstraintKind::ForeignKey;
}

bool IsLateKey(const TableUnit& table, const ConstraintUse& use) {
  return !IsForeignKey(*use.constraint) && !IsMadeWithTable(table, *use.constraint, use.column);
}

class TableText {
 public:
  TableText(Context& context, const TableUnit& table, const schema::Table& declared,
            const std::set<int>& left_out)
      : sql(context.sources, table.node->name.span),
        context_(context),
        table_(table),
        declared_(declared),
        left_out_(left_out) {}

  void Write() {
    const ast::Table& node = *table_.node;
    sql.Add(node.unlogged ? "CREATE UNLOGGED TABLE" : "CREATE TABLE").AddName(table_.name, node.name.span);
    if (node.partition_of) sql.Add("PARTITION OF").AddName(*node.partition_of);
    WriteElements();
    sql.At(node.name.span);
    if (node.partition_bound) sql.AddSource(node.partition_bound->span);
    if (!node.inherits.empty()) WriteParents();
    if (node.partition_by) sql.Add("PARTITION BY").AddSource(node.partition_by->span);
    if (node.access_method) sql.Add("USING").AddName(*node.access_method);
    if (!node.options.empty()) sql.Add("WITH").AddOptions(node.options);
    if (node.tablespace) sql.Add("TABLESPACE").AddName(*node.tablespace);
  }

  SqlTemplate sql;

 private:
  template <typename Write>
  void Element(Span place, const Write& write) {
    const int part = next_part_++;
    if (left_out_.count(part) > 0) return;
    sql.Open(part);
    sql.At(place);
    sql.Add(any_element_ ? "," : "(");
    any_element_ = true;
    write();
    sql.Close();
  }

  void WriteElements() {
    for (const MemberUse& use : table_.members) {
      if (const auto* column = std::get_if<ast::Column>(use.member)) {
        WriteColumn(*column);
      } else if (const auto* constraint = std::get_if<ast::Constraint>(use.member)) {
        WriteConstraint(*constraint, nullptr);
      }
    }
    if (any_element_) {
      sql.Add(")");
    } else if (!table_.node->partition_of) {
      sql.Add("( )");
    }
  }

  void WriteColumn(const ast::Column& column) {
    Element(column.span, [&] {
      const schema::Column* declared = declared_.FindColumn(column.name.text);
      const bool typed = declared != nullptr && !table_.untyped.contains(&column);
      ColumnText(context_, sql, &next_part_, &left_out_).Add(column, typed ? &declared->type : nullptr);
    });
    for (const ast::Constraint& constraint : column.constraints) WriteConstraint(constraint, &column.name);
  }

  void WriteConstraint(const ast::Constraint& constraint, const ast::Name* column) {
    if (!IsMadeWithTable(table_, constraint, column)) return;
    if (!CheckConstraint(context_, declared_, table_.where, constraint)) return;
    Element(constraint.span, [&] { AddConstraintText(sql, constraint, column); });
  }

  void WriteParents() {
    sql.Add("INHERITS (");
    for (std::size_t i = 0; i < table_.node->inherits.size(); ++i) {
      if (i > 0) sql.Add(",");
      sql.AddName(table_.node->inherits[i]);
    }
    sql.Add(")");
  }

  Context& context_;
  const TableUnit& table_;
  const schema::Table& declared_;
  const std::set<int>& left_out_;
  int next_part_ = 0;
  bool any_element_ = false;
};

// Takes away what a failed CREATE TABLE may have left behind.
void RemoveTable(schema::Catalog& catalog, const TableUnit& table) {
  for (const ObjectKind kind : {ObjectKind::Constraint, ObjectKind::Index}) {
    std::vector<ObjectAddress> parts;
    for (const schema::Object* part : catalog.PartsOf(table.name, kind))
      parts.push_back(schema::AddressOf(*part));
    for (const ObjectAddress& part : parts) catalog.Remove(part);
  }
  catalog.Remove(table.address());
}

void CommentColumns(Context& context, const TableUnit& table) {
  auto* built = context.catalog.GetMutable<schema::Table>(table.address());
  if (built == nullptr) return;
  built->comment = table.node->comment;
  for (const MemberUse& use : table.members) {
    const auto* column = std::get_if<ast::Column>(use.member);
    if (column == nullptr || column->comment.empty()) continue;
    if (schema::Column* target = built->FindColumn(column->name.text)) target->comment = column->comment;
  }
}

void CommentConstraint(Context& context, const TableUnit& table, const ast::Constraint& constraint) {
  if (!constraint.name || constraint.comment.empty()) return;
  const ObjectAddress address{ObjectKind::Constraint, table.name.schema, table.name.name,
                              constraint.name->text};
  if (auto* made = context.catalog.GetMutable<schema::Constraint>(address))
    made->comment = constraint.comment;
}

std::set<std::string> NamesOf(const schema::Catalog& catalog, const schema::QualifiedName& table,
                              ObjectKind kind) {
  std::set<std::string> names;
  for (const schema::Object* part : catalog.PartsOf(table, kind))
    names.insert(schema::AddressOf(*part).member);
  return names;
}

void CommentNewParts(Context& context, const schema::QualifiedName& table, ObjectKind kind,
                     const std::set<std::string>& before, const std::string& comment) {
  std::vector<ObjectAddress> made;
  for (const schema::Object* part : context.catalog.PartsOf(table, kind)) {
    const ObjectAddress address = schema::AddressOf(*part);
    if (before.count(address.member) == 0) made.push_back(address);
  }
  for (const ObjectAddress& address : made)
    schema::BaseOf(*context.catalog.FindMutable(address)).comment = comment;
}

}  // namespace

bool RunForPart(Context& context, const SqlTemplate& sql, const Namespace& where,
                const schema::QualifiedName& table, ObjectKind kind, const std::string& comment) {
  if (comment.empty()) return context.Run(sql, where);
  const std::set<std::string> before = NamesOf(context.catalog, table, kind);
  if (!context.Run(sql, where)) return false;
  CommentNewParts(context, table, kind, before, comment);
  return true;
}

void BuildTable(Context& context, TableUnit& table) {
  if (!table.usable) return;
  if (context.catalog.FindTable(table.name) == nullptr) return;
  table.has_late_keys =
      std::ranges::any_of(table.constraints, [&](const ConstraintUse& use) { return IsLateKey(table, use); });
  const schema::Table declared = TakeDeclared(context, table);
  std::set<int> left_out;
  for (int tries = 0; tries < kMostTries; ++tries) {
    TableText text(context, table, declared, left_out);
    text.Write();
    const auto error = context.Try(text.sql, table.where);
    if (!error) {
      for (const MemberUse& use : table.members) {
        const auto* column = std::get_if<ast::Column>(use.member);
        if (column != nullptr) SetColumnAttributes(context, table.where, table.name, *column);
      }
      CommentColumns(context, table);
      for (const ConstraintUse& use : table.constraints) CommentConstraint(context, table, *use.constraint);
      return;
    }
    context.Report(*error, text.sql);
    RemoveTable(context.catalog, table);
    const auto part = error->offset ? text.sql.PartAt(*error->offset) : std::nullopt;
    if (!part || !left_out.insert(*part).second) break;
  }
  // What is left: its columns, for those that refer to them.
  if (!context.catalog.FindRelation(table.name)) context.catalog.Put(declared);
}

void BuildLateKeys(Context& context, const TableUnit& table) {
  if (!table.usable || !table.has_late_keys) return;
  for (const ConstraintUse& use : table.constraints) {
    if (IsLateKey(table, use)) BuildConstraint(context, table.where, table.name, *use.constraint, use.column);
  }
}

void ForEachForeignKey(const TableUnit& table, const ForeignKeyVisit& visit) {
  if (!table.usable) return;
  for (const auto& [constraint, column] : table.constraints) {
    if (IsForeignKey(*constraint)) visit(*constraint, column);
  }
}

bool BuildConstraint(Context& context, const Namespace& where, const schema::QualifiedName& table,
                     const ast::Constraint& constraint, const ast::Name* column) {
  const schema::Table* declared = context.catalog.FindTable(table);
  if (declared == nullptr || !CheckConstraint(context, *declared, where, constraint)) return false;
  SqlTemplate sql(context.sources, constraint.span);
  sql.Add("ALTER TABLE").AddName(table, constraint.span).Add("ADD");
  AddConstraintText(sql, constraint, column);
  return RunForPart(context, sql, where, table, ObjectKind::Constraint, constraint.comment);
}

}  // namespace schemac::analyze
