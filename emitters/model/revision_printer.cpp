// A diff as a file of changes that are done one after the other: what goes first makes room, what is new
// comes after what it needs, what others still rested upon goes last.
#include <algorithm>
#include <initializer_list>
#include <map>
#include <set>

#include "compiler/support/characters.h"
#include "compiler/support/check.h"
#include "compiler/support/quote.h"
#include "emitters/expression_text.h"
#include "emitters/model/change_text.h"
#include "emitters/model/creation_order.h"
#include "emitters/model/model_printer.h"
#include "schema/diff/apply.h"

namespace schemac::emitters {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;

bool IsPlainWord(std::string_view text) {
  for (const char c : text) {
    const bool kept = IsLower(c) || c == '_' || IsDigit(c);
    if (!kept) return false;
  }
  return !text.empty() && !IsReservedKeyword(text);
}

std::string RevisionName(const std::string& id) { return IsPlainWord(id) ? id : QuoteLiteral(id); }

std::string Title(const std::string& text) {
  return text.find_first_of("\"\\\n\r") == std::string::npos && !text.empty() ? "\"" + text + "\""
                                                                              : QuoteLiteral(text);
}

// Blocks of `alter table`, in the order in which they are written.
enum class Block { DropParts, Columns, Keys, ForeignKeys, Indexes, Parts, DropColumns };

// What other objects may still use until the changes are done.
bool GoesLast(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Schema:
    case ObjectKind::Extension:
    case ObjectKind::Collation:
    case ObjectKind::Enum:
    case ObjectKind::Composite:
    case ObjectKind::Range:
    case ObjectKind::Domain:
    case ObjectKind::Sequence:
    case ObjectKind::Table:
    case ObjectKind::Function:
    case ObjectKind::Aggregate:
      return true;
    case ObjectKind::Column:
    case ObjectKind::View:
    case ObjectKind::Constraint:
    case ObjectKind::Index:
    case ObjectKind::Trigger:
    case ObjectKind::Policy:
    case ObjectKind::Rule:
    case ObjectKind::Statistics:
    case ObjectKind::EventTrigger:
    case ObjectKind::DefaultPrivileges:
    case ObjectKind::SeedRow:
    case ObjectKind::Raw:
    case ObjectKind::Role:
      return false;
  }
  return false;
}

// What needs tables as they are after the changes.
bool ComesAfterTables(ObjectKind kind) { return !GoesLast(kind); }

class RevisionPrinter {
 public:
  RevisionPrinter(const schema::Diff& diff, const schema::Catalog& before, schema::Catalog after)
      : diff_(diff),
        before_(before),
        after_(std::move(after)),
        names_(after_),
        context_{after_, names_, {true, "public"}} {
    context_.all_names = true;
    context_.new_sequences = &new_sequences_;
  }

  std::string Run() {
    Survey();
    const std::size_t first = PrintRenames();
    for (std::size_t i = first; i < diff_.changes.size(); ++i) Sort(diff_.changes[i]);
    PrintSeeds("drop ", dropped_rows_);
    PrintBlocks({Block::DropParts});
    PrintDrops(false);
    PrintCreations(false);
    PrintBlocks({Block::Columns, Block::Keys, Block::ForeignKeys, Block::Indexes});
    for (const std::string& item : owners_) Item(item);
    PrintCreations(true);
    PrintBlocks({Block::Parts});
    PrintSeeds("add ", new_rows_);
    PrintSeeds("replace ", changed_rows_);
    for (const std::string& item : data_) Item(item);
    PrintBlocks({Block::DropColumns});
    PrintDrops(true);
    PrintRemarks();
    return std::move(out_);
  }

