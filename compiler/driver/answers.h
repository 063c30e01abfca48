// What the author says on the command line, or when asked, about changes that the two states alone do not
// tell.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/context.h"
#include "schema/catalog.h"
#include "schema/intent.h"

namespace schemac {

struct Answers {
  std::vector<std::string> renames;    // --rename OLD=NEW
  std::vector<std::string> backfills;  // --backfill TABLE.COLUMN=EXPRESSION
  bool no_rename = false;              // What looks renamed was dropped and added.
};

// Adds the answers to the intent. False, with diagnostics, when one of them fits nothing.
bool AddAnswers(Context& context, const Answers& answers, const schema::Catalog& before,
                const schema::Catalog& after, schema::Intent& intent);

// Asks about what looks renamed and is not answered yet: the person at the terminal, or else by failing with
// the flag and the annotation that would answer.
bool SettleRenames(Context& context, const Answers& answers, const schema::Catalog& before,
                   const schema::Catalog& after, schema::Intent& intent);

}  // namespace schemac
