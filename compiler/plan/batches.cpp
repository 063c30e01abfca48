// Where a plan is cut into transactions: a label that is used must be committed before (manual, ALTER TYPE),
// an index built concurrently stands outside one (manual, CREATE INDEX), and what is done to tables in use
// has transactions of its own (online.h).
#include <algorithm>
#include <string_view>

#include "compiler/plan/work.h"
#include "compiler/support/overloaded.h"

namespace schemac::plan {
namespace {

using schema::ObjectAddress;
using schema::ObjectKind;

void AddTexts(const schema::Object& object, std::vector<std::string>& texts) {
  schema::ForEachExpression(object,
                            [&](const schema::Expression& expression) { texts.push_back(expression.text); });
}

void AddTexts(const Boxed<schema::Expression>& expression, std::vector<std::string>& texts) {
  if (expression) texts.push_back(expression->text);
}

void AddTexts(const schema::SeedRow& row, std::vector<std::string>& texts) {
  for (const auto& [column, value] : row.values) texts.push_back(value.text);
}

void AddTexts(const TableAction& action, std::vector<std::string>& texts) {
  if (const auto* add = std::get_if<AddColumn>(&action)) {
    AddTexts(add->column.default_value, texts);
    AddTexts(add->column.generated, texts);
  }
  if (const auto* set = std::get_if<SetColumnType>(&action)) AddTexts(set->using_expression, texts);
  if (const auto* set = std::get_if<SetDefault>(&action)) texts.push_back(set->value.text);
  if (const auto* add = std::get_if<AddConstraint>(&action)) AddTexts(schema::Object(add->constraint), texts);
  if (const auto* attach = std::get_if<AttachPartition>(&action)) texts.push_back(attach->bound.bound.text);
}

// The SQL that a step runs, as far as it is the author's.
std::vector<std::string> TextsOf(const Step& step) {
  std::vector<std::string> texts;
  if (const auto* create = std::get_if<CreateObject>(&step.action)) AddTexts(create->object, texts);
  if (const auto* alter = std::get_if<AlterTable>(&step.action)) {
    for (const TableAction& action : alter->actions) AddTexts(action, texts);
  }
  if (const auto* domain = std::get_if<AlterDomain>(&step.action))
    AddTexts(schema::Object(domain->to), texts);
  if (const auto* update = std::get_if<UpdateRows>(&step.action)) texts.push_back(update->value.text);
  if (const auto* insert = std::get_if<InsertRow>(&step.action)) AddTexts(insert->row, texts);
  if (const auto* update = std::get_if<UpdateRow>(&step.action)) AddTexts(update->to, texts);
  if (const auto* remove = std::get_if<DeleteRow>(&step.action)) AddTexts(remove->row, texts);
  if (const auto* run = std::get_if<RunSql>(&step.action)) texts.push_back(run->sql);
  return texts;
}

// Whether the label stands in the text as a word of its own: in quotes, or in the text form of an array or
// row.
bool Mentions(std::string_view text, std::string_view label) {
  const std::string_view edges = "'\"{},() ";
  for (std::size_t at = text.find(label); at != std::string_view::npos; at = text.find(label, at + 1)) {
    const std::size_t end = at + label.size();
    const bool starts = at > 0 && edges.find(text[at - 1]) != std::string_view::npos;
    const bool ends = end < text.size() && edges.find(text[end]) != std::string_view::npos;
    if (starts && ends) return true;
  }
  return false;
}

std::string DoubleQuotes(const std::string& label) {
  std::string result;
  for (const char c : label) result += c == '\'' ? std::string("''") : std::string(1, c);
  return result;
}

class Cutter {
 public:
  explicit Cutter(std::vector<Stretch> stretches, bool deferred_keys)
      : stretches_(std::move(stretches)), deferred_keys_(deferred_keys) {}

  std::vector<Batch> Run() {
    HoistLabels();
    for (Stretch& stretch : stretches_) {
      for (const bool deferred : {false, true}) {
        for (std::size_t place = 0; place < stretch.units.size(); ++place) {
          if (stretch.deferred[place] == deferred) Place(stretch.units[place]);
        }
      }
    }
    std::erase_if(batches_, [](const Batch& batch) { return batch.steps.empty(); });
    return std::move(batches_);
  }

 private:
  void CollectTexts() {
    for (const Stretch& stretch : stretches_) {
      for (const Unit& unit : stretch.units) {
        for (const Step& step : unit.steps) {
          for (std::string& text : TextsOf(step)) texts_.push_back(std::move(text));
        }
      }
    }
  }

  bool IsUsed(const Unit& unit) const {
    return std::any_of(unit.steps.begin(), unit.steps.end(), [&](const Step& step) {
      const auto* add = std::get_if<AddEnumLabel>(&step.action);
      if (add == nullptr) return false;
      const std::string label = DoubleQuotes(add->label);
      return std::any_of(texts_.begin(), texts_.end(), [&](const std::string& text) {
        return Mentions(text, label) || Mentions(text, add->label);
      });
    });
  }

