// Columns of tables in use: rows get their values a few pages at a time, and that no row holds NULL is found
// out beforehand, under a lock that lets others read and write.
#include <algorithm>

#include "compiler/plan/online.h"
#include "compiler/sql/volatility.h"
#include "compiler/support/characters.h"
#include "compiler/support/quote.h"

namespace schemac::plan {
namespace {

using schema::ObjectAddress;
using schema::QualifiedName;

template <typename T>
const T* OnlyAction(const Step& step) {
  const auto* alter = std::get_if<AlterTable>(&step.action);
  if (alter == nullptr || alter->actions.size() != 1) return nullptr;
  return std::get_if<T>(&alter->actions.front());
}

schema::Constraint NotNullCheck(const QualifiedName& table, const std::string& column, std::string name) {
  schema::Constraint check;
  check.table = table;
  check.name = std::move(name);
  check.kind = schema::ConstraintKind::Check;
  check.check.emplace();
  check.check->text = QuoteIdentifier(column) + " IS NOT NULL";
  return check;
}

// What the last unit about a column does, parted by when it can be done.
struct ColumnSteps {
  std::vector<Step> now;
  std::optional<Step> fill;      // Values for the rows.
  std::optional<Step> required;  // SET NOT NULL.
  std::vector<Step> late;        // An identity wants its column NOT NULL.
};

ColumnSteps Part(std::vector<Step> steps) {
  ColumnSteps parts;
  for (Step& step : steps) {
    if (std::holds_alternative<UpdateRows>(step.action)) {
      parts.fill = std::move(step);
    } else if (OnlyAction<SetNotNull>(step) != nullptr) {
      parts.required = std::move(step);
    } else if (parts.required &&
               (OnlyAction<AddIdentity>(step) != nullptr || std::holds_alternative<RunSql>(step.action))) {
      parts.late.push_back(std::move(step));
    } else {
      parts.now.push_back(std::move(step));
    }
  }
  return parts;
}

// Whether the text assigns to the column of a row: `NEW.total := …`.
bool Assigns(std::string_view body, const std::string& column) {
  const std::string field = "new." + Lower(QuoteIdentifier(column));
  const std::string text = Lower(body);
  for (std::size_t at = text.find(field); at != std::string::npos; at = text.find(field, at + 1)) {
    const std::size_t next = text.find_first_not_of(" \t\r\n", at + field.size());
    if (next == std::string::npos) return false;
    if (text[next] == '=' || text.compare(next, 2, ":=") == 0) return true;
  }
  return false;
}

// Whether the trigger gives the column its value in every row that is written.
bool Fills(const schema::Catalog& catalog, const schema::Trigger& trigger, const std::string& column) {
  if (!Lower(trigger.definition.text).starts_with("before ")) return false;
  const auto& references = trigger.definition.references;
  return std::any_of(references.begin(), references.end(), [&](const schema::Reference& reference) {
    const auto* function = catalog.Get<schema::Function>(reference.target);
    return function != nullptr && Assigns(function->definition.text, column);
  });
}

class OnlineColumn {
 public:
  OnlineColumn(OnlineWork& online, const ObjectAddress& address, const ColumnFate& fate)
      : online_(online), work_(online.work()), address_(address), table_(address.qualified()), fate_(fate) {}

