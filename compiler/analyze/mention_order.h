// In which order to make objects of a model, which may stand in any order: those first whose names others
// mention.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace schemac::analyze {

// One object: the name others would mention, and the texts in which it mentions others.
struct Mentioner {
  std::string name;
  std::vector<std::string_view> texts;
};

// The numbers of the nodes, each after those it mentions; otherwise in the order given. Where mentions close
// a circle (a name may be mentioned and mean something else) one of them is passed over.
std::vector<std::size_t> OrderByMentions(const std::vector<Mentioner>& nodes);

}  // namespace schemac::analyze