  // Labels that something uses go into a transaction of their own before everything else, together with the
  // renames before them when their type or its schema is renamed.
  void HoistLabels() {
    const bool any = std::any_of(stretches_.begin(), stretches_.end(), [](const Stretch& stretch) {
      return std::any_of(stretch.units.begin(), stretch.units.end(),
                         [](const Unit& unit) { return unit.adds_labels; });
    });
    if (!any) return;
    CollectTexts();
    Batch early;
    for (std::size_t i = 0; i < stretches_.size(); ++i) {
      for (Unit& unit : stretches_[i].units) {
        if (!unit.adds_labels || !IsUsed(unit)) continue;
        if (IsRenamedBefore(unit.subject, i)) TakeStretches(i, early);
        std::move(unit.steps.begin(), unit.steps.end(), std::back_inserter(early.steps));
        unit.steps.clear();
      }
    }
    if (early.steps.empty()) return;
    batches_.push_back(std::move(early));
    batches_.emplace_back();
  }

  bool IsRenamedBefore(const ObjectAddress& type, std::size_t end) const {
    for (std::size_t i = 0; i < end; ++i) {
      for (const Unit& unit : stretches_[i].units) {
        for (const Step& step : unit.steps) {
          const auto* rename = std::get_if<RenameObject>(&step.action);
          if (rename == nullptr) continue;
          if (HolderOf(rename->to) == type || rename->to.kind == ObjectKind::Schema) return true;
        }
      }
    }
    return false;
  }

  void TakeStretches(std::size_t end, Batch& batch) {
    for (std::size_t i = 0; i < end; ++i) {
      for (Unit& unit : stretches_[i].units) {
        std::move(unit.steps.begin(), unit.steps.end(), std::back_inserter(batch.steps));
        unit.steps.clear();
      }
    }
  }

  void Place(Unit& unit) {
    if (unit.steps.empty()) return;
    if (unit.apart) closed_ = true;
    for (Step& step : unit.steps) {
      if (unit.concurrently) {
        batches_.emplace_back();
        batches_.back().transaction = false;
      } else if (batches_.empty() || !batches_.back().transaction || closed_) {
        batches_.emplace_back();
        checks_bodies_ = true;
      }
      closed_ = false;
      SettleDeferredKeys(step, batches_.back());
      if (unit.body_names_later || unit.body_names_missing)
        LeaveBodiesUnchecked(step, batches_.back(), unit.body_names_missing);
      batches_.back().steps.push_back(std::move(step));
    }
    closed_ = unit.apart;
  }

  // Routines whose bodies name one another cannot be made in an order that the server's check of bodies
  // likes; and none likes a body that names what is not there at all.
  void LeaveBodiesUnchecked(const Step& routine, Batch& batch, bool missing) {
    if (!checks_bodies_) return;
    batch.steps.push_back(MakeStep(
        RunSql{"", "SET LOCAL check_function_bodies = off;"}, routine.subject,
        missing ? "the body below names what is not there" : "the body below names what is made after it"));
    checks_bodies_ = false;
  }

  // A table with rows whose deferred keys are still unchecked cannot be altered (CheckTableNotInUse: "pending
  // trigger events").
  void SettleDeferredKeys(const Step& step, Batch& batch) {
    if (!deferred_keys_) return;
    if (batch.steps.empty()) pending_ = false;
    const Action& action = step.action;
    if (std::holds_alternative<UpdateRows>(action) || std::holds_alternative<InsertRow>(action) ||
        std::holds_alternative<UpdateRow>(action) || std::holds_alternative<DeleteRow>(action) ||
        std::holds_alternative<RunSql>(action)) {
      pending_ = true;
      return;
    }
    const auto* alter = std::get_if<AlterTable>(&action);
    const auto* create = std::get_if<CreateObject>(&action);
    const auto* drop = std::get_if<DropObject>(&action);
    const bool minds = alter != nullptr || drop != nullptr ||
                       (create != nullptr && std::holds_alternative<schema::Index>(create->object));
    if (!minds || !pending_) return;
    batch.steps.push_back(MakeStep(RunSql{"", "SET CONSTRAINTS ALL IMMEDIATE;"}, step.subject,
                                   "the rows written above are checked before their table changes"));
    pending_ = false;
  }

  std::vector<Stretch> stretches_;
  std::vector<std::string> texts_;
  std::vector<Batch> batches_;
  bool deferred_keys_;
  bool pending_ = false;
  bool checks_bodies_ = true;  // In the last batch.
  bool closed_ = false;        // The last batch takes no more steps.
};

}  // namespace

std::vector<Batch> MakeBatches(std::vector<Stretch> stretches, bool deferred_keys) {
  return Cutter(std::move(stretches), deferred_keys).Run();
}

}  // namespace schemac::plan