 private:
  // Comments and grants: a revoke of what a whole table gives takes that of its columns along, so it goes
  // first.
  void PrintRemarks() {
    std::string revokes;
    std::string others;
    for (std::size_t at = 0; at < after_text_.size();) {
      std::size_t end = at;
      while (end < after_text_.size() && after_text_[end] != ';') end = TokenEnd(after_text_, end);
      const std::string statement = after_text_.substr(at, end - at) + ";";
      at = std::min(end + 2, after_text_.size());
      const std::size_t begin = std::min(statement.find_first_not_of('\n'), statement.size());
      (statement.compare(begin, 6, "revoke") == 0 ? revokes : others) += statement + "\n";
    }
    Item(revokes);
    Item(others);
  }

  // What is made and dropped, so that parts can go with their tables.
  void Survey() {
    for (const schema::Change& change : diff_.changes) {
      if (const auto* create = std::get_if<schema::CreateObject>(&change)) {
        const ObjectAddress address = schema::AddressOf(create->object);
        created_.insert(address);
        created_names_.insert(address.qualified());
      } else if (const auto* drop = std::get_if<schema::DropObject>(&change)) {
        const ObjectAddress address = schema::AddressOf(drop->object);
        if (address.kind == ObjectKind::Table || address.kind == ObjectKind::View)
          dropped_relations_.insert(address.qualified());
      } else if (const auto* add = std::get_if<schema::AddColumn>(&change)) {
        created_.insert({ObjectKind::Column, add->table.schema, add->table.name, add->column.name});
      } else if (const auto* gone = std::get_if<schema::DropColumn>(&change)) {
        dropped_columns_.insert(
            {ObjectKind::Column, gone->table.schema, gone->table.name, gone->column.name});
      } else if (const auto* alter = std::get_if<schema::AlterColumn>(&change)) {
        const auto& identity = alter->to.identity;
        if (identity && !alter->from.identity)
          created_names_.insert({alter->table.schema, identity->sequence_name});
      }
    }
    for (const ObjectAddress& address : created_) {
      const auto* sequence = after_.Get<schema::Sequence>(address);
      if (sequence == nullptr || !names_.MadeBySerial(*sequence)) continue;
      const ObjectAddress table{ObjectKind::Table, sequence->owned_by->schema, sequence->owned_by->name, ""};
      if (created_.contains(table) || created_.contains(*sequence->owned_by)) new_sequences_.insert(address);
    }
  }

  // Everything up to the last rename; the place of what follows.
  std::size_t PrintRenames() {
    std::size_t end = 0;
    for (std::size_t i = 0; i < diff_.changes.size(); ++i) {
      if (std::holds_alternative<schema::RenameObject>(diff_.changes[i])) end = i + 1;
    }
    for (std::size_t i = 0; i < end; ++i) {
      if (const auto* rename = std::get_if<schema::RenameObject>(&diff_.changes[i])) {
        const schema::Object* object = before_.Find(rename->from);
        static const schema::Object kNone = schema::Table();
        Item(SpellRenameItem(*rename, object == nullptr ? kNone : *object));
      } else if (const auto* drop = std::get_if<schema::DropObject>(&diff_.changes[i])) {
        if (!GoesWithItsTable(drop->object)) PrintDrop(*drop);
      } else if (const auto* gone = std::get_if<schema::DropColumn>(&diff_.changes[i])) {
        // It makes room for the one that takes its name.
        Item("alter table " + QuoteQualified(gone->table.schema, gone->table.name) + " {\n" +
             SpellDropColumn(*gone) + "}\n");
      } else {
        Sort(diff_.changes[i]);
      }
    }
    return end;
  }

  void PrintDrop(const schema::DropObject& drop) {
    if (const auto* row = std::get_if<schema::SeedRow>(&drop.object)) {
      Item("drop " + SpellSeed({row}, context_));
    } else {
      Item(SpellDropItem(drop));
    }
  }

