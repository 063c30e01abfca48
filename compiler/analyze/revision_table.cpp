// `alter table t { … }`, and the same for views.
#include <fmt/format.h>

#include "compiler/analyze/hints.h"
#include "compiler/analyze/member_text.h"
#include "compiler/analyze/revision.h"
#include "compiler/analyze/targets.h"
#include "compiler/analyze/words.h"
#include "compiler/support/overloaded.h"
#include "compiler/support/quote.h"

namespace schemac::analyze {

using schema::ObjectAddress;
using schema::ObjectKind;

namespace {

class TableAlteration {
 public:
  TableAlteration(Context& context, const ast::AlterTable& alter, const Namespace& where,
                  const ObjectAddress& address)
      : context_(context), alter_(alter), relation_{where, address} {}

  void Apply(const ast::AddMember& add) {
    if (add.replace) return ReplaceMember(context_, relation_, add.member, add.span);
    if (const auto* column = std::get_if<ast::Column>(&add.member)) {
      AddColumn(context_, relation_, *column);
    } else if (const auto* constraint = std::get_if<ast::Constraint>(&add.member)) {
      BuildConstraint(context_, relation_.where, relation_.address.qualified(), *constraint, nullptr);
    } else {
      AddPart(add.member);
    }
  }

  void Apply(const ast::AlterColumn& alter) {
    std::visit(Overloaded{
                   [&](const ast::AlterColumn::SetType& set) { SetType(alter, set); },
                   [&](const ast::AlterColumn::SetDefault& set) { SetDefault(alter, set); },
                   [&](const ast::AlterColumn::SetNotNull& set) { SetNotNull(alter, set); },
                   [&](const ast::AlterColumn::Other& other) { Other(alter, other); },
               },
               alter.action);
  }

  void Apply(const ast::DropItem& drop) {
    ast::DropItem full = drop;
    full.target = InTable(drop.target);
    DropTarget(context_, full, relation_.where);
  }

  void Apply(const ast::RenameItem& rename) {
    ast::RenameItem full = rename;
    full.target = InTable(rename.target);
    RenameTarget(context_, full, relation_.where);
  }

  void Apply(const ast::SetComment& comment) {
    ast::Target target;
    target.kind = alter_.kind;
    target.name = alter_.table;
    target.span = alter_.table.span;
    CommentOn(context_, target, comment, relation_.where);
  }

  void Apply(const ast::AlterAction& action) {
    ast::Target target;
    target.kind = alter_.kind;
    target.name = alter_.table;
    target.span = alter_.table.span;
    AlterTarget(context_, target, action, relation_.where);
  }

 private:
  void AddPart(const ast::TableMember& member) {
    const auto* index = std::get_if<ast::Index>(&member);
    if (index == nullptr || !index->concurrently) {
      BuildPart(context_, relation_, member);
      return;
    }
    if (!index->name) {
      context_.Report(Diagnostic(DiagnosticKind::InvalidDefinition, index->span,
                                 "an index that is built concurrently needs a name"));
      return;
    }
    if (!BuildPart(context_, relation_, member)) return;
    const ObjectAddress& table = relation_.address;
    context_.intent.concurrently.insert({ObjectKind::Index, table.schema, table.name, index->name->text});
  }

  // A part that is named inside the braces is one of this table.
  [[nodiscard]] ast::Target InTable(const ast::Target& target) const {
    ast::Target full = target;
    if (!full.table) full.table = alter_.table;
    return full;
  }

  // The column, or nullptr after reporting. `table` receives what it stands in.
  const schema::Column* FindColumn(const ast::Name& name, const schema::Table** table) {
    *table = context_.catalog.Get<schema::Table>(relation_.address);
    if (*table == nullptr) {
      context_.Report(
          Diagnostic(DiagnosticKind::InvalidDefinition, name.span, "only a table's columns change this way"));
      return nullptr;
    }
    return context_.CheckColumn(**table, name) ? (*table)->FindColumn(name.text) : nullptr;
  }

  [[nodiscard]] ObjectAddress AddressOf(const ast::Name& column) const {
    return {ObjectKind::Column, relation_.address.schema, relation_.address.name, column.text};
  }

  SqlTemplate AlterColumn(const ast::AlterColumn& alter) {
    SqlTemplate sql(context_.sources, alter.span);
    sql.Add("ALTER").Add(StatementWord(context_.catalog, relation_.address));
    sql.AddName(relation_.address.qualified(), alter_.table.span).Add("ALTER COLUMN").AddName(alter.column);
    return sql;
  }

  void SetType(const ast::AlterColumn& alter, const ast::AlterColumn::SetType& set) {
    const schema::Table* table = nullptr;
    const schema::Column* column = FindColumn(alter.column, &table);
    if (column == nullptr) return;
    Error error;
    const auto type = ResolveType(context_, set.type, relation_.where, &error);
    if (!type) return ReportType(context_, set.type, error);
    schema::Conversion conversion;
    sql::Scope scope = context_.ScopeOf(relation_.where);
    scope.table = table;
    if (set.using_expression) {
      scope.value_type = *type;
      conversion.up = context_.Expression(set.using_expression->span, scope);
      if (!conversion.up) return;
    }
    if (set.down_using) {
      schema::Table converted = *table;
      converted.FindColumn(alter.column.text)->type = *type;
      scope.table = &converted;
      scope.value_type = column->type;
      conversion.down = context_.Expression(set.down_using->span, scope);
      if (!conversion.down) return;
    }
    SqlTemplate sql = AlterColumn(alter);
    sql.Add("TYPE").AddSource(set.type.span);
    if (set.collation) sql.Add("COLLATE").AddName(*set.collation);
    if (set.using_expression) sql.Add("USING").AddSource(set.using_expression->span);
    if (!ChangeType(context_, sql, relation_.where, AddressOf(alter.column))) return;
    if (conversion.up || conversion.down) {
      context_.intent.conversions[AddressOf(alter.column)] = std::move(conversion);
    }
  }

