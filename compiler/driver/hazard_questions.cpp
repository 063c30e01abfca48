#include "compiler/driver/hazard_questions.h"

#include <algorithm>
#include <istream>
#include <ostream>
#include <set>

#include <fmt/format.h>

#include "compiler/driver/answers.h"
#include "compiler/driver/words.h"
#include "compiler/plan/plan.h"
#include "emitters/lost_data.h"
#include "schema/diff/diff.h"

namespace schemac {
namespace {

std::string Ask(Context& context, const std::string& question) {
  context.environment.err << OneLine(question) << " " << std::flush;
  std::string answer;
  std::getline(context.environment.in, answer);
  return answer;
}

// The column that the step adds or makes required, and the question about its rows.
struct ValueQuestion {
  schema::ObjectAddress column;
  std::string question;
};

ValueQuestion QuestionOf(const plan::Step& step) {
  ValueQuestion result{step.subject, ""};
  result.column.kind = schema::ObjectKind::Column;
  const auto* alter = std::get_if<plan::AlterTable>(&step.action);
  if (alter == nullptr) return result;
  for (const plan::TableAction& action : alter->actions) {
    if (const auto* add = std::get_if<plan::AddColumn>(&action)) {
      result.column.member = add->column.name;
      result.question = "is required and new: what do rows that exist get?";
    } else if (const auto* set = std::get_if<plan::SetNotNull>(&action)) {
      result.column.member = set->column;
      result.question = "becomes required: what do rows that hold NULL get?";
    }
  }
  return result;
}

bool AskForValue(Context& context, const plan::Step& step, const schema::Catalog& before,
                 const schema::Catalog& after, schema::Intent& intent) {
  const ValueQuestion asked = QuestionOf(step);
  const std::string value =
      Ask(context, fmt::format("{} {} (SQL, empty for none)", Describe(asked.column), asked.question));
  if (value.empty()) return true;
  Answers answers;
  answers.backfills.push_back(SqlName(asked.column) + "=" + value);
  return AddAnswers(context, answers, before, after, intent);
}

void AskForLeave(Context& context, const plan::Step& step, std::vector<std::string>& allowed) {
  const std::string answer = Ask(
      context, fmt::format("this loses {}: allow {}? [y/N]", emitters::WhatIsLost(step), step.facts.hazard));
  if (answer == "y" || answer == "Y" || answer == "yes") allowed.push_back(step.facts.hazard);
}

}  // namespace

bool SettleHazards(Context& context, const schema::Catalog& before, const schema::Catalog& after,
                   schema::Intent& intent, std::vector<std::string>& allowed) {
  if (!context.environment.interactive) return true;
  const auto diff = schema::Compare(before, after, intent);
  if (!diff) return true;  // Planning will say it.
  plan::Options options;
  options.allowed = {"all"};
  DiagnosticSink unheard;
  const plan::Plan plan = plan::MakePlan(before, after, *diff, options, unheard);
  const auto is_allowed = [&](const std::string& hazard) {
    return std::ranges::find(allowed, hazard) != allowed.end() ||
           std::ranges::find(allowed, "all") != allowed.end();
  };
  std::set<std::string> asked;
  for (const plan::Batch& batch : plan.batches) {
    for (const plan::Step& step : batch.steps) {
      if (step.facts.hazard.empty() || is_allowed(step.facts.hazard)) continue;
      if (step.facts.hazard == "required-column") {
        if (!AskForValue(context, step, before, after, intent)) return false;
      } else if (asked.insert(emitters::WhatIsLost(step)).second) {
        AskForLeave(context, step, allowed);
      }
    }
  }
  return true;
}

}  // namespace schemac
