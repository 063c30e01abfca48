#include "compiler/history/expand.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "compiler/history/expand_trigger.h"
#include "compiler/plan/conversion.h"
#include "compiler/sql/expression.h"
#include "compiler/support/quote.h"
#include "schema/dependencies.h"
#include "schema/edit/names.h"
#include "schema/edit/rename.h"
#include "schema/keys.h"

namespace schemac {
namespace {

using schema::Catalog;
using schema::Column;
using schema::Constraint;
using schema::ConstraintKind;
using schema::ObjectAddress;
using schema::ObjectKind;
using schema::QualifiedName;
using schema::Table;

// Of what stands beside the old: id_new.
constexpr const char* kLabel = "new";

ObjectAddress AddressOfColumn(const QualifiedName& table, const std::string& column) {
  return {ObjectKind::Column, table.schema, table.name, column};
}

template <typename Predicate>
bool AnyDependency(const schema::Object& object, const Predicate& predicate) {
  bool found = false;
  schema::ForEachDependency(object, [&](const ObjectAddress& on, schema::DependencyKind kind) {
    found = found || (kind == schema::DependencyKind::Normal && predicate(on));
  });
  return found;
}

// Why the column cannot have another beside it; "" when it can.
class Obstacle {
 public:
  Obstacle(const Catalog& before, const Catalog& after, const Table& table, const Column& from,
           const Column& to)
      : before_(before), after_(after), table_(table), from_(from), to_(to) {}

  [[nodiscard]] std::string Find() const {
    if (table_.partition_key || table_.partition_of || !table_.inherits.empty() ||
        !before_.ChildrenOf(table_.name).empty()) {
      return "its table is partitioned, a partition, or shares its columns by inheritance";
    }
    if (from_.generated || to_.generated) return "it is generated";
    if (IsDomain(before_, from_.type) || IsDomain(after_, to_.type))
      return "a domain may have a default of its own, and constraints that look at every row";
    if (!plan::HasConversion(from_.type, to_.type) || !plan::HasConversion(to_.type, from_.type)) {
      return fmt::format("PostgreSQL has no conversion between {} and {} in both directions",
                         FormatType(from_.type), FormatType(to_.type));
    }
    if (std::string reader = Reader(before_, table_); !reader.empty()) return reader;
    const Table* later = after_.FindTable(table_.name);
    return later == nullptr ? "its table goes" : Reader(after_, *later);
  }

 private:
  [[nodiscard]] static bool IsDomain(const Catalog& catalog, const schema::Type& type) {
    return catalog.Has({ObjectKind::Domain, type.schema, type.name, ""});
  }

  // What reads the column and cannot be made again in an instant.
  [[nodiscard]] std::string Reader(const Catalog& catalog, const Table& table) const {
    const ObjectAddress address = AddressOfColumn(table.name, from_.name);
    const auto is_it = [&](const ObjectAddress& on) { return on == address; };
    for (const Column& other : table.columns) {
      if (!other.generated) continue;
      const auto& reads = other.generated->references;
      const bool any =
          std::any_of(reads.begin(), reads.end(), [&](const auto& it) { return is_it(it.target); });
      if (any) return "the generated " + Describe(AddressOfColumn(table.name, other.name)) + " reads it";
    }
    for (const ObjectAddress& one : catalog.Mentioning(table.name)) {
      const schema::Object& object = *catalog.Find(one);
      if (!AnyDependency(object, is_it)) continue;
      if (const std::string reason = ReasonOf(table, one, object); !reason.empty()) return reason;
    }
    return "";
  }

  [[nodiscard]] static std::string ReasonOf(const Table& table, const ObjectAddress& address,
                                            const schema::Object& object) {
    if (std::holds_alternative<schema::SeedRow>(object)) return "rows of the model (seed) give it a value";
    const auto* view = std::get_if<schema::View>(&object);
    if (view != nullptr && view->materialized)
      return Describe(address) + " reads it, and would be filled anew";
    const auto* index = std::get_if<schema::Index>(&object);
    if (index != nullptr && schema::IsChosen(table, index->name)) {
      return "the table's replica identity or clustering rests on " + Describe(address);
    }
    const auto* constraint = std::get_if<Constraint>(&object);
    if (constraint == nullptr) return "";
    if (constraint->kind == ConstraintKind::Exclusion)
      return Describe(address) + " is an exclusion constraint, whose index cannot be built concurrently";
    if (constraint->kind == ConstraintKind::PrimaryKey && constraint->deferrable)
      return Describe(address) + " is deferrable, and cannot be made of an index";
    return "";
  }

  const Catalog& before_;
  const Catalog& after_;
  const Table& table_;
  const Column& from_;
  const Column& to_;
};

class Expander {
 public:
  Expander(const Catalog& before, const Catalog& after, const sql::InterpretOptions& options,
           DiagnosticSink& sink)
      : before_(before), after_(after), renamed_(after), options_(options), sink_(sink) {
    made_.between = before;
  }