  void Make() {
    const std::size_t first = First();
    if (first == kNone) return;
    ColumnSteps parts = Part(std::move(work_.units[first].steps));
    if (!work_.settled.contains(address_)) DelayDefault(parts);
    const std::optional<ObjectAddress> proof = ProofOfNotNull(work_, address_);
    const bool is_proven = proof && !work_.Goes(*proof);
    std::size_t last = first;
    if (parts.fill) {
      FindFillers();
      last = Fill(first, *parts.fill);
    }
    if (parts.required) {
      last = is_proven ? Demand(last, parts) : Prove(last, parts);
    } else {
      Append(parts.now, std::move(parts.late));
    }
    work_.units[first].steps = std::move(parts.now);
    if (last == first) return;
    work_.settled[address_] = last;
    online_.TakeOver(first, last);
    for (const std::size_t filler : fillers_) work_.precedences.push_back({first, filler, false});
    if (parts.fill) HoldBack(last);
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  // The unit with the steps to part; kNone when there is nothing to do.
  std::size_t First() const {
    if (!online_.IsInUse(table_)) return kNone;
    const auto settled = work_.settled.find(address_);
    if (settled != work_.settled.end()) return settled->second;
    const auto provided = work_.provided.find(address_);
    return provided != work_.provided.end() && fate_.after != nullptr && work_.IsNew(address_)
               ? provided->second
               : kNone;
  }

  // A default that differs from row to row would rewrite the table: the column comes without it.
  void DelayDefault(ColumnSteps& parts) const {
    for (auto at = parts.now.begin(); at != parts.now.end(); ++at) {
      const auto* add = OnlyAction<AddColumn>(*at);
      if (add == nullptr || add->column.name != address_.member) continue;
      const schema::Column column = add->column;
      if (!column.default_value || column.generated || column.identity ||
          !sql::CallsVolatile(column.default_value->text)) {
        return;
      }
      schema::Column bare = column;
      bare.default_value.reset();
      bare.not_null = false;
      const std::string hazard = at->facts.hazard;
      *at = TableStep(table_, AddColumn{bare}, at->reason);
      at->facts.hazard = hazard;
      parts.now.insert(at + 1, TableStep(table_, SetDefault{column.name, *column.default_value}));
      parts.fill = MakeStep(UpdateRows{table_, column.name, *column.default_value}, TableAddress(table_),
                            "a value for the rows that exist");
      if (column.not_null) parts.required = TableStep(table_, SetNotNull{column.name});
      // Whoever reads the column waits for its values.
      work_.columns.at(address_).backfill = column.default_value;
      return;
    }
  }

  // New triggers that fill the column themselves stand before the rows that exist are filled: else those
  // written meanwhile would be left out.
  void FindFillers() {
    for (const auto& [address, fate] : work_.objects) {
      if (address.kind != schema::ObjectKind::Trigger || address.qualified() != table_) continue;
      const auto made = work_.provided.find(address);
      if (made == work_.provided.end() || !work_.IsNew(address)) continue;
      if (!Fills(work_.target, std::get<schema::Trigger>(*fate.after), address_.member)) continue;
      fillers_.push_back(made->second);
    }
  }

  std::size_t Fill(std::size_t after, Step fill) const {
    auto& update = std::get<UpdateRows>(fill.action);
    update.by_pages = true;
    update.descendants = online_.IsPartitioned(table_) || !online_.DescendantsOf(table_).empty();
    const std::size_t unit = online_.AddLike(after);
    work_.units[unit].steps = {std::move(fill)};
    work_.units[unit].concurrently = true;
    work_.units[unit].rank = rank::kFinishColumn;
    work_.units[unit].after.push_back(after);
    work_.units[unit].after.insert(work_.units[unit].after.end(), fillers_.begin(), fillers_.end());
    return unit;
  }

  // What would see the rows without their values, or their update: new triggers and rules of the table, and
  // materialized views of it, but not what fills them itself. A check that stays NOT VALID would refuse to
  // have rows filled that break it.
  void HoldBack(std::size_t last) const {
    for (const auto& [address, fate] : work_.objects) {
      const auto made = work_.provided.find(address);
      if (made == work_.provided.end() || !work_.IsNew(address) || IsFiller(made->second)) continue;
      const auto* view = std::get_if<schema::View>(fate.after);
      const bool reads = view != nullptr && view->materialized &&
                         std::any_of(view->query.references.begin(), view->query.references.end(),
                                     [&](const schema::Reference& reference) {
                                       return reference.target.qualified() == table_;
                                     });
      const int rank = work_.units[made->second].rank;
      const auto* rule = std::get_if<schema::Constraint>(fate.after);
      const bool refuses = rank == rank::kCheck && rule != nullptr && rule->not_valid;
      const bool is_part = (refuses || rank == rank::kDependent) && address.qualified() == table_;
      if (reads || is_part) work_.precedences.push_back({last, made->second, true});
    }
  }

  [[nodiscard]] bool IsFiller(std::size_t unit) const {
    return std::find(fillers_.begin(), fillers_.end(), unit) != fillers_.end();
  }

  // SET NOT NULL where a validated check says it already: no row is read.
  std::size_t Demand(std::size_t after, ColumnSteps& parts) const {
    std::vector<Step> steps;
    parts.required->facts.scans = false;
    steps.push_back(*std::move(parts.required));
    Append(steps, std::move(parts.late));
    if (parts.fill) return online_.AddApart(after, std::move(steps));
    Append(parts.now, std::move(steps));
    return after;
  }

  // The check stands for as long as it takes. It comes after the values: NOT VALID or not, rows that break it
  // could not be updated.
  std::size_t Prove(std::size_t last, ColumnSteps& parts) const {
    const std::string& column = address_.member;
    const schema::Constraint check = NotNullCheck(table_, column, online_.CheckName(table_, column));
    Step add = TableStep(table_, AddConstraint{check, true, ""},
                         "proves that no row holds NULL; dropped again below");
    OnlineWork::Proofs alone;
    OnlineWork::Proofs& proofs = StandsAlone() ? online_.ProofsOf(table_) : alone;
    if (parts.fill) {
      last = online_.AddApart(last, {std::move(add)});
      proofs.checks.push_back(last);
    } else {
      parts.now.push_back(std::move(add));
    }
    // Code that does not know the column yet left it out until the check was there.
    if (parts.fill && !fate_.after->default_value && fillers_.empty()) {
      parts.fill->reason = "for rows that came without a value meanwhile";
      last = Fill(last, *parts.fill);
    }
    last = online_.AddApart(last, {TableStep(table_, ValidateConstraint{check.name})});
    proofs.validations.push_back(last);
    std::vector<Step> steps;
    parts.required->facts.scans = false;  // Of the table of facts, SetNotNullProven.
    steps.push_back(*std::move(parts.required));
    steps.push_back(TableStep(table_, DropConstraint{check}));
    Append(steps, std::move(parts.late));
    last = online_.AddApart(last, std::move(steps));
    proofs.demands.push_back(last);
    return last;
  }

  // Whether the column's values are there without those of another that the plan fills, and none is filled
  // from it: `sql` blocks may do either.
  [[nodiscard]] bool StandsAlone() const {
    const auto reads = [](const ColumnFate& fate, const auto& is_one) {
      return fate.backfill && std::any_of(fate.backfill->references.begin(), fate.backfill->references.end(),
                                          [&](const schema::Reference& it) { return is_one(it.target); });
    };
    const auto is_changed = [&](const ObjectAddress& it) { return work_.columns.contains(it); };
    return work_.data.empty() && !reads(fate_, is_changed) &&
           std::none_of(work_.columns.begin(), work_.columns.end(), [&](const auto& entry) {
             return reads(entry.second, [&](const ObjectAddress& it) { return it == address_; });
           });
  }

  OnlineWork& online_;
  Work& work_;
  const ObjectAddress& address_;
  const QualifiedName table_;
  const ColumnFate& fate_;
  std::vector<std::size_t> fillers_;  // Units of triggers that fill the column.
};

}  // namespace

void MakeColumnOnline(OnlineWork& online, const ObjectAddress& column, const ColumnFate& fate) {
  OnlineColumn(online, column, fate).Make();
}

}  // namespace schemac::plan
