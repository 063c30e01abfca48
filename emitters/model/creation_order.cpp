#include "emitters/model/creation_order.h"

#include <map>

#include "schema/dependencies.h"

namespace schemac::emitters {

std::vector<std::size_t> OrderByNeeds(const std::vector<const schema::Object*>& objects) {
  std::map<schema::ObjectAddress, std::size_t> places;
  for (std::size_t i = 0; i < objects.size(); ++i) places.emplace(schema::AddressOf(*objects[i]), i);
  std::vector<std::vector<std::size_t>> needs(objects.size());
  for (std::size_t i = 0; i < objects.size(); ++i) {
    schema::ForEachDependency(*objects[i], [&](const schema::ObjectAddress& address, schema::DependencyKind) {
      const auto found = places.find(address);
      if (found != places.end() && found->second != i) needs[i].push_back(found->second);
    });
  }
  // Depth first with a stack of our own: views can stand on views thousands deep.
  struct Frame {
    std::size_t object;
    std::size_t next = 0;
  };
  std::vector<std::size_t> order;
  std::vector<bool> entered(objects.size(), false);
  for (std::size_t root = 0; root < objects.size(); ++root) {
    if (entered[root]) continue;
    entered[root] = true;
    std::vector<Frame> stack{{root}};
    while (!stack.empty()) {
      Frame& frame = stack.back();
      if (frame.next == needs[frame.object].size()) {
        order.push_back(frame.object);
        stack.pop_back();
        continue;
      }
      const std::size_t need = needs[frame.object][frame.next++];
      if (entered[need]) continue;
      entered[need] = true;
      stack.push_back({need});
    }
  }
  return order;
}

}  // namespace schemac::emitters