  std::optional<Expansion> Run() {
    const std::size_t errors = sink_.error_count();
    FindColumns();
    if (sink_.error_count() > errors) return std::nullopt;
    if (made_.columns.empty()) {
      Refuse("no column of a table that stays changes to a type that is kept in another way on disk",
             "leave out --expand: there is nothing to put beside anything");
      return std::nullopt;
    }
    for (const ExpandedColumn& one : made_.columns) Rename(one);
    for (const ExpandedColumn& one : made_.columns) AddBeside(one);
    BuildParts();
    MoveSequences();
    KeepEqual();
    if (sink_.error_count() > errors) return std::nullopt;
    return std::move(made_);
  }

 private:
  void Refuse(std::string message, std::string fix) {
    sink_.Report(Diagnostic(DiagnosticKind::CannotPlan, Span{}, std::move(message)).Fix(std::move(fix)));
  }

  void FindColumns() {
    for (const auto& [address, object] : before_.objects()) {
      const auto* table = std::get_if<Table>(&object);
      const Table* later = table == nullptr ? nullptr : after_.FindTable(table->name);
      if (later == nullptr) continue;
      for (const Column& from : table->columns) {
        const Column* to = later->FindColumn(from.name);
        const bool rewrites = to != nullptr && (from.type != to->type || from.collation != to->collation) &&
                              !(from.collation == to->collation && IsBinaryCoercible(from.type, to->type));
        if (rewrites) Enter(*table, from, *to);
      }
    }
  }

  void Enter(const Table& table, const Column& from, const Column& to) {
    const ObjectAddress address = AddressOfColumn(table.name, from.name);
    if (const std::string obstacle = Obstacle(before_, after_, table, from, to).Find(); !obstacle.empty()) {
      Refuse(
          fmt::format("{} cannot get a column of type {} beside it: {}", Describe(address),
                      FormatType(to.type), obstacle),
          "take what stands in the way out in a revision before and put it back in one after, or change the "
          "type without --expand");
      return;
    }
    const std::string beside = schema::FirstFreeName(from.name, "", kLabel, [&](const std::string& name) {
      return table.FindColumn(name) != nullptr || after_.FindTable(table.name)->FindColumn(name) != nullptr;
    });
    made_.columns.push_back({address, beside, from.type, to.type, ""});
  }

  // The state after with the new columns, and all that reads them, under the names that they have until then.
  void Rename(const ExpandedColumn& one) {
    ObjectAddress beside = one.column;
    beside.member = one.beside;
    if (auto done = schema::ApplyRename(renamed_, {one.column, beside}); !done)
      Refuse(done.error().message, done.error().fix);
    besides_.insert(beside);
    made_.contract.renames.push_back({beside, one.column});
  }

  // The column has neither default nor identity yet: the trigger gives it what the old one gets.
  void AddBeside(const ExpandedColumn& one) {
    const QualifiedName name = one.column.qualified();
    Column column = *renamed_.FindTable(name)->FindColumn(one.beside);
    column.default_value.reset();
    column.identity.reset();
    Bring(name, column);
    Table table = *made_.between.FindTable(name);
    table.columns.push_back(column);
    made_.between.Put(std::move(table));
    ObjectAddress beside = one.column;
    beside.member = one.beside;
    made_.expand.backfills[beside] = Value(one.column.member, one.from, one.to, name, column.type);
    made_.contract.restores[one.column] = Value(one.beside, one.to, one.from, name, one.from);
  }

  // The one column as a value of the other's type.
  schema::Expression Value(const std::string& column, const schema::Type& from, const schema::Type& to,
                           const QualifiedName& table, const schema::Type& type) {
    const std::string name = QuoteIdentifier(column);
    sql::Scope scope;
    scope.catalog = &made_.between;
    scope.table = made_.between.FindTable(table);
    scope.value_type = type;
    ErrorOr<schema::Expression> value =
        sql::ParseExpression(plan::CastBetween(before_, after_, name, from, to).value_or(name), scope);
    if (value) return *std::move(value);
    Refuse(value.error().message, value.error().fix);
    return {};
  }

  // Types, functions and the like that only the state after has.
  void Bring(const QualifiedName& table, const Column& column) {
    schema::ForEachDependency(table, column, [&](const ObjectAddress& on, schema::DependencyKind kind) {
      if (kind == schema::DependencyKind::Normal) Bring(on);
    });
  }

  void Bring(const ObjectAddress& address) {
    switch (address.kind) {
      case ObjectKind::Schema:
      case ObjectKind::Extension:
      case ObjectKind::Collation:
      case ObjectKind::Enum:
      case ObjectKind::Composite:
      case ObjectKind::Range:
      case ObjectKind::Domain:
      case ObjectKind::Function: {
        const schema::Object* object = renamed_.Find(address);
        if (object == nullptr || made_.between.Has(address)) return;
        made_.between.Put(*object);
        schema::ForEachDependency(*object,
                                  [&](const ObjectAddress& on, schema::DependencyKind) { Bring(on); });
        return;
      }
      default:
        return;
    }
  }

