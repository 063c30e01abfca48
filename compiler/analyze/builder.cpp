#include "compiler/analyze/builder.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "compiler/analyze/each_table.h"
#include "compiler/analyze/item_texts.h"
#include "compiler/analyze/member_text.h"
#include "compiler/analyze/mention_order.h"
#include "compiler/analyze/name_words.h"
#include "compiler/analyze/objects.h"
#include "compiler/analyze/parts.h"
#include "compiler/analyze/rows.h"
#include "compiler/support/overloaded.h"
#include "compiler/support/side_by_side.h"

namespace schemac::analyze {

using schema::ObjectAddress;
using schema::ObjectKind;

namespace {

using Kind = ast::SqlObject::Kind;

// More rounds than there are kinds of objects would mean that names are mentioned in ways we cannot see.
constexpr int kMostRounds = 50;
// Fewer tables than these are expanded sooner than a second thread has begun.
constexpr std::size_t kManyTables = 200;

struct ObjectUnit {
  const ast::SqlObject* node = nullptr;
  Namespace where;
};

// What is made in the order of mentions: an object in PostgreSQL's words, or the declaration of a table.
struct Node {
  ObjectUnit* object = nullptr;
  TableUnit* table = nullptr;
};

class Builder {
 public:
  Builder(Context& context, const std::vector<PlacedItem>& items) : context_(context), items_(items) {}

  // Foreign keys to tables of these names are not made, but put into `waiting`.
  void Leave(const std::set<std::string>& absent, std::vector<WaitingKey>& waiting) {
    absent_ = &absent;
    waiting_ = &waiting;
  }
  // Makes these foreign keys too.
  void TakeUp(const std::vector<WaitingKey>& left) { left_ = &left; }

  void Run() {
    MakeAll();
    // Last: they speak of what is made later.
    RunAll(Kind::DefaultPrivileges);
  }

 private:
  void MakeAll() {
    const WithoutDefaultPrivileges hidden(context_.catalog);
    MakeSchemasAndExtensions();
    Sort();
    FindMentioned();
    MakeMentioned();
    BuildTables();
    BuildLateConstraints();
    for (const TableUnit* table : order_) BuildParts(context_, *table);
    BuildObjectMembers();
    for (const TableUnit* table : order_) CollectHints(context_, *table);
    RunLast();
  }

  template <typename Node, typename Visit>
  void ForEach(const Visit& visit) {
    for (const PlacedItem& placed : items_) {
      if (const auto* node = std::get_if<Node>(placed.item)) visit(*node, MakeNamespace(placed.schema));
    }
  }

  void MakeSchemasAndExtensions() {
    ForEach<ast::SchemaDirective>(
        [&](const ast::SchemaDirective& node, const Namespace&) { CreateSchema(context_, node); });
    ForEach<ast::Extension>(
        [&](const ast::Extension& node, const Namespace&) { CreateExtension(context_, node); });
    ForEach<ast::Enum>(
        [&](const ast::Enum& node, const Namespace& where) { CreateEnum(context_, node, where); });
    ForEach<ast::Mixin>([&](const ast::Mixin& node, const Namespace& where) { TakeMixin(node, where); });
  }

  void TakeMixin(const ast::Mixin& node, const Namespace& where) {
    auto [found, added] = mixins_.try_emplace(node.name.text, MixinUnit{&node, where.schema});
    if (added) return;
    context_.Report(Diagnostic(DiagnosticKind::DuplicateName, node.name.span,
                               fmt::format("mixin {} is declared twice", Quoted(node.name.text)))
                        .AddNote(found->second.node->name.span, "first declared here"));
  }

