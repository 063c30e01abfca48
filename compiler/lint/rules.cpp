#include <algorithm>

#include "compiler/lint/rule.h"

namespace schemac::lint {

#define X(rule) extern const Rule rule;
#include "compiler/lint/rules.def"
#undef X

const std::vector<const Rule*>& Rules() {
  static const std::vector<const Rule*> rules = {
#define X(rule) &rule,
#include "compiler/lint/rules.def"
#undef X
  };
  return rules;
}

std::vector<std::string> RuleNames() {
  std::vector<std::string> names;
  for (const Rule* rule : Rules()) names.emplace_back(rule->id);
  return names;
}

const Rule* FindRule(std::string_view id) {
  const auto found =
      std::find_if(Rules().begin(), Rules().end(), [&](const Rule* rule) { return rule->id == id; });
  return found == Rules().end() ? nullptr : *found;
}

}  // namespace schemac::lint
