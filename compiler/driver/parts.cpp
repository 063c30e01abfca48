#include "compiler/driver/parts.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "compiler/driver/branch.h"
#include "compiler/driver/layout_files.h"
#include "compiler/driver/range.h"
#include "compiler/driver/words.h"
#include "compiler/support/quote.h"
#include "emitters/layouts/ledger.h"

namespace schemac {
namespace {

using FactsByObject = std::map<std::string, std::vector<verify::Fact>>;

FactsByObject ByObject(const schema::Object& object) {
  verify::Facts facts;
  verify::AddFacts(object, facts);
  FactsByObject by_object;
  for (verify::Fact& fact : facts.facts) by_object[fact.object].push_back(std::move(fact));
  return by_object;
}

// The object, or the table that it is part of.
std::string KeyOfUnit(const schema::ObjectAddress& address) {
  return verify::ObjectKey(IsTablePart(address.kind) ? TableOf(address) : address);
}

// What a revision changes, by unit.
struct Change {
  FactsByObject before;
  FactsByObject after;
};
std::map<std::string, Change> ChangesOf(const schema::Catalog& before, const schema::Catalog& after) {
  std::map<std::string, Change> changes;
  for (const auto& [address, object] : before.objects()) {
    const schema::Object* other = after.Find(address);
    if (other == nullptr || !(*other == object)) changes[KeyOfUnit(address)].before.merge(ByObject(object));
  }
  for (const auto& [address, object] : after.objects()) {
    const schema::Object* other = before.Find(address);
    if (other == nullptr || !(*other == object)) changes[KeyOfUnit(address)].after.merge(ByObject(object));
  }
  for (auto& [unit, change] : changes) {
    for (auto it = change.before.begin(); it != change.before.end();) {
      const auto same = change.after.find(it->first);
      const bool equal = same != change.after.end() && same->second == it->second;
      if (equal) change.after.erase(same);
      it = equal ? change.before.erase(it) : std::next(it);
    }
  }
  return changes;
}

void Append(const FactsByObject& from, std::vector<verify::Fact>& facts) {
  for (const auto& [object, more] : from) facts.insert(facts.end(), more.begin(), more.end());
}

void AddChange(const std::string& unit, const Change& change, Part& part) {
  Append(change.before, part.before);
  Append(change.after, part.after);
  for (const auto& [object, facts] : change.before) {
    part.units.emplace_back(unit, object);
    if (!change.after.contains(object)) part.dropped.insert(object);
  }
  for (const auto& [object, facts] : change.after) {
    if (change.before.contains(object)) continue;
    part.units.emplace_back(unit, object);
    part.created.insert(object);
  }
}

const plan::Step& StepOf(const emitters::Statement& statement, const plan::Batch& batch) {
  return batch.steps.at(statement.steps.empty() ? 0 : statement.steps.front());
}

PartStatement MakeStatement(const emitters::Statement& statement, const plan::Batch& batch) {
  const plan::Step& step = StepOf(statement, batch);
  const bool of_rows = std::holds_alternative<plan::InsertRow>(step.action) ||
                       std::holds_alternative<plan::UpdateRow>(step.action) ||
                       std::holds_alternative<plan::DeleteRow>(step.action);
  // Whether a row is there does not follow from its table: such a statement is run in any case.
  return {statement.comment, statement.sql, KeyOfUnit(step.subject) + (of_rows ? " rows" : ""),
          std::holds_alternative<plan::RunSql>(step.action)};
}

void Lean(const plan::Step& step, std::vector<verify::Fact>& leaned) {
  if (const auto* create = std::get_if<plan::CreateObject>(&step.action)) {
    verify::Facts facts;
    verify::AddFacts(create->object, facts);
    for (verify::Fact& fact : facts.facts) {
      // Set by a statement of its own.
      if (fact.aspect != "comment") leaned.push_back(std::move(fact));
    }
  } else if (const auto* drop = std::get_if<plan::DropObject>(&step.action)) {
    leaned.push_back({verify::ObjectKey(AddressOf(drop->object)), verify::kGone, verify::kGone});
  }
}

// A backfill that may be done a few rows at a time: what has its value is passed over.
const plan::UpdateRows* Backfill(const emitters::Statement& statement, const plan::Batch& batch,
                                 std::size_t batch_rows) {
  const auto* update = std::get_if<plan::UpdateRows>(&StepOf(statement, batch).action);
  return batch_rows > 0 && batch.transaction && update != nullptr && update->only_null ? update : nullptr;
}

// "locks:  …" and "data:   …" from the head of a script, a longer one's lines put together.
std::vector<std::string> NotesOf(std::string_view script) {
  std::vector<std::string> notes;
  while (script.starts_with("-- ")) {
    const std::size_t end = std::min(script.find('\n'), script.size());
    const std::string_view line = script.substr(3, end - 3);
    script.remove_prefix(std::min(end + 1, script.size()));
    if (line.starts_with("locks:") || line.starts_with("data:")) {
      notes.emplace_back(line);
    } else if (line.starts_with("   ") && !notes.empty()) {
      notes.back() += " " + std::string(line.substr(line.find_first_not_of(' ')));
    }
  }
  return notes;
}

// How many transactions have a statement about the unit.
std::map<std::string, int> CountTransactions(const Direction& up, std::size_t batch_rows) {
  std::map<std::string, int> counts;
  for (std::size_t i = 0; i < up.script.size(); ++i) {
    const plan::Batch& batch = up.plan.batches.at(i);
    std::set<std::string> units;
    const auto count = [&] {
      for (const std::string& unit : units) ++counts[unit];
      units.clear();
    };
    for (const emitters::Statement& statement : up.script[i].statements) {
      const bool apart = Backfill(statement, batch, batch_rows) != nullptr;
      if (apart) count();
      units.insert(KeyOfUnit(StepOf(statement, batch).subject));
      if (apart) count();
    }
    count();
  }
  return counts;
}

class Splitter {
 public:
  Splitter(const Revision& revision, const Compiled& compiled, const ScriptSettings& settings,
           const emitters::LayoutBooks& books)
      : revision_(revision),
        settings_(settings),
        up_(compiled.migration.up),
        books_(books),
        batch_rows_(settings.backfill_batch),
        changes_(ChangesOf(compiled.before, compiled.after)),
        counts_(CountTransactions(up_, settings.backfill_batch)),
        needs_(revision.revises) {}