  std::vector<TableUnit> ExpandTables() {
    std::vector<std::pair<const ast::Table*, Namespace>> nodes;
    ForEach<ast::Table>(
        [&](const ast::Table& node, const Namespace& where) { nodes.emplace_back(&node, where); });
    const auto expand = [&](std::size_t begin, std::size_t end) {
      return [&, begin, end](DiagnosticSink& sink) {
        Context own = context_.Beside(context_.catalog, context_.intent, sink);
        std::vector<TableUnit> units;
        units.reserve(nodes.size());
        for (std::size_t i = begin; i < end; ++i)
          units.push_back(ExpandTable(own, *nodes[i].first, nodes[i].second, mixins_));
        return units;
      };
    };
    const std::size_t middle = nodes.size() / 2;
    DiagnosticSink found;
    auto [units, rest] = SideBySide(expand(0, middle), expand(middle, nodes.size()), found,
                                    HasThreads() && nodes.size() >= kManyTables);
    for (const Diagnostic& diagnostic : found.diagnostics()) context_.Report(diagnostic);
    std::ranges::move(rest, std::back_inserter(units));
    return std::move(units);
  }

  void Sort() {
    for (TableUnit& unit : ExpandTables()) {
      if (!context_.Remember(unit.address(), unit.node->name.span)) continue;
      auto taken = context_.catalog.FindRelation(unit.name);
      if (!taken) taken = context_.catalog.FindType(unit.name);
      if (taken) {
        context_.Report(Diagnostic(DiagnosticKind::DuplicateName, unit.node->name.span,
                                   fmt::format("{} already exists", schema::Describe(*taken))));
        continue;
      }
      tables_.push_back(std::move(unit));
    }
    ForEach<ast::SqlObject>([&](const ast::SqlObject& node, const Namespace& where) {
      if (node.name.name.text.empty()) return;  // They come last.
      if (node.kind != Kind::EventTrigger) context_.Declare(node.name, where);
      objects_.push_back({&node, where});
    });
  }

  // Most tables are looked into by nobody before they are built, so that it is enough to declare their names.
  void FindMentioned() {
    if (std::ranges::all_of(items_, [](const PlacedItem& placed) { return placed.is_mentioned.has_value(); }))
      return TakeMentioned();
    NameWords words;
    bool are_told = true;
    for (const TableUnit& table : tables_) are_told = words.Know(table.name.name) && are_told;
    for (std::size_t number = 0; number < items_.size() && are_told; ++number) {
      const ast::Item& item = *items_[number].item;
      const bool looks = std::holds_alternative<ast::Table>(item) ||
                         std::holds_alternative<ast::Mixin>(item) ||
                         std::holds_alternative<ast::SqlObject>(item);
      if (!looks) continue;
      for (const Span& text : TextsBeforeForeignKeys(item))
        are_told = are_told && !words.Read(number, context_.Text(text));
    }
    if (!are_told) return;
    for (TableUnit& table : tables_) {
      const auto readers = words.ReadersOf(table.name.name);
      table.is_mentioned = table.IsChild() || std::ranges::any_of(readers, [&](std::size_t reader) {
                             return std::get_if<ast::Table>(items_[reader].item) != table.node;
                           });
    }
  }

  void TakeMentioned() {
    auto placed = items_.begin();
    for (TableUnit& table : tables_) {  // In the order of the items.
      while (std::get_if<ast::Table>(placed->item) != table.node) ++placed;
      table.is_mentioned = *placed->is_mentioned;
    }
  }

  // Types, sequences, routines, views and the declarations of tables.
  void MakeMentioned() {
    std::vector<Node> nodes;
    std::vector<Mentioner> mentioners;
    for (TableUnit& table : tables_) {
      nodes.push_back({nullptr, &table});
      mentioners.push_back({table.name.name, TextsOf(table)});
    }
    for (ObjectUnit& object : objects_) {
      nodes.push_back({&object, nullptr});
      mentioners.push_back({object.node->name.name.text, {context_.Text(object.node->rest.span)}});
    }
    std::vector<Node> waiting;
    for (const std::size_t number : OrderByMentions(mentioners)) waiting.push_back(nodes[number]);
    // Most succeed at once. What fails may have mentioned names in a circle: again, as long as that helps.
    for (int round = 0; round < kMostRounds && !waiting.empty(); ++round) {
      std::vector<Node> failed;
      for (const Node& node : waiting) {
        if (!Make(node, false)) failed.push_back(node);
      }
      const bool progress = failed.size() < waiting.size();
      waiting = std::move(failed);
      if (!progress) break;
    }
    for (const Node& node : waiting) Make(node, true);
  }

