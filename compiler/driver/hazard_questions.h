// What a plan would refuse until its author has said more is asked first, when there is somebody to ask.
#pragma once

#include <string>
#include <vector>

#include "compiler/driver/context.h"
#include "schema/catalog.h"
#include "schema/intent.h"

namespace schemac {

// At a terminal: asks what rows that exist get in a required column, and whether what would be lost may be.
// Answers go to the intent and to the allowed hazards; what is not answered, planning refuses with the flag
// that would. False, with diagnostics, after an answer that is no expression. Elsewhere this does nothing.
bool SettleHazards(Context& context, const schema::Catalog& before, const schema::Catalog& after,
                   schema::Intent& intent, std::vector<std::string>& allowed);

}  // namespace schemac