  std::vector<Part> Run() {
    for (std::size_t i = 0; i < up_.script.size(); ++i) {
      if (up_.script[i].transaction) {
        AddTransaction(i);
      } else {
        AddAlone(i);
      }
    }
    if (parts_.empty() || !parts_.back().transaction) parts_.push_back(Start(up_.script.size()));
    parts_.back().last = true;
    parts_.back().mark.clear();
    parts_.back().also_close = books_.add;
    const auto first = std::ranges::find(parts_, true, &Part::transaction);
    first->first = revision_.revises.empty();
    if (first->first) first->also_create = books_.create;
    return std::move(parts_);
  }

 private:
  Part Start(std::size_t batch) {
    Part part;
    part.revision = revision_.id;
    part.title = revision_.message.empty() ? revision_.id
                                           : fmt::format("{}: {}", revision_.id, OneLine(revision_.message));
    part.notes = NotesOf(up_.text);
    part.checksum = up_.checksum;
    part.mark = fmt::format("{} (part {} of {})", revision_.id, batch + 1, up_.script.size());
    part.needs = needs_;
    part.leaned = leaned_;
    return part;
  }

  void AddTransaction(std::size_t batch) {
    const plan::Batch& plan = up_.plan.batches.at(batch);
    Part part = Start(batch);
    std::size_t cuts = 0;
    const auto cut = [&] {
      if (part.statements.empty()) return;
      part.mark =
          fmt::format("{} (part {} of {}, step {})", revision_.id, batch + 1, up_.script.size(), ++cuts);
      Finish(std::move(part));
      part = Start(batch);
    };
    for (const emitters::Statement& statement : up_.script[batch].statements) {
      const plan::UpdateRows* backfill = Backfill(statement, plan, batch_rows_);
      if (backfill != nullptr) cut();
      part.statements.push_back(MakeStatement(statement, plan));
      part.adds_labels |= std::holds_alternative<plan::AddEnumLabel>(StepOf(statement, plan).action);
      if (backfill == nullptr) continue;
      part.batch_rows = batch_rows_;
      part.batch_from =
          fmt::format("{} WHERE {} IS NULL", QuoteQualified(backfill->table.schema, backfill->table.name),
                      QuoteIdentifier(backfill->column));
      cut();
    }
    Finish(std::move(part));
  }

