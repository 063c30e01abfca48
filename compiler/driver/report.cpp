#include "compiler/driver/report.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/driver/words.h"
#include "compiler/facts/facts.h"
#include "emitters/lost_data.h"

namespace schemac {
namespace {

// Keys stay in the order in which they are written here.
using Json = nlohmann::ordered_json;

constexpr int kSchemaVersion = 1;

Json ChangeObject(const schema::Change& change) {
  const ChangeWords words = WordsFor(change);
  Json object;
  object["action"] = words.action;
  object["kind"] = words.kind;
  object["object"] = words.name;
  if (!words.new_name.empty()) object["new_name"] = words.new_name;
  object["details"] = words.details;
  return object;
}

// The facts of all steps that one statement spells, taken together.
Json StatementObject(const emitters::Statement& statement, const plan::Batch* batch, bool in_transaction) {
  Json object;
  object["sql"] = statement.sql;
  plan::Lock lock;
  bool rewrite = false;
  bool scan = false;
  bool loss = false;
  std::string lost;
  std::string hazard;
  std::string subject;
  for (const std::size_t index : statement.steps) {
    if (batch == nullptr || index >= batch->steps.size()) continue;
    const plan::Step& step = batch->steps[index];
    if (subject.empty()) subject = SqlName(step.subject);
    for (const plan::Lock& taken : step.facts.locks) {
      if (taken.mode > lock.mode) lock = taken;
    }
    rewrite = rewrite || step.facts.rewrites;
    scan = scan || step.facts.scans;
    loss = loss || step.facts.loses_data;
    if (step.facts.loses_data) lost += (lost.empty() ? "" : "; ") + emitters::WhatIsLost(step);
    if (hazard.empty()) hazard = step.facts.hazard;
  }
  object["object"] = subject.empty() ? statement.group : subject;
  object["lock"] = lock.mode == plan::LockMode::None ? Json(nullptr) : Json(facts::LockWords(lock.mode));
  object["rewrite"] = rewrite;
  object["scan"] = scan;
  object["data_loss"] = loss;
  object["lost"] = lost.empty() ? Json(nullptr) : Json(lost);
  object["hazard"] = hazard.empty() ? Json(nullptr) : Json(hazard);
  object["in_transaction"] = in_transaction;
  return object;
}

Json Statements(const Direction& direction) {
  Json all = Json::array();
  for (std::size_t i = 0; i < direction.script.size(); ++i) {
    const emitters::Batch& batch = direction.script[i];
    const plan::Batch* steps = i < direction.plan.batches.size() ? &direction.plan.batches[i] : nullptr;
    for (const emitters::Statement& statement : batch.statements) {
      if (!statement.sql.empty()) all.push_back(StatementObject(statement, steps, batch.transaction));
    }
  }
  return all;
}

}  // namespace

std::string TextReport(const schema::Diff& diff) {
  std::string text;
  for (const ChangeWords& words : Summary(diff)) text += Sentence(words) + "\n";
  return text;
}

std::string JsonReport(const ReportHeader& header, const Migration& migration) {
  Json report;
  report["schema_version"] = kSchemaVersion;
  report["from"] = header.from;
  report["to"] = header.to;
  report["revision"] = header.revision.empty() ? Json(nullptr) : Json(header.revision);
  report["changes"] = Json::array();
  for (const schema::Change& change : migration.diff.changes)
    report["changes"].push_back(ChangeObject(change));
  report["statements"] = Statements(migration.up);
  report["downgrade_statements"] = Statements(migration.down);
  // Names may hold bytes that are no UTF-8 only if a source did; those were refused long before.
  return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace schemac
