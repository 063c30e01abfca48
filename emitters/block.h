// A DO block that works in rounds, each in a transaction of its own. Whoever writes it into a script may have
// more done in it.
#pragma once

#include <string>
#include <string_view>

namespace schemac::emitters {

struct Block {
  std::string start;  // The body up to where a round begins.
  std::string rest;   // From there to before the last END.
};

// The statement, without `;`. `each_round` and `at_end` are lines of statements with their `;`.
std::string BlockText(const Block& block, std::string_view each_round = "", std::string_view at_end = "");

// `SET LOCAL lock_timeout = …` as `each_round` takes it; "" for no timeout.
std::string RoundTimeout(std::string_view lock_timeout);

}  // namespace schemac::emitters
