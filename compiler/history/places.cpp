#include "compiler/history/places.h"

#include <functional>
#include <string>

#include "compiler/support/overloaded.h"

namespace schemac {
namespace {

// What is called: an object with its schema, a part with its table's.
struct Called {
  std::string schema;
  std::string name;
  std::string member;
  Span span;
};
using Visit = std::function<void(Called)>;

class Walker {
 public:
  explicit Walker(const Visit& visit) : visit_(visit) {}

  void Walk(const ast::File& file) {
    for (const ast::DiffItem& item : file.changes) std::visit([&](const auto& one) { Enter(one); }, item);
  }

 private:
  void Say(const ast::QualifiedName& name) { Say(name, "", name.span); }
  void Say(const ast::QualifiedName& name, std::string member, Span span) {
    visit_({name.schema ? name.schema->text : schema_, name.name.text, std::move(member), span});
  }
  // What lives in no schema.
  void Say(const ast::Name& name) { visit_({"", name.text, "", name.span}); }

  void Enter(const ast::SchemaDirective& directive) {
    schema_ = directive.name.text;
    Say(directive.name);
  }
  void Enter(const ast::AddItem& add) { EnterItem(add.item); }
  void Enter(const ast::ReplaceItem& replace) { EnterItem(replace.item); }
  void Enter(const ast::DropItem& drop) { EnterTarget(drop.target); }
  void Enter(const ast::RenameItem& rename) { EnterTarget(rename.target); }
  void Enter(const ast::AlterTable& alter) {
    for (const ast::TableAction& action : alter.actions)
      std::visit([&](const auto& one) { EnterAction(alter.table, one); }, action);
    Say(alter.table);
  }
  void Enter(const ast::AlterEnum& alter) { Say(alter.name); }
  void Enter(const ast::AlterObject& alter) { EnterTarget(alter.target); }
  void Enter(const ast::SeedChange& change) { Say(change.seed.table); }
  // Rows: see PlaceOfRows.
  void Enter(const ast::Backfill&) {}
  void Enter(const ast::SqlBlock&) {}
  void Enter(const ast::Allow&) {}

  void EnterTarget(const ast::Target& target) {
    if (target.table) {
      Say(*target.table, target.name.name.text, target.name.span);
    } else {
      Say(target.name);
      // Schemas, extensions, event triggers and raw blocks.
      if (!target.name.schema) Say(target.name.name);
    }
  }

  void EnterItem(const ast::Item& item) {
    std::visit(Overloaded{
                   [&](const ast::SchemaDirective& one) { Enter(one); },
                   [&](const ast::Extension& one) { Say(one.name); },
                   [&](const ast::Enum& one) { Say(one.name); },
                   [&](const ast::Mixin&) {},
                   [&](const ast::Table& one) {
                     Say(one.name);
                     EnterMembers(one.name, one.members);
                   },
                   [&](const ast::SqlObject& one) {
                     Say(one.name);
                     if (!one.name.schema) Say(one.name.name);
                     EnterMembers(one.name, one.members);
                   },
                   [&](const ast::Seed& one) { Say(one.table); },
                   [&](const ast::Raw& one) { Say(one.name); },
                   [&](const ast::Grant&) {},
               },
               item);
  }

  void EnterMembers(const ast::QualifiedName& table, const std::vector<ast::TableMember>& members) {
    for (const ast::TableMember& member : members) EnterMember(table, member);
  }
  void EnterMember(const ast::QualifiedName& table, const ast::TableMember& member) {
    std::visit(Overloaded{
                   [&](const ast::Column& one) { Say(table, one.name.text, one.name.span); },
                   [&](const ast::Constraint& one) { SayPart(table, one.name); },
                   [&](const ast::Index& one) { SayPart(table, one.name); },
                   [&](const ast::AttachedPart& one) { Say(table, one.name.text, one.name.span); },
                   [&](const ast::Trigger& one) { SayPart(table, one.name); },
                   [&](const ast::Policy& one) { SayPart(table, one.name); },
                   [&](const ast::Rule& one) { SayPart(table, one.name); },
                   [&](const ast::TableSetting&) {},
                   [&](const ast::Grant&) {},
               },
               member);
  }
  void SayPart(const ast::QualifiedName& table, const std::optional<ast::Name>& name) {
    if (name) Say(table, name->text, name->span);
  }

  void EnterAction(const ast::QualifiedName& table, const ast::AddMember& add) {
    EnterMember(table, add.member);
  }
  void EnterAction(const ast::QualifiedName& table, const ast::AlterColumn& alter) {
    Say(table, alter.column.text, alter.column.span);
  }
  void EnterAction(const ast::QualifiedName& table, const ast::DropItem& drop) {
    Say(table, drop.target.name.name.text, drop.target.name.span);
  }
  void EnterAction(const ast::QualifiedName& table, const ast::RenameItem& rename) {
    Say(table, rename.target.name.name.text, rename.target.name.span);
  }
  void EnterAction(const ast::QualifiedName& table, const ast::SetComment& comment) {
    if (comment.target) Say(table, comment.target->name.name.text, comment.target->name.span);
  }
  void EnterAction(const ast::QualifiedName&, const ast::AlterAction&) {}

  const Visit& visit_;
  std::string schema_ = "public";
};

}  // namespace

Span PlaceOf(const ast::File& revision, const schema::ObjectAddress& object) {
  const bool is_part = schema::IsTablePart(object.kind) || object.kind == schema::ObjectKind::Column;
  Span whole;
  Span part;
  const Visit visit = [&](const Called& called) {
    if (called.schema != object.schema || called.name != object.name) return;
    if (called.member.empty() && !whole.IsKnown()) whole = called.span;
    if (is_part && called.member == object.member && !part.IsKnown()) part = called.span;
  };
  Walker(visit).Walk(revision);
  if (part.IsKnown()) return part;
  return whole.IsKnown() ? whole : revision.revision->id.span;
}

Span PlaceOfRows(const ast::File& revision, std::string_view title, const schema::QualifiedName& table) {
  for (const ast::DiffItem& item : revision.changes) {
    if (const auto* block = std::get_if<ast::SqlBlock>(&item); block != nullptr && block->title.text == title)
      return block->title.span;
    if (const auto* backfill = std::get_if<ast::Backfill>(&item);
        backfill != nullptr && title.empty() && backfill->table.name.text == table.name)
      return backfill->table.span;
  }
  return revision.revision->id.span;
}

}  // namespace schemac
