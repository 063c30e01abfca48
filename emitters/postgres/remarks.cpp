#include "emitters/postgres/remarks.h"

#include "emitters/lost_data.h"
#include "emitters/postgres/alter_table.h"
#include "emitters/postgres/spelling.h"

namespace schemac::emitters::postgres {
namespace {

constexpr std::size_t kFormerLines = 8;  // Longer definitions are cut; the downgrade script holds them whole.

void AppendLine(std::string_view line, std::string& remarks) {
  if (!remarks.empty()) remarks += '\n';
  remarks += line;
}

// `was: CREATE VIEW …`, the following lines indented.
void AppendFormer(const std::string& definition, std::string& remarks) {
  std::size_t lines = 0;
  std::size_t begin = 0;
  while (begin <= definition.size()) {
    std::size_t end = definition.find('\n', begin);
    if (end == std::string::npos) end = definition.size();
    const std::string_view line = std::string_view(definition).substr(begin, end - begin);
    begin = end + 1;
    if (line.empty()) continue;
    if (lines == kFormerLines) {
      AppendLine("     …", remarks);
      return;
    }
    AppendLine(std::string(lines == 0 ? "was: " : "     ") + std::string(line), remarks);
    ++lines;
  }
}

std::string OutsideOfTransactions(const plan::Action& action) {
  if (const auto* create = std::get_if<plan::CreateObject>(&action);
      create != nullptr && create->concurrently)
    return "outside of transactions, so run by itself; what a build that failed has left behind is dropped "
           "first";
  if (const auto* drop = std::get_if<plan::DropObject>(&action); drop != nullptr && drop->concurrently)
    return "outside of transactions, so run by itself";
  if (const auto* update = std::get_if<plan::UpdateRows>(&action); update != nullptr && update->by_pages)
    return "outside of transactions: a few pages at a time, each time in one of its own; a second run goes "
           "on with the rows that are left";
  return "";
}

std::string FormerOf(const plan::Action& action, const Recreated& recreated) {
  if (const auto* drop = std::get_if<plan::DropObject>(&action)) {
    return recreated.Same(drop->object) ? std::string() : FormerDefinition(drop->object);
  }
  const auto* alter = std::get_if<plan::AlterTable>(&action);
  if (alter == nullptr) return "";
  std::string former;
  for (const plan::TableAction& part : alter->actions) {
    const auto* drop = std::get_if<plan::DropConstraint>(&part);
    if (drop != nullptr && recreated.Same(drop->constraint)) continue;
    const std::string state = FormerState(part);
    if (state.empty()) continue;
    if (!former.empty()) former += '\n';
    former += state;
  }
  return former;
}

}  // namespace

void Recreated::Add(const schema::Object& object) {
  definitions_[schema::AddressOf(object)] = FormerDefinition(object);
}

void Recreated::Add(const plan::Action& action) {
  if (const auto* create = std::get_if<plan::CreateObject>(&action)) Add(create->object);
  if (const auto* alter = std::get_if<plan::AlterTable>(&action)) {
    for (const plan::TableAction& part : alter->actions) {
      if (const auto* add = std::get_if<plan::AddConstraint>(&part)) Add(schema::Object(add->constraint));
    }
  }
}

bool Recreated::Same(const schema::Object& dropped) const {
  const auto found = definitions_.find(schema::AddressOf(dropped));
  return found != definitions_.end() && found->second == FormerDefinition(dropped);
}

void AppendRemarks(const std::string& more, std::string& remarks) {
  std::size_t begin = 0;
  while (begin < more.size()) {
    std::size_t end = more.find('\n', begin);
    if (end == std::string::npos) end = more.size();
    const std::string line = more.substr(begin, end - begin);
    begin = end + 1;
    if (("\n" + remarks + "\n").find("\n" + line + "\n") == std::string::npos) AppendLine(line, remarks);
  }
}

std::string Remarks(const plan::Step& step, const Recreated& recreated) {
  std::string remarks;
  if (const auto* run = std::get_if<plan::RunSql>(&step.action); run != nullptr && !run->title.empty()) {
    AppendLine(run->title, remarks);
  }
  if (const auto* undo = std::get_if<plan::CannotUndo>(&step.action))
    AppendLine("cannot be undone: " + undo->what, remarks);
  if (!step.reason.empty()) AppendLine(step.reason, remarks);
  const std::string outside = OutsideOfTransactions(step.action);
  if (!outside.empty()) AppendLine(outside, remarks);
  if (step.facts.loses_data) AppendLine("loses data: " + WhatIsLost(step), remarks);
  const std::string former = FormerOf(step.action, recreated);
  if (!former.empty()) AppendFormer(former, remarks);
  return remarks;
}

}  // namespace schemac::emitters::postgres
