// `-- schemac: allow RULE because …`: findings that the author of a script has thought about.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/lint/lint.h"
#include "compiler/sql/deeds.h"

namespace schemac::lint {

struct Suppression {
  sql::Place place;
  std::string rule;
  bool reasoned = false;    // Whether `because` and a reason follow.
  bool whole_file = false;  // `allow RULE in this file because …`
  // The statement that it is about: the one it stands in, behind on the same line, or before.
  sql::Place about;
  bool used = false;
};

std::vector<Suppression> ReadSuppressions(std::string_view script,
                                          const std::vector<sql::StatementDeeds>& statements);

// Takes away what is allowed with a reason, and adds what is wrong with the suppressions themselves.
void Suppress(std::vector<Suppression> suppressions, SourceId source, std::vector<Finding>& findings);

}  // namespace schemac::lint