  using Texts = std::vector<std::string_view>;
  // What has to be known to declare it.
  Texts TextsOf(const TableUnit& table) const {
    Texts texts;
    if (!table.is_mentioned) return texts;
    for (const MemberUse& use : table.members) {
      if (const auto* column = std::get_if<ast::Column>(use.member))
        texts.push_back(context_.Text(column->type.span));
    }
    for (const ast::QualifiedName* parent : ParentsOf(*table.node))
      texts.push_back(context_.Text(parent->span));
    return texts;
  }

  bool Make(const Node& node, bool last) {
    if (node.table != nullptr) {
      if (!DeclareTable(context_, *node.table, last)) return false;
      order_.push_back(node.table);
      return true;
    }
    const ast::SqlObject& object = *node.object->node;
    const auto before = OverloadsOf(context_, object, node.object->where);
    const Attempt attempt = CreateObject(context_, object, node.object->where);
    if (!attempt.error) {
      FinishObject(context_, object, node.object->where, before);
      return true;
    }
    if (last) context_.Report(*attempt.error, attempt.sql);
    return false;
  }

  // Parents first, since `order_` has them first; their indexes too, since partitions get copies of them.
  // Sequences before those that fill columns from them.
  void BuildTables() {
    const auto build = [](Context& context, TableUnit& table) {
      BuildTable(context, table);
      BuildIndexes(context, table);
    };
    std::vector<TableUnit*> alone;
    std::vector<TableUnit*> others;
    for (TableUnit* table : order_)
      (table->IsChild() || table->may_name_sequence ? others : alone).push_back(table);
    ForEachAlone(alone, build);
    for (TableUnit* table : others) build(context_, *table);
  }

  // Keys first: foreign keys of other tables may rest on them. What a parent gets, its children get too.
  void BuildLateConstraints() {
    for (const TableUnit* table : order_) BuildLateKeys(context_, *table);
    std::set<ObjectAddress> parents;
    for (const TableUnit* table : order_) {
      for (const ast::QualifiedName* parent : ParentsOf(*table->node)) {
        if (const auto found = context_.LookUp(*parent, table->where)) parents.insert(*found);
      }
    }
    const auto build = [&](Context& context, TableUnit& table) {
      ForEachForeignKey(table, [&](const ast::Constraint& key, const ast::Name* column) {
        if (!Waits(key)) BuildConstraint(context, table.where, table.name, key, column);
      });
    };
    std::vector<TableUnit*> alone;
    std::vector<TableUnit*> families;
    for (TableUnit* table : order_)
      (table->IsChild() || parents.contains(table->address()) ? families : alone).push_back(table);
    ForEachAlone(alone, build);
    for (TableUnit* table : families) build(context_, *table);
    PassOnForeignKeys();
  }

  [[nodiscard]] bool Waits(const ast::Constraint& key) const {
    return absent_ != nullptr && absent_->contains(key.foreign_key->table.name.text);
  }

  void PassOnForeignKeys() {
    if (absent_ != nullptr) {
      for (const TableUnit* table : order_) {
        ForEachForeignKey(*table, [&](const ast::Constraint& key, const ast::Name* column) {
          if (Waits(key)) waiting_->push_back({table->where, table->name, &key, column});
        });
      }
    }
    if (left_ != nullptr) {
      for (const WaitingKey& key : *left_)
        BuildConstraint(context_, key.where, key.table, *key.constraint, key.column);
    }
  }

  // The second step of two models is done for both at once: there is no thread to spare.
  [[nodiscard]] bool HasThreads() const { return left_ == nullptr; }
  void ForEachAlone(const std::vector<TableUnit*>& tables, const TableWork& work) {
    if (HasThreads()) return DoForEach(context_, tables, work);
    for (TableUnit* table : tables) work(context_, *table);
  }

  void BuildObjectMembers() {
    for (const ObjectUnit& object : objects_) {
      if (object.node->members.empty()) continue;
      const auto view = context_.LookUp(object.node->name, object.where);
      if (!view || view->kind != ObjectKind::View) continue;  // Reported when it was made.
      const Relation relation{object.where, *view};
      for (const ast::TableMember& member : object.node->members) BuildViewMember(relation, member);
    }
  }

