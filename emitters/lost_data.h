// What a step destroys, in words: for comments before statements and for the header of a script.
#pragma once

#include <string>

#include "compiler/plan/step.h"

namespace schemac::emitters {

// `column "phone" of table "tenants"`. Meant for steps whose facts say that data is lost.
std::string WhatIsLost(const plan::Step& step);

}  // namespace schemac::emitters
