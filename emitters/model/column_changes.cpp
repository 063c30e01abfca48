#include "compiler/support/quote.h"
#include "emitters/expression_text.h"
#include "emitters/model/change_text.h"
#include "emitters/postgres/alter_table.h"
#include "emitters/postgres/spelling.h"
#include "schema/storage.h"

namespace schemac::emitters {
namespace {

using schema::Column;

// `down` ends what stands before it, save in parentheses.
std::string UsingText(const schema::Expression& expression) { return "(" + expression.text + ")"; }

class ColumnChange {
 public:
  ColumnChange(const schema::AlterColumn& change, const schema::Table& table, const ModelContext& context)
      : change_(change), from_(change.from), to_(change.to), table_(table), context_(context) {}

  std::string Write() {
    std::vector<std::string> actions;
    AppendTo(actions);
    std::string text;
    for (const std::string& action : actions) text += ActionLine(action);
    return text;
  }

  void AppendTo(std::vector<std::string>& actions) {
    DropWhatGoes();
    ChangeType();
    if (from_.default_value != to_.default_value && to_.default_value) {
      Alter().Write("SET DEFAULT").Sql(ValueText(*to_.default_value, &to_.type));
      Flush();
    }
    if (!from_.not_null && to_.not_null) {
      SqlWriter& sql = Alter().Write("SET NOT NULL");
      if (change_.backfill) sql.Write("BACKFILL").Sql(ValueText(*change_.backfill, &to_.type));
      Flush();
    }
    ChangeIdentity();
    ChangeStorage();
    actions = std::move(actions_);
  }

 private:
  SqlWriter& Alter() {
    sql_ = context_.Writer();
    return sql_.Write("ALTER COLUMN").Name(to_.name);
  }
  void Flush() { actions_.push_back(sql_.Take()); }

  void DropWhatGoes() {
    if (from_.default_value && !to_.default_value) {
      Alter().Write("DROP DEFAULT");
      Flush();
    }
    if (from_.identity && !to_.identity) {
      Alter().Write("DROP IDENTITY");
      Flush();
    }
    if (from_.generated && !to_.generated) {
      Alter().Write("DROP EXPRESSION");
      Flush();
    }
    if (from_.not_null && !to_.not_null) {
      Alter().Write("DROP NOT NULL");
      Flush();
    }
  }

  void ChangeType() {
    if (from_.type == to_.type && from_.collation == to_.collation && !change_.conversion.up &&
        !change_.conversion.down)
      return;
    SqlWriter& sql = Alter().Write("TYPE").Type(to_.type);
    if (to_.collation) sql.Write("COLLATE").CatalogName(*to_.collation);
    if (change_.conversion.up) sql.Write("USING").Sql(UsingText(*change_.conversion.up));
    if (change_.conversion.down) sql.Write("DOWN USING").Sql(UsingText(*change_.conversion.down));
    Flush();
  }

  void ChangeIdentity() {
    if (!to_.identity || from_.identity == to_.identity) return;
    if (!from_.identity) {
      postgres::WriteIdentity(table_.name, to_.name, *to_.identity, &to_.type, Alter().Write("ADD"));
      Flush();
      return;
    }
    const plan::AlterTable step{table_.name, schema::ObjectKind::Table, false, {}};
    for (const postgres::ActionText& action :
         postgres::SpellAction(step, plan::SetIdentity{to_.name, *from_.identity, *to_.identity})) {
      if (!action.statement) actions_.push_back(LowerWords(action.sql));
    }
  }

  void ChangeStorage() {
    if (from_.storage != to_.storage) {
      // DEFAULT is a word of PostgreSQL 16.
      Alter()
          .Write("SET STORAGE")
          .Name(to_.storage.empty() ? schema::OwnStorage(context_.catalog, to_.type) : *to_.storage);
      Flush();
    }
    if (from_.compression != to_.compression) {
      SqlWriter& sql = Alter().Write("SET COMPRESSION");
      if (to_.compression.empty()) {
        sql.Write("DEFAULT");
      } else {
        sql.Name(to_.compression);
      }
      Flush();
    }
    if (from_.statistics != to_.statistics) {
      Alter().Write("SET STATISTICS").Number(to_.statistics.value_or(-1));
      Flush();
    }
    ChangeOptions();
  }

  void ChangeOptions() {
    const auto [set, reset] = schema::ChangesBetween(from_.options, to_.options);
    if (!set.empty()) {
      Alter().Write("SET").OptionList(set);
      Flush();
    }
    if (!reset.empty()) {
      Alter().Write("RESET").OptionKeys(reset);
      Flush();
    }
  }

  const schema::AlterColumn& change_;
  const Column& from_;
  const Column& to_;
  const schema::Table& table_;
  const ModelContext& context_;
  SqlWriter sql_;
  std::vector<std::string> actions_;
};

}  // namespace

std::string SpellAddColumn(const schema::AddColumn& change, const schema::Table& table,
                           const ModelContext& context) {
  const std::string backfill =
      change.backfill ? ValueText(*change.backfill, &change.column.type) : std::string();
  return DocLines(change.column.comment, "  ") +
         ActionLine("add column " + JoinColumn(SpellColumn(table, change.column, {}, backfill, context)));
}

std::string SpellDropColumn(const schema::DropColumn& change) {
  std::string text = "drop column " + QuoteIdentifier(change.column.name);
  if (change.restore) text += " restore " + ValueText(*change.restore, &change.column.type);
  return ActionLine(text);
}

std::string SpellAlterColumn(const schema::AlterColumn& change, const schema::Table& table,
                             const ModelContext& context, std::string& after) {
  const schema::ObjectAddress address{schema::ObjectKind::Column, change.table.schema, change.table.name,
                                      change.to.name};
  after += CommentChange(address, table, change.from.comment, change.to.comment);
  after += GrantLines(address, table, change.from.privileges, change.to.privileges);
  after += IdentityRemarks(change.table, &change.from, change.to);
  // PostgreSQL cannot change how a column is computed: it is made anew.
  if (change.to.generated && change.from.generated != change.to.generated)
    return DocLines(change.to.comment, "  ") +
           ActionLine("replace " + JoinColumn(SpellColumn(table, change.to, {}, "", context)));
  return ColumnChange(change, table, context).Write();
}

std::vector<std::string> InheritedColumnActions(const schema::Table& table, const schema::Column& column,
                                                const ModelContext& context) {
  schema::AlterColumn change;
  change.table = table.name;
  change.to = column;
  std::vector<schema::QualifiedName> parents = table.inherits;
  if (table.partition_of) parents.push_back(table.partition_of->parent);
  for (const schema::QualifiedName& name : parents) {
    const schema::Table* parent = context.catalog.FindTable(name);
    const schema::Column* found = parent == nullptr ? nullptr : parent->FindColumn(column.name);
    if (found == nullptr) continue;
    change.from = *found;
    // Only the parent of a partition has an identity; keys make NOT NULL by themselves.
    change.from.identity = column.identity;
    change.from.generated = column.generated;
    if (InPrimaryKey(table, column.name, context)) change.from.not_null = column.not_null;
    std::vector<std::string> actions;
    ColumnChange(change, table, context).AppendTo(actions);
    return actions;
  }
  return {};
}

}  // namespace schemac::emitters
