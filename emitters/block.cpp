#include "emitters/block.h"

#include <fmt/format.h>

#include "compiler/support/quote.h"

namespace schemac::emitters {

std::string BlockText(const Block& block, std::string_view each_round, std::string_view at_end) {
  return "DO " + DollarQuote(fmt::format("{}{}{}{}END\n", block.start, each_round, block.rest, at_end));
}

std::string RoundTimeout(std::string_view lock_timeout) {
  if (lock_timeout.empty()) return "";
  return fmt::format("            SET LOCAL lock_timeout = {};\n", QuoteLiteral(lock_timeout));
}

}  // namespace schemac::emitters