  void SetDefault(const ast::AlterColumn& alter, const ast::AlterColumn::SetDefault& set) {
    SqlTemplate sql = AlterColumn(alter);
    if (!set.value) {
      sql.Add("DROP DEFAULT");
      context_.Run(sql, relation_.where);
      return;
    }
    sql.Add("SET DEFAULT");
    schema::Type type{"", "jsonb", "", false};
    if (relation_.address.kind == ObjectKind::Table) {
      const schema::Table* table = nullptr;
      const schema::Column* column = FindColumn(alter.column, &table);
      if (column == nullptr) return;
      type = column->type;
    }
    if (context_.AddValue(sql, *set.value, type)) context_.Run(sql, relation_.where);
  }

  void SetNotNull(const ast::AlterColumn& alter, const ast::AlterColumn::SetNotNull& set) {
    const schema::Table* table = nullptr;
    if (FindColumn(alter.column, &table) == nullptr) return;
    SqlTemplate sql = AlterColumn(alter);
    sql.Add(set.not_null ? "SET NOT NULL" : "DROP NOT NULL");
    if (!context_.Run(sql, relation_.where) || !set.backfill) return;
    CollectBackfill(context_, relation_.where, relation_.address.qualified(), alter.column, *set.backfill);
  }

  // PostgreSQL's words; `comment 'x'` is ours.
  void Other(const ast::AlterColumn& alter, const ast::AlterColumn::Other& other) {
    const std::vector<Word> words = ScanWords(context_.Text(other.text.span));
    if (!words.empty() && words[0].kind == Word::Kind::Identifier && words[0].text == "comment") {
      return CommentColumn(alter, other);
    }
    SqlTemplate sql = AlterColumn(alter);
    sql.AddSource(other.text.span);
    context_.Run(sql, relation_.where);
  }

  // COMMENT ON COLUMN, so that the string is read as PostgreSQL reads it.
  void CommentColumn(const ast::AlterColumn& alter, const ast::AlterColumn::Other& other) {
    const std::vector<Word> words = ScanWords(context_.Text(other.text.span));
    SqlTemplate sql(context_.sources, alter.span);
    sql.Add("COMMENT ON COLUMN");
    sql.Add(FullName(relation_.address.qualified()) + "." + QuoteIdentifier(alter.column.text),
            alter.column.span);
    Span text = other.text.span;
    text.begin += static_cast<std::uint32_t>(words[0].end);
    sql.Add("IS").AddSource(text);
    context_.Run(sql, relation_.where);
  }

  Context& context_;
  const ast::AlterTable& alter_;
  Relation relation_;
};

}  // namespace

void RunTableAction(Context& context, const ast::AlterTable& alter, const ast::TableAction& action,
                    const Namespace& where) {
  ast::Target target;
  target.kind = alter.kind;
  target.name = alter.table;
  target.span = alter.table.span;
  const auto address = FindTarget(context, target, where);
  if (!address) return;
  TableAlteration alteration(context, alter, where, *address);
  std::visit([&](const auto& each) { alteration.Apply(each); }, action);
}

bool AddColumn(Context& context, const Relation& relation, const ast::Column& column) {
  const schema::QualifiedName name = relation.address.qualified();
  if (!context.CheckName(column.name)) return false;
  if (column.was) {
    context.Report(
        Diagnostic(DiagnosticKind::InvalidDefinition, column.was->span, "an added column was nothing before")
            .Fix("write rename column … to …"));
    return false;
  }
  Error error;
  const auto type = ResolveType(context, column.type, relation.where, &error);
  if (!type) {
    ReportType(context, column.type, error);
    return false;
  }
  SqlTemplate sql(context.sources, column.span);
  sql.Add("ALTER TABLE").AddName(name, column.span).Add("ADD COLUMN");
  int next_part = 0;
  const std::set<int> none;
  ColumnText(context, sql, &next_part, &none).Add(column, type ? &*type : nullptr);
  for (const ast::Constraint& constraint : column.constraints) {
    if (!StandsInCreateTable(constraint)) continue;
    sql.Add(", ADD");
    AddConstraintText(sql, constraint, &column.name);
  }
  if (!context.Run(sql, relation.where)) return false;
  SetColumnAttributes(context, relation.where, name, column);
  for (const ast::Constraint& constraint : column.constraints) {
    if (!StandsInCreateTable(constraint))
      BuildConstraint(context, relation.where, name, constraint, &column.name);
  }
  if (auto* table = context.catalog.GetMutable<schema::Table>(relation.address)) {
    if (schema::Column* added = table->FindColumn(column.name.text)) added->comment = column.comment;
  }
  CollectBackfill(context, relation.where, name, column);
  return true;
}

}  // namespace schemac::analyze