  bool GoesWithItsTable(const schema::Object& object) const {
    const ObjectAddress address = schema::AddressOf(object);
    if (const auto* sequence = std::get_if<schema::Sequence>(&object)) {
      return sequence->owned_by && (dropped_relations_.contains(sequence->owned_by->qualified()) ||
                                    dropped_columns_.contains(*sequence->owned_by));
    }
    return schema::IsTablePart(address.kind) && dropped_relations_.contains(address.qualified());
  }

  void Sort(const schema::Change& change) {
    if (const auto* create = std::get_if<schema::CreateObject>(&change)) SortCreate(*create);
    if (const auto* drop = std::get_if<schema::DropObject>(&change)) SortDrop(*drop);
    if (const auto* alter = std::get_if<schema::AlterObject>(&change)) SortAlter(*alter);
    if (const auto* add = std::get_if<schema::AddColumn>(&change); add != nullptr && !add->column.inherited) {
      const schema::Table& table = TableNamed(add->table);
      Lines(Block::Columns, add->table) += SpellAddColumn(*add, table, context_);
      const ObjectAddress address{ObjectKind::Column, add->table.schema, add->table.name, add->column.name};
      after_text_ += CommentStatement(address, table, add->column.comment) +
                     GrantLines(address, table, {}, add->column.privileges) +
                     IdentityRemarks(add->table, nullptr, add->column);
    }
    if (const auto* drop = std::get_if<schema::DropColumn>(&change);
        drop != nullptr && !drop->column.inherited)
      Lines(Block::DropColumns, drop->table) += SpellDropColumn(*drop);
    if (const auto* alter = std::get_if<schema::AlterColumn>(&change);
        alter != nullptr && !FollowsParent(*alter)) {
      SortColumnChange(*alter);
    }
    if (const auto* data = std::get_if<schema::ChangeData>(&change)) data_.push_back(SpellData(*data));
  }

  // The sequence of an identity goes first: a new one may take its name.
  void SortColumnChange(schema::AlterColumn alter) {
    if (alter.from.identity && !alter.to.identity) {
      Lines(Block::DropParts, alter.table) +=
          "  alter column " + QuoteIdentifier(alter.to.name) + " drop identity;\n";
      alter.from.identity.reset();
    }
    Lines(Block::Columns, alter.table) +=
        SpellAlterColumn(alter, TableNamed(alter.table), context_, after_text_);
  }

  // What ALTER TABLE does to a parent it does to the columns that come from it.
  bool FollowsParent(const schema::AlterColumn& alter) const {
    const schema::Table& table = TableNamed(alter.table);
    std::vector<QualifiedName> parents = table.inherits;
    if (table.partition_of) parents.push_back(table.partition_of->parent);
    return std::any_of(diff_.changes.begin(), diff_.changes.end(), [&](const schema::Change& change) {
      const auto* other = std::get_if<schema::AlterColumn>(&change);
      return other != nullptr && std::find(parents.begin(), parents.end(), other->table) != parents.end() &&
             SameAttributes(other->from, alter.from) && SameAttributes(other->to, alter.to);
    });
  }

  // Comments and privileges are each table's own.
  static bool SameAttributes(schema::Column parent, const schema::Column& child) {
    parent.comment = child.comment;
    parent.privileges = child.privileges;
    parent.inherited = child.inherited;
    parent.identity = child.identity;
    return parent == child;
  }

  const schema::Table& TableNamed(const QualifiedName& name) const {
    const schema::Table* table = after_.FindTable(name);
    Check(table != nullptr);  // The diff was applied: it fits.
    return *table;
  }

  std::string& Lines(Block block, const QualifiedName& table) { return blocks_[{block, table}]; }

  void SortCreate(const schema::CreateObject& create) {
    const ObjectAddress address = schema::AddressOf(create.object);
    if (const auto* row = std::get_if<schema::SeedRow>(&create.object)) {
      new_rows_.push_back(row);
    } else if (schema::IsTablePart(address.kind)) {
      SortPart(create.object, false, create.concurrently);
    } else if (address.kind == ObjectKind::Sequence && new_sequences_.contains(address)) {
      const auto& sequence = std::get<schema::Sequence>(create.object);
      after_text_ += PlainCommentStatement(address, create.object, sequence.comment);
      after_text_ += GrantLines(address, create.object, {}, sequence.privileges);
    } else {
      creations_.push_back(&create.object);
    }
  }