  // Indexes, keys and checks of the new columns, and the foreign keys from and to them. What rests on
  // something else that is not there yet is left to the second revision.
  void BuildParts() {
    for (const ObjectKind kind : {ObjectKind::Index, ObjectKind::Constraint}) {
      for (auto at = renamed_.objects().lower_bound({kind, "", "", ""});
           at != renamed_.objects().end() && at->first.kind == kind; ++at) {
        if (AnyDependency(at->second, [&](const ObjectAddress& on) { return besides_.contains(on); }))
          BuildPart(at->second);
      }
    }
  }

  void BuildPart(const schema::Object& part) {
    schema::Object object = part;
    if (const auto* key = std::get_if<Constraint>(&part);
        key != nullptr && key->kind == ConstraintKind::PrimaryKey) {
      object = schema::IndexBehind(*key);  // The table has a primary key, and can have no other.
    }
    schema::ForEachDependency(object, [&](const ObjectAddress& on, schema::DependencyKind) { Bring(on); });
    const bool rests = AnyDependency(
        object, [&](const ObjectAddress& on) { return renamed_.Has(on) && !made_.between.Has(on); });
    if (rests) return;
    if (auto* index = std::get_if<schema::Index>(&object)) {
      index->name = FreePartName(index->table, index->name);
    } else {
      auto& constraint = std::get<Constraint>(object);
      constraint.name = FreePartName(constraint.table, constraint.name);
    }
    made_.between.Put(std::move(object));
  }

  std::string FreePartName(const QualifiedName& table, const std::string& of) const {
    return schema::FirstFreeName(of, "", kLabel, [&](const std::string& name) {
      const QualifiedName relation{table.schema, name};
      const ObjectAddress constraint{ObjectKind::Constraint, table.schema, table.name, name};
      return made_.between.FindRelation(relation) || after_.FindRelation(relation) ||
             made_.between.Has(constraint) || after_.Has(constraint);
    });
  }

  // Whoever owns a sequence takes it along when it is dropped.
  void MoveSequences() {
    for (auto at = renamed_.objects().lower_bound({ObjectKind::Sequence, "", "", ""});
         at != renamed_.objects().end() && at->first.kind == ObjectKind::Sequence; ++at) {
      const auto& sequence = std::get<schema::Sequence>(at->second);
      const bool moves = sequence.owned_by && besides_.contains(*sequence.owned_by);
      if (moves && before_.Has(at->first)) made_.between.Put(sequence);
    }
  }

  void KeepEqual() {
    std::map<QualifiedName, std::vector<ExpandedColumn*>> by_table;
    for (ExpandedColumn& one : made_.columns) by_table[one.column.qualified()].push_back(&one);
    for (const auto& [table, columns] : by_table) {
      const ErrorOr<std::string> trigger =
          AddEqualizer(made_.between, before_, after_, table, {columns.begin(), columns.end()}, options_);
      if (!trigger) {
        Refuse(trigger.error().message, trigger.error().fix);
        return;
      }
      for (ExpandedColumn* one : columns) one->trigger = *trigger;
    }
  }

  const Catalog& before_;
  const Catalog& after_;
  Catalog renamed_;
  const sql::InterpretOptions& options_;
  DiagnosticSink& sink_;
  std::set<ObjectAddress> besides_;
  Expansion made_;
};

}  // namespace

std::optional<Expansion> Expand(const Catalog& before, const Catalog& after, const schema::Intent& intent,
                                const sql::InterpretOptions& options, DiagnosticSink& sink) {
  if (!intent.renames.empty() || !intent.labels.empty() || !intent.conversions.empty()) {
    sink.Report(Diagnostic(DiagnosticKind::CannotPlan, Span{},
                           "with --expand nothing is renamed, and no label is mapped, in the same change")
                    .Fix("give it a revision of its own before"));
    return std::nullopt;
  }
  std::optional<Expansion> made = Expander(before, after, options, sink).Run();
  if (!made) return std::nullopt;
  made->contract.backfills = intent.backfills;
  made->contract.data_steps = intent.data_steps;
  for (const auto& [column, value] : intent.restores) made->contract.restores.emplace(column, value);
  return made;
}

bool IsBrief(const plan::Plan& contract, const Catalog& between, DiagnosticSink& sink) {
  for (const plan::Batch& batch : contract.batches) {
    for (const plan::Step& step : batch.steps) {
      const plan::Facts& facts = step.facts;
      const bool reads = facts.rewrites || facts.scans || facts.builds_index || facts.updates_rows;
      if (!reads || facts.locks.empty()) continue;
      const QualifiedName& relation = facts.locks.front().relation;
      if (!between.FindRelation(relation)) continue;
      sink.Report(Diagnostic(DiagnosticKind::CannotPlan, Span{},
                             fmt::format("beside the types, the model changes what would read the rows of {} "
                                         "while the columns are swapped",
                                         Describe(step.subject)))
                      .Fix("leave the rest of the change to a revision before or after this one"));
      return false;
    }
  }
  return true;
}

}  // namespace schemac