  void BuildViewMember(const Relation& relation, const ast::TableMember& member) {
    const Span* wrong = nullptr;
    if (const auto* column = std::get_if<ast::Column>(&member)) wrong = &column->span;
    if (const auto* constraint = std::get_if<ast::Constraint>(&member)) wrong = &constraint->span;
    if (wrong != nullptr) {
      context_.Report(Diagnostic(DiagnosticKind::InvalidDefinition, *wrong,
                                 "a view has no columns or constraints of its own"));
      return;
    }
    BuildPart(context_, relation, member);
  }

  void RunAll(Kind kind) {
    ForEach<ast::SqlObject>([&](const ast::SqlObject& node, const Namespace& where) {
      if (node.kind == kind) RunStatement(context_, node, where);
    });
  }

  // A statement is told by what it refers to, which must stand there: what others depend on comes first.
  void AddRaws() {
    std::vector<std::pair<const ast::Raw*, Namespace>> waiting;
    ForEach<ast::Raw>(
        [&](const ast::Raw& node, const Namespace& where) { waiting.emplace_back(&node, where); });
    while (!waiting.empty()) {
      std::set<std::string_view> names;
      for (const auto& [raw, where] : waiting) names.insert(raw->name.text);
      const auto is_ready = [&](const auto& entry) {
        return std::ranges::none_of(entry.first->depends_on, [&](const ast::Target& target) {
          return target.name.name.text != entry.first->name.text && names.contains(target.name.name.text);
        });
      };
      auto rest = std::stable_partition(waiting.begin(), waiting.end(), is_ready);
      if (rest == waiting.begin()) rest = waiting.end();  // A ring: in the order given.
      for (auto entry = waiting.begin(); entry != rest; ++entry)
        AddRaw(context_, *entry->first, entry->second);
      waiting.erase(waiting.begin(), rest);
    }
  }

  void RunLast() {
    AddRaws();
    ForEach<ast::Raw>(
        [&](const ast::Raw& node, const Namespace& where) { ConnectRaw(context_, node, where); });
    RunAll(Kind::Remark);
    RunAll(Kind::Comment);
    ForEach<ast::Grant>(
        [&](const ast::Grant& node, const Namespace& where) { RunGrant(context_, node, where); });
    ForEach<ast::Seed>(
        [&](const ast::Seed& node, const Namespace& where) { AddSeed(context_, node, where); });
  }

  Context& context_;
  const std::vector<PlacedItem>& items_;
  const std::set<std::string>* absent_ = nullptr;
  std::vector<WaitingKey>* waiting_ = nullptr;
  const std::vector<WaitingKey>* left_ = nullptr;
  Mixins mixins_;
  std::deque<TableUnit> tables_;
  std::deque<ObjectUnit> objects_;
  std::vector<TableUnit*> order_;  // Of the declared tables: as they were declared.
};

}  // namespace

WithoutDefaultPrivileges::WithoutDefaultPrivileges(schema::Catalog& catalog) : catalog_(catalog) {
  auto place = catalog.objects().lower_bound({ObjectKind::DefaultPrivileges, "", "", ""});
  for (; place != catalog.objects().end() && place->first.kind == ObjectKind::DefaultPrivileges; ++place)
    hidden_.push_back(place->second);
  for (const schema::Object& object : hidden_) catalog_.Remove(schema::AddressOf(object));
}

WithoutDefaultPrivileges::~WithoutDefaultPrivileges() {
  for (schema::Object& object : hidden_) catalog_.Put(std::move(object));
}

void BuildItems(Context& context, const std::vector<PlacedItem>& items) { Builder(context, items).Run(); }

std::vector<WaitingKey> BuildFirst(Context& context, const std::vector<PlacedItem>& items,
                                   const std::set<std::string>& absent) {
  std::vector<WaitingKey> waiting;
  Builder builder(context, items);
  builder.Leave(absent, waiting);
  builder.Run();
  return waiting;
}

void BuildSecond(Context& context, const std::vector<PlacedItem>& items,
                 const std::vector<WaitingKey>& waiting) {
  Builder builder(context, items);
  builder.TakeUp(waiting);
  builder.Run();
}

}  // namespace schemac::analyze