  void Finish(Part part) {
    std::set<std::string> units;
    for (const PartStatement& statement : part.statements) units.insert(statement.unit);
    for (const std::string& unit : units) {
      const auto change = changes_.find(unit);
      if (part.batch_rows == 0 && change != changes_.end() && counts_[unit] == 1)
        AddChange(unit, change->second, part);
    }
    needs_.push_back(part.mark);
    // Looked at by this part, and what it does may give it other names.
    leaned_.clear();
    parts_.push_back(std::move(part));
  }

  // What works in rounds says by itself that it is done.
  void KeepBooks(const emitters::Block& block, Part& part) {
    part.statements.back().sql = emitters::BlockText(
        block, emitters::RoundTimeout(settings_.lock_timeout),
        fmt::format("    INSERT INTO {} (revision, checksum) VALUES ({}, 'unfinished')\n      ON CONFLICT DO "
                    "NOTHING;\n",
                    emitters::LedgerTableText(settings_.ledger_table), QuoteLiteral(part.mark)));
    needs_.push_back(part.mark);
  }

  // Each statement by itself.
  void AddAlone(std::size_t batch) {
    const plan::Batch& plan = up_.plan.batches.at(batch);
    for (const emitters::Statement& statement : up_.script[batch].statements) {
      if (DropsLeftover(statement, StepOf(statement, plan))) continue;
      Part part = Start(batch);
      part.transaction = false;
      part.statements.push_back(MakeStatement(statement, plan));
      part.statements.back().comment.clear();
      if (statement.block) KeepBooks(*statement.block, part);
      parts_.push_back(std::move(part));
    }
    for (const plan::Step& step : plan.steps) Lean(step, leaned_);
  }

  const Revision& revision_;
  const ScriptSettings& settings_;
  const Direction& up_;
  const emitters::LayoutBooks& books_;
  std::size_t batch_rows_;
  std::map<std::string, Change> changes_;
  std::map<std::string, int> counts_;
  std::vector<std::string> needs_;
  std::vector<verify::Fact> leaned_;
  std::vector<Part> parts_;
};

}  // namespace

bool DropsLeftover(const emitters::Statement& statement, const plan::Step& step) {
  return std::holds_alternative<plan::CreateObject>(step.action) && statement.sql.starts_with("DROP ");
}

std::vector<Part> PartsOf(const Revision& revision, const Compiled& compiled, const ScriptSettings& settings,
                          const emitters::LayoutBooks& books) {
  return Splitter(revision, compiled, settings, books).Run();
}

std::optional<Collected> CollectParts(Context& context, const Project& project, const std::string& range,
                                      const std::string& layout) {
  const std::optional<History> history = LoadHistory(context, project);
  if (!history) return std::nullopt;
  const ErrorOr<std::pair<Point, Point>> ends = ResolveEnds(*history, range, "base");
  if (!ends) {
    context.Fail(ends.error());
    return std::nullopt;
  }
  if (!ProveRange(context, project, *history, ends->first, ends->second, false)) return std::nullopt;
  Collected collected;
  const bool done =
      CompileBetween(context, project, *history, ends->first, ends->second, [&](const Compiled& compiled) {
        const Revision& revision = history->revisions()[compiled.revision];
        if (!ReviewedScript(context, project, *history, compiled, false)) return false;
        ErrorOr<emitters::LayoutBooks> books = compiled.migration.books;
        if (!layout.empty())
          books = emitters::BooksOf(
              layout, LayoutRevisionOf(revision.id, revision.revises, revision.message, compiled.migration),
              LayoutOptionsFor(project, compiled));
        if (!books) return context.Fail(books.error());
        if (collected.revisions.empty()) collected.before = compiled.before;
        collected.after = compiled.after;
        collected.revisions.push_back(revision.id);
        std::ranges::move(PartsOf(revision, compiled, project.config.scripts, *books),
                          std::back_inserter(collected.parts));
        return true;
      });
  if (!done) return std::nullopt;
  if (!history->IsChain(ends->first, *history->Path(ends->first, ends->second))) {
    std::optional<schema::Catalog> before =
        StateAt(*history, ends->first, context.sources, context.sink, context.analysis);
    if (!before) return std::nullopt;
    collected.before = *std::move(before);
  }
  return collected;
}

std::vector<verify::Fact> FactsBetween(const schema::Catalog& before, const schema::Catalog& after) {
  std::vector<verify::Fact> facts;
  for (const auto& [unit, change] : ChangesOf(before, after)) {
    Append(change.after, facts);
    for (const auto& [object, former] : change.before) {
      if (!change.after.contains(object)) facts.push_back({object, verify::kGone, verify::kGone});
    }
  }
  return facts;
}

}  // namespace schemac
