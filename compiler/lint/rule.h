// What a rule is, and what it sees of a script: one thing that a statement does at a time, with all that went
// before.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/lint/state.h"
#include "compiler/sql/deeds.h"

namespace schemac::lint {

// Note: how it is better written. Warning: blocks, breaks or risks something. Error: fails, or loses what
// cannot be brought back.
enum class Severity : std::uint8_t { Note, Warning, Error };

// The deeds of a script by the name of what they work on, for rules that look for one among many.
class DeedsByRelation {
 public:
  // The deed must live as long, and be added again when it turns out to work on something else.
  void Add(const sql::Deed& deed) { deeds_[deed.relation.name].push_back(&deed); }
  [[nodiscard]] const std::vector<const sql::Deed*>& Of(const std::string& name) const {
    static const std::vector<const sql::Deed*> kNone;
    const auto found = deeds_.find(name);
    return found == deeds_.end() ? kNone : found->second;
  }

 private:
  std::map<std::string, std::vector<const sql::Deed*>> deeds_;
};

struct Scene {
  const std::vector<sql::StatementDeeds>& script;
  const DeedsByRelation& by_relation;  // Those of the whole script.
  const sql::StatementDeeds& statement;
  const sql::Deed& deed;
  const State& state;  // Before the statement.

  [[nodiscard]] bool Does(std::initializer_list<facts::Operation> operations) const;
  [[nodiscard]] const facts::OperationFacts& facts() const { return facts::FactsOf(deed.operation); }
  // Whether the relation was made by this script: nobody waits for it, and it has no rows to speak of.
  [[nodiscard]] bool IsNew() const { return state.created.contains(deed.relation); }
  // The relation as SQL.
  [[nodiscard]] std::string Relation() const;
  // The columns that the deed adds or makes, with their types.
  [[nodiscard]] bool AddsColumns() const;
};

// Collects what one rule finds in a script; a rule that speaks once looks whether it has spoken.
class Report {
 public:
  struct Entry {
    sql::Place place;
    std::string message;
  };
  // At the deed in question.
  void Add(const Scene& scene, std::string message) {
    entries_.push_back({scene.deed.place, std::move(message)});
  }
  void Add(sql::Place place, std::string message) { entries_.push_back({place, std::move(message)}); }
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

 private:
  std::vector<Entry> entries_;
};

// Reports every column that the deed adds or makes with the built-in type (its canonical name), whatever its
// modifiers.
void ReportColumnsOf(std::string_view type, std::string_view what, const Scene& scene, Report& report);

struct Rule {
  std::string_view id;
  Severity severity = Severity::Warning;
  std::string_view summary;  // What is wrong, in a line.
  std::string_view why;      // What happens, and when.
  std::string_view instead;  // The safe way.
  // Scripts that the rule's test judges: the first has a finding of the rule, the second has none.
  std::string_view unsafe;
  std::string_view safe;
  // What is there before both of them.
  std::string_view schema = "";
  bool by_default = true;
  // Called for each deed of the script, in order.
  void (*check)(const Scene& scene, Report& report) = nullptr;
  // Called once, when the script is read: what it leaves undone.
  void (*finish)(const std::vector<sql::StatementDeeds>& script, const State& state,
                 Report& report) = nullptr;
};

// Every rule, by identifier.
const std::vector<const Rule*>& Rules();
std::vector<std::string> RuleNames();
// nullptr when there is none.
const Rule* FindRule(std::string_view id);

}  // namespace schemac::lint
