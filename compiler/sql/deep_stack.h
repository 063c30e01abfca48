// Trees are read by recursion. Text that nests deeply is handled on a thread with a stack to match, the rest
// where it is.
#pragma once

#include <functional>

#include "compiler/sql/tokens.h"

namespace schemac::sql {

// Runs `work` and waits for it; on this thread when `nesting` is ordinary.
void RunOnDeepStack(const Nesting& nesting, const std::function<void()>& work);

}  // namespace schemac::sql
