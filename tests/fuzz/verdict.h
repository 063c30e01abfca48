// What a law says of an input, as libFuzzer wants to hear it.
#pragma once

#include <string>

namespace schemac::testing {

// Aborts with the text when a law is broken. Input that is no SQL ("source …"), and what the program refuses,
// break none.
void StopOnFailure(const std::string& verdict);

}  // namespace schemac::testing