  // Constraints that speak of their own table alone stand in its body when it is new.
  bool StandsInBody(const schema::Object& part) const {
    const ObjectAddress address = schema::AddressOf(part);
    if (!created_.contains({ObjectKind::Table, address.schema, address.name, ""})) return false;
    const auto* constraint = std::get_if<schema::Constraint>(&part);
    if (constraint == nullptr) return address.kind == ObjectKind::Index;
    return !constraint->foreign_key || constraint->foreign_key->table == constraint->table;
  }

  void SortPart(const schema::Object& part, bool replace, bool concurrently) {
    const ObjectAddress address = schema::AddressOf(part);
    const auto* constraint = std::get_if<schema::Constraint>(&part);
    const auto* index = std::get_if<schema::Index>(&part);
    const bool is_attached = ComesFromParent(part);  // Comes and goes with that of the parent.
    if (is_attached && SpellAttached(part, context_).empty()) return;
    if (!replace && !concurrently && StandsInBody(part)) {
      bodies_[address.qualified()].objects.push_back(&part);
      return;
    }
    Block block = Block::Parts;
    if (constraint != nullptr) block = constraint->foreign_key ? Block::ForeignKeys : Block::Keys;
    // A view takes its indexes when it is there.
    if (index != nullptr && after_.FindTable(index->table) != nullptr) block = Block::Indexes;
    if (is_attached) block = Block::Parts;  // After the parent's.
    Lines(block, address.qualified()) += SpellAddPart(part, replace, concurrently, context_);
    Lines(block, address.qualified()) += FiringLine(part, "  ");
    after_text_ += CommentStatement(address, part, schema::BaseOf(part).comment);
  }

  void SortDrop(const schema::DropObject& drop) {
    if (const auto* row = std::get_if<schema::SeedRow>(&drop.object)) {
      dropped_rows_.push_back(row);
      return;
    }
    if (GoesWithItsTable(drop.object)) return;
    const ObjectAddress address = schema::AddressOf(drop.object);
    if (ComesFromParent(drop.object)) return;
    // A name that is taken again at once must be free by then.
    const bool last = GoesLast(address.kind) && !created_names_.contains(address.qualified());
    (last ? last_drops_ : drops_).push_back(&drop);
  }

  void SortAlter(const schema::AlterObject& alter) {
    if (const auto* table = std::get_if<schema::Table>(&alter.to)) {
      SortTable(std::get<schema::Table>(alter.from), *table, alter.to);
      return;
    }
    if (const auto* row = std::get_if<schema::SeedRow>(&alter.to)) {
      changed_rows_.push_back(row);
      return;
    }
    const ObjectAddress address = schema::AddressOf(alter.to);
    if (schema::IsTablePart(address.kind)) {
      SortPartChange(alter);
      return;
    }
    std::string after;
    const std::string text = SpellAlterObject(alter, context_, after);
    if (ComesAfterTables(address.kind)) {
      late_changes_.push_back(text);
    } else {
      early_changes_.push_back(text);
    }
    after_text_ += after;
  }

  static void SetFiring(schema::Object& part, const schema::Object& like) {
    if (auto* trigger = std::get_if<schema::Trigger>(&part))
      trigger->firing = std::get<schema::Trigger>(like).firing;
    if (auto* rule = std::get_if<schema::Rule>(&part)) rule->firing = std::get<schema::Rule>(like).firing;
  }

