// Syntax trees as text.
#pragma once

#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "compiler/ast/item_head.h"
#include "compiler/support/source.h"

namespace schemac {

// Everything that is in a node, as text: two nodes are the same when their texts are.
class Dump {
 public:
  Dump() = default;
  // Instead of places, what stands there.
  explicit Dump(const Sources& sources) : sources_(&sources) {}

  std::string Of(const ast::File& file) {
    if (file.revision) {
      const ast::Revision& it = *file.revision;
      Put("revision", it.id, it.revises, it.message, it.profile, it.span);
    }
    for (const auto& item : file.items) Put(*item);
    for (const ast::DiffItem& change : file.changes) {
      std::visit(Overloaded{
                     [&](const ast::AddItem& it) { Put("add", it.span, it.item); },
                     [&](const ast::ReplaceItem& it) { Put("replace", it.span, it.item); },
                     [&](const ast::SchemaDirective& it) { Put(it); },
                     [&](const ast::AlterTable& it) { Put("alter", it.kind, it.table, it.actions, it.span); },
                     [&](const auto& it) { Put("change", std::to_string(change.index()), it.span); },
                 },
                 change);
    }
    return std::move(out_).str();
  }

 private:
  void Put(const ast::Item& item) {
    std::visit(Overloaded{
                   [&](const ast::Table& it) { Put(it); },
                   [&](const ast::Enum& it) { Put(it); },
                   [&](const ast::SchemaDirective& it) { Put(it); },
                   [&](const auto&) { Put("item", std::to_string(item.index()), ast::HeadOf(item).span); },
               },
               item);
  }
  void Put(const ast::SchemaDirective& it) {
    Put("schema", it.name, it.is_template, it.was, it.comment, it.span);
  }
  template <typename... Values>
  void Put(const Values&... values) {
    ((out_ << ' ', Put(values)), ...);
  }
  template <typename Value>
  void Put(const std::optional<Value>& value) {
    out_ << '?';
    if (value) Put(*value);
  }
  template <typename Value>
  void Put(const Boxed<Value>& value) {
    Put(value.ToOptional());
  }
  template <typename Value>
  void Put(const Rare<Value>& value) {
    Put(*value);
  }
  template <typename Value>
  void Put(const std::vector<Value>& values) {
    out_ << '[';
    for (const Value& value : values) Put(value);
    out_ << ']';
  }
  void Put(const char* text) { out_ << text; }
  void Put(const std::string& text) { out_ << '"' << text << '"'; }
  void Put(bool value) { out_ << value; }
  void Put(const Span& span) {
    if (sources_ != nullptr) {
      out_ << sources_->Text(span);
    } else {
      out_ << span.source << ':' << span.begin << '-' << span.end;
    }
  }
  void Put(const ast::Name& name) { Put(name.text, name.span); }
  void Put(const ast::QualifiedName& name) { Put(name.schema, name.name, name.span); }
  void Put(const ast::SqlText& text) { Put("sql", text.span); }
  void Put(const ast::JsonText& text) { Put("json", text.span); }
  void Put(const ast::TypeName& type) { Put(type.span); }
  void Put(const std::variant<ast::SqlText, ast::JsonText>& value) {
    std::visit([&](const auto& it) { Put(it); }, value);
  }
  void Put(const ast::Option& option) { Put(option.key, option.value); }
  void Put(const ast::EnumLabel& label) { Put(label.label, label.was); }
  void Put(const ast::IdentityClause& identity) { Put(identity.always, identity.options); }
  void Put(const ast::ForeignKeyClause& key) { Put(key.table, key.columns, key.actions); }
  void Put(const ast::IndexElement& it) {
    Put(it.column, it.expression, it.collation, it.operator_class, it.operator_class_options, it.descending,
        it.nulls_first, it.exclusion_operator, it.span);
  }
  void Put(const ast::Constraint& it) {
    Put("constraint", std::to_string(static_cast<int>(it.kind)), it.name, it.columns, it.check, it.no_inherit,
        it.not_valid, it.foreign_key, it.method, it.elements, it.where, it.include, it.nulls_not_distinct,
        it.options, it.tablespace, std::to_string(static_cast<int>(it.deferral)), it.comment, it.span);
  }
  void Put(const ast::Column& it) {
    Put("column", it.name, it.type, it.nullable, it.default_value, it.generated, it.identity, it.collation,
        it.storage, it.compression, it.statistics, it.options, it.constraints, it.was, it.backfill,
        it.comment, it.span);
  }
  void Put(const ast::Index& it) {
    Put("index", it.name, it.unique, it.concurrently, it.only, it.method, it.elements, it.include,
        it.nulls_not_distinct, it.options, it.tablespace, it.where, it.was, it.comment, it.span);
  }
  void Put(const ast::TableMember& member) {
    std::visit(Overloaded{
                   [&](const ast::Column& it) { Put(it); },
                   [&](const ast::Constraint& it) { Put(it); },
                   [&](const ast::Index& it) { Put(it); },
                   [&](const auto& it) { Put("member", it.span); },
               },
               member);
    out_ << '\n';
  }
  void Put(const ast::TableAction& action) {
    const auto* added = std::get_if<ast::AddMember>(&action);
    if (added == nullptr) return Put("action", std::to_string(action.index()));
    Put("add", added->replace, added->span, added->member);
  }
  void Put(const ast::Table& it) {
    Put("table", it.name, it.unlogged, it.mixins, it.inherits, it.partition_by, it.partition_of,
        it.partition_bound, it.options, it.access_method, it.tablespace, it.was, it.comment, it.span,
        it.members);
    out_ << '\n';
  }
  void Put(const ast::Enum& it) {
    Put("enum", it.name, it.labels, it.was, it.comment, it.span);
    out_ << '\n';
  }

  const Sources* sources_ = nullptr;
  std::ostringstream out_;
};

}  // namespace schemac
