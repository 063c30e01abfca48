// An order in which new objects can be made one by one, each after those it needs.
#pragma once

#include <cstddef>
#include <vector>

#include "schema/object.h"

namespace schemac::emitters {

// Positions into `objects`. Where nothing decides, and within circles, the given order stays. The reverse is
// an order for dropping.
std::vector<std::size_t> OrderByNeeds(const std::vector<const schema::Object*>& objects);

}  // namespace schemac::emitters