  // A comment, or whether it fires, needs no replacement.
  void SortPartChange(const schema::AlterObject& alter) {
    schema::Object uncommented = alter.to;
    schema::BaseOf(uncommented).comment = schema::BaseOf(alter.from).comment;
    SetFiring(uncommented, alter.from);
    if (!(uncommented == alter.from)) {
      SortPart(alter.to, true, false);
      return;
    }
    if (FiringLine(alter.to, "", true) != FiringLine(alter.from, "", true))
      Lines(Block::Parts, schema::AddressOf(alter.to).qualified()) += FiringLine(alter.to, "  ", true);
    const ObjectAddress address = schema::AddressOf(alter.to);
    after_text_ += CommentChange(address, alter.to, schema::BaseOf(alter.to).comment);
  }

  static std::string CommentChange(const ObjectAddress& address, const schema::Object& object,
                                   const std::string& comment) {
    if (!comment.empty()) return PlainCommentStatement(address, object, comment);
    // The text is only there to be replaced.
    const std::string set = PlainCommentStatement(address, object, "-");
    return set.substr(0, set.rfind(" IS ")) + " IS NULL;\n";
  }

  void SortTable(const schema::Table& from, const schema::Table& to, const schema::Object& object) {
    const std::string lines = SpellTableAttributes(from, to, context_);
    // After the indexes that a replica identity may name.
    if (!lines.empty()) Lines(Block::Parts, to.name) += lines;
    SortPartition(from, to);
    const ObjectAddress address = schema::AddressOf(object);
    if (from.comment != to.comment) after_text_ += CommentChange(address, object, to.comment);
    after_text_ += GrantLines(address, object, from.privileges, to.privileges);
  }

  // The parent says who its partitions are.
  void SortPartition(const schema::Table& from, const schema::Table& to) {
    if (from.partition_of == to.partition_of) return;
    const std::string name = QuoteQualified(to.name.schema, to.name.name);
    if (from.partition_of)
      Lines(Block::DropParts, from.partition_of->parent) += "  detach partition " + name + ";\n";
    if (to.partition_of) {
      Lines(Block::Keys, to.partition_of->parent) +=
          "  attach partition " + name + " " + LowerWords(to.partition_of->bound.text) + ";\n";
    }
  }

  // All that these blocks say about a table stands together: what needs another table's lines is tried again
  // after them.
  void PrintBlocks(std::initializer_list<Block> kinds) {
    std::map<QualifiedName, std::string> lines_of;
    for (const Block kind : kinds) {
      for (const auto& [key, lines] : blocks_) {
        if (key.first == kind) lines_of[key.second] += lines;
      }
    }
    for (const auto& [name, lines] : lines_of) {
      if (lines.empty()) continue;
      const schema::View* view = after_.FindView(name);
      const std::string kind = view == nullptr ? "table" : view->materialized ? "materialized view" : "view";
      Item("alter " + kind + " " + QuoteQualified(name.schema, name.name) + " {\n" + lines + "}\n");
    }
  }

  void PrintDrops(bool last) {
    const auto& drops = last ? last_drops_ : drops_;
    std::vector<const schema::Object*> objects;
    for (const schema::DropObject* drop : drops) objects.push_back(&drop->object);
    std::vector<std::size_t> order = OrderByNeeds(objects);
    std::reverse(order.begin(), order.end());
    for (const std::size_t place : order) PrintDrop(*drops[place]);
  }

  void PrintCreations(bool after_tables) {
    std::vector<const schema::Object*> objects;
    for (const schema::Object* object : creations_) {
      if (ComesAfterTables(schema::AddressOf(*object).kind) == after_tables) objects.push_back(object);
    }
    if (!after_tables) {
      for (const std::string& change : early_changes_) Item(change);
    }
    for (const std::size_t place : OrderByNeeds(objects)) PrintCreation(*objects[place]);
    if (after_tables) {
      for (const std::string& change : late_changes_) Item(change);
    }
  }

