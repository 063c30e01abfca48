// References that no tree tells: the bodies of routines and the names of text search configurations are
// texts.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "compiler/sql/interpret.h"
#include "compiler/sql/statement_routine.h"
#include "schema/dependencies.h"

namespace schemac::sql {
namespace {

using schema::Expression;
using schema::ObjectAddress;

struct Configuration {
  ObjectAddress address;
  std::vector<std::string> literals;  // How an expression may spell it.
};

std::vector<Configuration> ConfigurationsOf(const schema::Catalog& catalog) {
  constexpr std::string_view kKind = "text search configuration ";
  std::vector<Configuration> found;
  const auto& objects = catalog.objects();
  for (auto it = objects.lower_bound({schema::ObjectKind::Raw, "", "", ""}); it != objects.end(); ++it) {
    if (it->first.kind != schema::ObjectKind::Raw) break;
    if (!it->first.name.starts_with(kKind)) continue;
    const std::string name = it->first.name.substr(kKind.size());
    found.push_back({it->first, {"'" + name + "'", "'" + name.substr(name.find('.') + 1) + "'"}});
  }
  return found;
}

// May be one too many, where a text is spelled like a name: it then steps aside with it for nothing.
bool MayName(const Expression& expression, const Configuration& configuration) {
  const bool is_known = std::ranges::any_of(expression.references, [&](const schema::Reference& reference) {
    return reference.target == configuration.address;
  });
  return !is_known && std::ranges::any_of(configuration.literals, [&](const std::string& literal) {
    return expression.text.find(literal) != std::string::npos;
  });
}

void LinkConfiguration(const Configuration& configuration, schema::Catalog& catalog) {
  std::vector<ObjectAddress> users;
  for (const auto& [address, object] : catalog.objects()) {
    if (address.kind == schema::ObjectKind::Function || address.kind == schema::ObjectKind::Raw) continue;
    bool uses = false;
    schema::ForEachExpression(
        object, [&](const Expression& expression) { uses = uses || MayName(expression, configuration); });
    if (uses) users.push_back(address);
  }
  for (const ObjectAddress& address : users) {
    schema::ForEachExpression(*catalog.FindMutable(address), [&](Expression& expression) {
      if (MayName(expression, configuration)) expression.references.push_back({configuration.address, 0, 0});
    });
  }
}

}  // namespace

void LinkNames(schema::Catalog& catalog) {
  LinkRoutineBodies(catalog);
  for (const Configuration& configuration : ConfigurationsOf(catalog))
    LinkConfiguration(configuration, catalog);
}

}  // namespace schemac::sql
