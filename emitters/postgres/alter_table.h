// ALTER TABLE actions, and which of them fit into one statement.
#pragma once

#include <string>
#include <vector>

#include "compiler/plan/step.h"

namespace schemac::emitters::postgres {

// The order in which one ALTER TABLE statement does its actions, whatever their order in the text (AT_PASS_*
// in src/backend/commands/tablecmds.c; the same from PostgreSQL 14 to 16 as far as it is used here).
enum class AlterPass {
  Drop,
  AlterType,
  AddColumn,
  ColumnAttributes,
  AddIndexConstraint,
  AddOtherConstraint,
  Miscellaneous
};

struct ActionText {
  std::string sql;
  AlterPass pass = AlterPass::Miscellaneous;
  std::string
      column;  // Set when the action concerns this column alone, so that it commutes with actions on others.
  bool alone = false;      // Needs an ALTER TABLE statement for itself.
  bool statement = false;  // `sql` is a whole statement of another kind.
};

// One action may need several texts.
std::vector<ActionText> SpellAction(const plan::AlterTable& step, const plan::TableAction& action);

// Whether `next` may join the actions of one statement and do the same as in a statement behind it.
bool MayJoin(const std::vector<ActionText>& actions, const ActionText& next);

// `ALTER TABLE t a, b`, one action on each line when there are several.
std::string JoinActions(const plan::AlterTable& step, const std::vector<ActionText>& actions);

// What the former state was and what is lost, for a comment; "" when there is nothing to tell.
std::string FormerState(const plan::TableAction& action);

}  // namespace schemac::emitters::postgres