  void PrintCreation(const schema::Object& object) {
    const auto body = bodies_.find(schema::AddressOf(object).qualified());
    const bool table = std::holds_alternative<schema::Table>(object);
    std::string text;
    if (const auto* sequence = std::get_if<schema::Sequence>(&object);
        sequence != nullptr && sequence->owned_by) {
      schema::Sequence free = *sequence;
      free.owned_by.reset();
      text = SpellItem(schema::Object(free), {}, context_, after_text_);
      owners_.push_back("alter sequence " + QuoteQualified(free.name.schema, free.name.name) +
                        " {\n  owned by " +
                        QuoteQualified(sequence->owned_by->schema, sequence->owned_by->name) + "." +
                        QuoteIdentifier(sequence->owned_by->member) + ";\n}\n");
    } else {
      text = SpellItem(object, table && body != bodies_.end() ? body->second : TableParts(), context_,
                       after_text_);
    }
    // What begins with `alter`, `comment` or `grant` is no new object of a kind that could be added.
    if (std::holds_alternative<schema::DefaultPrivileges>(object)) {
      Item(text);
      return;
    }
    const std::string doc = DocLines(schema::BaseOf(object).comment, "");
    Item(doc + "add " + text.substr(doc.size()));
  }

  void PrintSeeds(const std::string& verb, const std::vector<const schema::SeedRow*>& rows) {
    std::map<std::pair<QualifiedName, std::vector<std::string>>, std::vector<const schema::SeedRow*>> seeds;
    for (const schema::SeedRow* row : rows) seeds[{row->table, row->key_columns}].push_back(row);
    for (const auto& [key, group] : seeds) Item(verb + SpellSeed(group, context_));
  }

  void Item(const std::string& text) {
    const std::size_t begin = text.find_first_not_of('\n');
    if (begin != std::string::npos) out_ += "\n" + text.substr(begin);
  }

  const schema::Diff& diff_;
  const schema::Catalog& before_;
  const schema::Catalog after_;
  const DefaultNames names_;
  ModelContext context_;
  std::set<ObjectAddress> new_sequences_;  // Those that serial columns make.
  std::set<ObjectAddress> created_;
  std::set<QualifiedName> created_names_;
  std::set<QualifiedName> dropped_relations_;
  std::set<ObjectAddress> dropped_columns_;
  std::map<std::pair<Block, QualifiedName>, std::string> blocks_;
  std::map<QualifiedName, TableParts> bodies_;
  std::vector<const schema::Object*> creations_;
  std::vector<const schema::DropObject*> drops_;
  std::vector<const schema::DropObject*> last_drops_;
  std::vector<std::string> early_changes_;
  std::vector<std::string> late_changes_;
  std::vector<std::string> owners_;
  std::vector<std::string> data_;
  std::vector<const schema::SeedRow*> new_rows_;
  std::vector<const schema::SeedRow*> changed_rows_;
  std::vector<const schema::SeedRow*> dropped_rows_;
  std::string after_text_;  // Comments and grants: when everything is there.
  std::string out_;
};

}  // namespace

std::string PrintRevision(const RevisionHeader& header, const schema::Diff& diff,
                          const schema::Catalog& before, const std::vector<std::string>& allowed) {
  std::string out = "revision " + RevisionName(header.id) + ";\n";
  if (!header.revises.empty()) {
    out += "revises  ";
    for (std::size_t i = 0; i < header.revises.size(); ++i)
      out += (i > 0 ? ", " : "") + RevisionName(header.revises[i]);
    out += ";\n";
  }
  if (!header.message.empty()) out += "message  " + Title(header.message) + ";\n";
  if (header.online) out += "profile  online;\n";
  if (!allowed.empty()) {
    out += "\nallow ";
    for (std::size_t i = 0; i < allowed.size(); ++i) out += (i > 0 ? ", " : "") + allowed[i];
    out += ";\n";
  }
  auto after = schema::Apply(before, diff);
  Check(after.ok());
  return out + RevisionPrinter(diff, before, *std::move(after)).Run();
}

}  // namespace schemac::emitters
