#include "emitters/layouts/header.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "compiler/facts/facts.h"
#include "compiler/plan/facts.h"
#include "compiler/support/quote.h"
#include "emitters/lost_data.h"

namespace schemac::emitters {
namespace {

constexpr std::size_t kLineWidth = 118;
constexpr std::size_t kMaxItems = 12;  // More are only counted: the statements follow anyway.

// What one part of a script does to a table: the strongest lock, and what is done while it is held.
struct TableLock {
  plan::LockMode mode = plan::LockMode::None;
  bool rewrites = false;
  bool scans = false;
  bool builds_index = false;
};
using TableLocks = std::map<schema::QualifiedName, TableLock>;

// Weaker modes than these disturb no one who reads or writes, and no one who reads this.
bool IsNoticed(plan::LockMode mode) { return mode >= plan::LockMode::ShareUpdateExclusive; }

// A lock is held to the end of its transaction, so that all that is done in one part is done under the
// strongest.
void AddLocks(const plan::Facts& facts, TableLocks& locks) {
  for (const plan::Lock& lock : facts.locks) {
    if (!IsNoticed(lock.mode)) continue;
    TableLock& table = locks[lock.relation];
    table.mode = std::max(table.mode, lock.mode);
    if (lock.relation != facts.locks.front().relation) continue;
    table.rewrites = table.rewrites || facts.rewrites;
    table.scans = table.scans || facts.scans;
    table.builds_index = table.builds_index || facts.builds_index;
  }
}

// Hand-written SQL is several statements, of which each works on a relation of its own. Tables that the plan
// makes are not among the step's locks.
void AddLocksOf(const plan::RunSql& run, const plan::Step& step, TableLocks& locks) {
  for (plan::Facts& facts : plan::FactsOfStatements(run.sql)) {
    std::erase_if(facts.locks, [&](const plan::Lock& lock) {
      return std::none_of(step.facts.locks.begin(), step.facts.locks.end(),
                          [&](const plan::Lock& known) { return known.relation == lock.relation; });
    });
    AddLocks(facts, locks);
  }
}

TableLocks LocksOf(const plan::Batch& batch) {
  TableLocks locks;
  for (const plan::Step& step : batch.steps) {
    const auto* run = std::get_if<plan::RunSql>(&step.action);
    if (run != nullptr && !run->title.empty()) {  // What the plan adds of its own comes with its facts.
      AddLocksOf(*run, step, locks);
    } else {
      AddLocks(step.facts, locks);
    }
  }
  return locks;
}

std::string Words(const TableLock& lock) {
  const std::string mode(facts::LockWords(lock.mode));
  if (lock.rewrites) return mode + " while it is rewritten";
  if (lock.builds_index) return mode + " while an index is built";
  return mode + (lock.scans ? " while it is scanned" : ", brief");
}

// A table's locks in one part stand for themselves: what another part does is done when they are gone.
std::vector<std::string> Locks(const plan::Plan& plan) {
  std::map<schema::QualifiedName, std::vector<std::string>> tables;
  for (const plan::Batch& batch : plan.batches) {
    for (const auto& [name, lock] : LocksOf(batch)) {
      std::vector<std::string>& parts = tables[name];
      std::string words = Words(lock);
      if (std::find(parts.begin(), parts.end(), words) == parts.end()) parts.push_back(std::move(words));
    }
  }
  std::vector<std::string> items;
  for (const auto& [name, parts] : tables) {
    items.push_back(QuoteQualified(name.schema, name.name) + " " +
                    fmt::format("{}", fmt::join(parts, ", then ")));
  }
  if (items.empty()) items.emplace_back("none that others would notice");
  return items;
}

std::vector<std::string> DataChanges(const plan::Plan& plan) {
  std::vector<std::string> items;
  std::vector<std::string> losses;
  std::set<std::string> seen;
  const auto add = [&seen](std::string item, std::vector<std::string>& list) {
    if (seen.insert(item).second) list.push_back(std::move(item));
  };
  for (const plan::Batch& batch : plan.batches) {
    for (const plan::Step& step : batch.steps) {
      if (const auto* update = std::get_if<plan::UpdateRows>(&step.action)) {
        add((update->only_null ? "updates rows of " : "updates every row of ") +
                QuoteQualified(update->table.schema, update->table.name) +
                (update->by_pages ? " a few at a time" : ""),
            items);
      } else if (const auto* run = std::get_if<plan::RunSql>(&step.action)) {
        if (!run->title.empty()) add("runs: " + run->title, items);
        if (run->title.empty() && step.facts.updates_rows) add("runs statements of its own on rows", items);
        for (const plan::Facts& facts : plan::FactsOfStatements(run->sql)) {
          if (!facts.loses_data || facts.locks.empty()) continue;
          const schema::QualifiedName& table = facts.locks.front().relation;
          add("DELETES rows of " + QuoteQualified(table.schema, table.name), losses);
        }
      } else if (const auto* row = std::get_if<plan::InsertRow>(&step.action)) {
        add("adds rows to " + QuoteQualified(row->row.table.schema, row->row.table.name), items);
      } else if (const auto* changed = std::get_if<plan::UpdateRow>(&step.action)) {
        add("updates rows of " + QuoteQualified(changed->to.table.schema, changed->to.table.name), items);
      } else if (const auto* gone = std::get_if<plan::DeleteRow>(&step.action)) {
        add("DELETES rows of " + QuoteQualified(gone->row.table.schema, gone->row.table.name), losses);
      }
      if (step.facts.loses_data) add("LOSES " + WhatIsLost(step), losses);
    }
  }
  items.insert(items.end(), losses.begin(), losses.end());
  if (losses.empty()) items.emplace_back("loses none");
  return items;
}

// What the online profile has no other form for: the tables that are kept from writers while rows are read or
// written, and statements of the revision's own, whose locks nobody has looked at.
std::vector<std::string> Exceptions(const plan::Plan& plan) {
  std::set<std::string> exceptions;
  for (const plan::Batch& batch : plan.batches) {
    for (const auto& [name, lock] : LocksOf(batch)) {
      const bool slow = lock.rewrites || lock.scans || lock.builds_index;
      if (slow && facts::BlocksWrites(lock.mode)) exceptions.insert(QuoteQualified(name.schema, name.name));
    }
    for (const plan::Step& step : batch.steps) {
      const auto* run = std::get_if<plan::RunSql>(&step.action);
      if (run != nullptr && !run->title.empty()) exceptions.insert("what \"" + run->title + "\" does");
    }
  }
  return {exceptions.begin(), exceptions.end()};
}

std::string Online(const plan::Plan& plan, const std::string& lock_timeout) {
  const std::vector<std::string> exceptions = Exceptions(plan);
  std::string text =
      exceptions.empty()
          ? "online: no table is kept from writers while its rows are read or written"
          : fmt::format("online: all but {}, for which there is no other form", fmt::join(exceptions, ", "));
  if (!lock_timeout.empty()) {
    text += fmt::format(
        "\nretry:  a part that stops since it got no lock within {} has done nothing: run it again",
        lock_timeout);
  }
  return text;
}

// `-- locks:  a; b; c`, further lines indented.
std::string ItemLines(std::string_view label, std::vector<std::string> items) {
  if (items.size() > kMaxItems) {
    const std::size_t more = items.size() - kMaxItems;
    items.resize(kMaxItems);
    items.push_back("and " + std::to_string(more) + " more");
  }
  std::string text;
  std::string line(label);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string item = items[i] + (i + 1 < items.size() ? ";" : "");
    if (i > 0 && line.size() + 1 + item.size() > kLineWidth) {
      text += CommentLines(line);
      line = std::string(label.size(), ' ') + item;
    } else {
      line += (i == 0 ? "" : " ") + item;
    }
  }
  return text + CommentLines(line);
}

std::string Direction(const ScriptOptions& options) {
  std::string text;
  if (options.ledger) {
    std::string others;
    for (const std::string& name : options.ledger->revises) others += (others.empty() ? "" : " and ") + name;
    if (others.empty()) others = "an empty database";
    text = (options.ledger->downgrade ? "downgrade to " : "upgrade from ") + others + ", ";
  }
  text += "for PostgreSQL " + std::to_string(options.postgres_version) + " or later";
  if (!options.counterpart.empty()) text += "; " + options.counterpart;
  return text;
}

std::string OneLine(std::string text) {
  for (char& c : text) {
    if (c == '\n' || c == '\r') c = ' ';
  }
  return text;
}

}  // namespace

std::string CommentLines(std::string_view text) {
  std::string lines;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    std::size_t end = text.find_first_of("\n\r", begin);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view line = text.substr(begin, end - begin);
    if (!line.empty()) lines += "-- " + std::string(line) + "\n";
    begin = end + 1;
  }
  return lines;
}

std::string ScriptHeader(const plan::Plan& plan, const ScriptOptions& options) {
  std::string header;
  if (!options.title.empty()) header += CommentLines(OneLine(options.title));
  header += CommentLines(OneLine(Direction(options)));
  if (plan.empty()) {
    header += CommentLines("nothing changes in the database");
  } else {
    header += ItemLines("locks:  ", Locks(plan));
    header += ItemLines("data:   ", DataChanges(plan));
    if (plan.online) header += CommentLines(Online(plan, options.lock_timeout));
  }
  if (!options.checksum.empty())
    header += CommentLines(std::string(kChecksumLabel) + options.checksum + " of the statements");
  return header;
}

}  // namespace schemac::emitters
