#include <algorithm>
#include <map>

#include "compiler/support/quote.h"
#include "emitters/expression_text.h"
#include "emitters/model/item_text.h"
#include "emitters/postgres/spelling.h"

namespace schemac::emitters {
namespace {

constexpr std::string_view kIndent = "  ";

std::size_t Width(std::string_view text) {
  std::size_t width = 0;
  for (const char c : text) width += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return width;
}

std::string Pad(const std::string& text, std::size_t width) {
  return text + std::string(width > Width(text) ? width - Width(text) : 0, ' ');
}

// A partition that was a table before has columns of its own, which PARTITION OF cannot say.
bool IsAttached(const schema::Table& table) {
  if (!table.partition_of) return false;
  return std::ranges::any_of(table.columns, [](const schema::Column& column) { return !column.inherited; });
}

std::string Head(const schema::Table& table, const ModelContext& context) {
  SqlWriter sql = context.Writer();
  sql.Write("TABLE");
  if (table.unlogged) sql.Write("UNLOGGED");
  sql.Name(table.name);
  if (table.partition_of && !IsAttached(table)) {
    sql.Write("PARTITION OF")
        .Name(table.partition_of->parent)
        .Sql(LowerWords(table.partition_of->bound.text));
  }
  if (!table.inherits.empty()) {
    sql.Write("INHERITS (");
    for (std::size_t i = 0; i < table.inherits.size(); ++i) {
      if (i > 0) sql.Write(",");
      sql.Name(table.inherits[i]);
    }
    sql.Write(")");
  }
  if (table.partition_key) {
    sql.Write("PARTITION BY")
        .Sql(table.partition_key->strategy)
        .Parenthesised(table.partition_key->elements.text);
  }
  if (!table.access_method.empty()) sql.Write("USING").Name(table.access_method);
  if (!table.options.empty()) sql.Write("WITH").OptionList(table.options);
  if (!table.tablespace.empty()) sql.Write("TABLESPACE").Name(table.tablespace);
  return sql.Take();
}

class Body {
 public:
  Body(const schema::Table& table, const TableParts& parts, const ModelContext& context, std::string& after)
      : table_(table), parts_(parts), context_(context), after_(after) {}

  std::string Write() {
    PlaceInline();
    WriteColumns();
    WriteParts();
    text_ += firing_;
    WriteLines(SpellSettings(table_));
    return std::move(text_);
  }

 private:
  void PlaceInline() {
    for (const schema::Object* part : parts_.objects) {
      const auto* constraint = std::get_if<schema::Constraint>(part);
      if (constraint == nullptr || constraint->inherited) continue;
      const std::string clause = SpellInline(*constraint, context_);
      const std::string column = ColumnOf(*constraint);
      const schema::Column* found = column.empty() ? nullptr : table_.FindColumn(column);
      const bool listed = found != nullptr && !found->inherited;
      if (clause.empty() || !listed) {
        own_.push_back(part);
      } else {
        inline_[column].push_back(clause);
      }
    }
    for (const schema::Object* part : parts_.objects) {
      const bool is_attached = ComesFromParent(*part);
      if (is_attached && SpellAttached(*part, context_).empty()) continue;
      if (is_attached || !std::holds_alternative<schema::Constraint>(*part)) own_.push_back(part);
    }
  }

  static std::string ColumnOf(const schema::Constraint& constraint) {
    if (!constraint.columns.empty()) return constraint.columns.front();
    if (!constraint.check) return "";
    for (const schema::Reference& reference : constraint.check->references) {
      if (reference.target.kind == schema::ObjectKind::Column &&
          reference.target.qualified() == constraint.table) {
        return reference.target.member;
      }
    }
    return "";
  }

  void WriteColumns() {
    std::vector<std::pair<const schema::Column*, ColumnText>> columns;
    std::size_t name_width = 0;
    std::size_t type_width = 0;
    for (const schema::Column& column : table_.columns) {
      if (column.inherited) {
        AddColumnStatements(column);
        continue;
      }
      ColumnText text = SpellColumn(table_, column, inline_[column.name], "", context_);
      name_width = std::max(name_width, Width(text.name));
      if (!text.clauses.empty()) type_width = std::max(type_width, Width(text.type));
      columns.emplace_back(&column, std::move(text));
    }
    for (const auto& [column, text] : columns) {
      text_ += DocLines(column->comment, std::string(kIndent));
      text_ += std::string(kIndent) + Pad(text.name, name_width) + " ";
      text_ += text.clauses.empty() ? text.type : Pad(text.type, type_width) + " " + text.clauses;
      text_ += ";\n";
      const schema::ObjectAddress address{schema::ObjectKind::Column, table_.name.schema, table_.name.name,
                                          column->name};
      after_ += CommentStatement(address, table_, column->comment);
      after_ += GrantLines(address, table_, {}, column->privileges);
      after_ += IdentityRemarks(table_.name, nullptr, *column);
    }
  }

  // A column that is written down with the parent can still have attributes of its own.
  void AddColumnStatements(const schema::Column& column) {
    const schema::ObjectAddress address{schema::ObjectKind::Column, table_.name.schema, table_.name.name,
                                        column.name};
    for (const std::string& action : InheritedColumnActions(table_, column, context_))
      after_ +=
          "\nalter table " + QuoteQualified(table_.name.schema, table_.name.name) + " " + action + ";\n";
    after_ += PlainCommentStatement(address, table_, column.comment);
    after_ += GrantLines(address, table_, {}, column.privileges);
    after_ += IdentityRemarks(table_.name, nullptr, column);
  }

  void WriteParts() {
    if (!text_.empty() && !own_.empty()) text_ += '\n';
    for (const schema::Object* part : own_) {
      const schema::ObjectBase& base = schema::BaseOf(*part);
      text_ += DocLines(base.comment, std::string(kIndent));
      text_ += std::string(kIndent) + SpellPart(*part, context_) + ";\n";
      firing_ += FiringLine(*part, std::string(kIndent));
      after_ += CommentStatement(schema::AddressOf(*part), *part, base.comment);
    }
  }

  void WriteLines(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) text_ += std::string(kIndent) + line + ";\n";
  }

  const schema::Table& table_;
  const TableParts& parts_;
  const ModelContext& context_;
  std::string& after_;
  std::string text_;
  std::string firing_;
  std::map<std::string, std::vector<std::string>> inline_;
  std::vector<const schema::Object*> own_;
};

}  // namespace

std::string SpellTable(const schema::Table& table, const TableParts& parts, const ModelContext& context,
                       std::string& after) {
  const schema::ObjectAddress address = schema::AddressOf(schema::Object(table));
  std::string text = DocLines(table.comment, "") + Head(table, context);
  after += CommentStatement(address, table, table.comment);
  after += GrantLines(address, table, {}, table.privileges);
  if (IsAttached(table)) {
    const schema::PartitionBound& partition = *table.partition_of;
    after += "\nalter table " + QuoteQualified(partition.parent.schema, partition.parent.name) +
             " attach partition " + QuoteQualified(table.name.schema, table.name.name) + " " +
             LowerWords(partition.bound.text) + ";\n";
  }
  const std::string body = Body(table, parts, context, after).Write();
  if (!body.empty()) return text + " {\n" + body + "}\n";
  return text + (table.partition_of && !IsAttached(table) ? ";\n" : " {}\n");
}

}  // namespace schemac::emitters
