#include "emitters/layouts/header.h"

#include <array>
#include <map>
#include <set>
#include <vector>

#include "compiler/support/quote.h"
#include "emitters/lost_data.h"

namespace schemac::emitters {
namespace {

constexpr std::size_t kLineWidth = 118;
constexpr std::size_t kMaxItems = 12;  // More are only counted: the statements follow anyway.

constexpr std::array<std::string_view, 9> kLockWords = {
    "none",  "ACCESS SHARE",        "ROW SHARE", "ROW EXCLUSIVE",   "SHARE UPDATE EXCLUSIVE",
    "SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"};

struct TableLock {
  plan::LockMode mode = plan::LockMode::None;
  bool rewrites = false;
  bool scans = false;
  bool builds_index = false;
};

bool BuildsIndex(const plan::Step& step) {
  const auto* create = std::get_if<plan::CreateObject>(&step.action);
  return create != nullptr && std::holds_alternative<schema::Index>(create->object);
}

// Weaker modes than these disturb no one who reads or writes, and no one who reads this.
bool IsNoticed(plan::LockMode mode) { return mode >= plan::LockMode::ShareUpdateExclusive; }

std::vector<std::string> Locks(const plan::Plan& plan) {
  std::map<schema::QualifiedName, TableLock> locks;
  for (const plan::Batch& batch : plan.batches) {
    for (const plan::Step& step : batch.steps) {
      for (const plan::Lock& lock : step.facts.locks) {
        if (!IsNoticed(lock.mode)) continue;
        TableLock& table = locks[lock.relation];
        if (lock.mode > table.mode) table.mode = lock.mode;
        // Only the table that the step is about is read or written by it; the others are merely locked.
        const bool subject = step.subject.qualified() == lock.relation || step.facts.locks.size() == 1;
        table.rewrites = table.rewrites || (subject && step.facts.rewrites);
        table.scans = table.scans || (subject && step.facts.scans);
        table.builds_index = table.builds_index || BuildsIndex(step);
      }
    }
  }
  std::vector<std::string> items;
  for (const auto& [name, lock] : locks) {
    std::string item = QuoteQualified(name.schema, name.name) + " " +
                       std::string(kLockWords[static_cast<std::size_t>(lock.mode)]);
    if (lock.rewrites) {
      item += " while it is rewritten";
    } else if (lock.builds_index) {
      item += " while an index is built";
    } else if (lock.scans) {
      item += " while it is scanned";
    } else {
      item += ", brief";
    }
    items.push_back(std::move(item));
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
                QuoteQualified(update->table.schema, update->table.name),
            items);
      } else if (const auto* run = std::get_if<plan::RunSql>(&step.action)) {
        add(run->title.empty() ? "runs statements of its own on rows" : "runs: " + run->title, items);
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
  }
  if (!options.checksum.empty())
    header += CommentLines(std::string(kChecksumLabel) + options.checksum + " of the statements");
  return header;
}

}  // namespace schemac::emitters
