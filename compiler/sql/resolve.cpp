// Names along the search path.
#include <algorithm>

#include "compiler/sql/facts.h"
#include "compiler/sql/nodes.h"
#include "schema/address.h"

namespace schemac::sql {
namespace {

template <typename Find>
auto AlongSearchPath(std::string_view schema, std::string_view name, const Scope& scope, Find find)
    -> decltype(find(schema::QualifiedName{})) {
  if (scope.catalog == nullptr) return {};
  if (!schema.empty()) return find({std::string(schema), std::string(name)});
  for (const std::string& candidate : scope.search_path) {
    if (auto found = find({candidate, std::string(name)})) return found;
  }
  return {};
}

}  // namespace

std::optional<schema::ObjectAddress> ResolveRelation(std::string_view schema, std::string_view name,
                                                     const Scope& scope) {
  return AlongSearchPath(schema, name, scope, [&](const schema::QualifiedName& qualified) {
    return scope.catalog->FindRelation(qualified);
  });
}

std::optional<schema::ObjectAddress> ResolveType(std::string_view schema, std::string_view name,
                                                 const Scope& scope) {
  return AlongSearchPath(schema, name, scope, [&](const schema::QualifiedName& qualified) {
    return scope.catalog->FindType(qualified);
  });
}

std::optional<schema::ObjectAddress> ResolveFunction(std::string_view schema, std::string_view name,
                                                     const std::optional<std::string>& identity_arguments,
                                                     const Scope& scope) {
  return AlongSearchPath(
      schema, name, scope,
      [&](const schema::QualifiedName& qualified) -> std::optional<schema::ObjectAddress> {
        const auto found = scope.catalog->FindFunctions(qualified);
        for (const schema::ObjectAddress& address : found) {
          if (identity_arguments ? address.member == *identity_arguments : found.size() == 1) return address;
        }
        return std::nullopt;
      });
}

std::vector<schema::ObjectAddress> ResolveOverloads(std::string_view schema, std::string_view name,
                                                    const Scope& scope) {
  auto found = AlongSearchPath(
      schema, name, scope,
      [&](const schema::QualifiedName& qualified) -> std::optional<std::vector<schema::ObjectAddress>> {
        auto overloads = scope.catalog->FindFunctions(qualified);
        return overloads.empty() ? std::nullopt : std::optional(std::move(overloads));
      });
  return found ? *std::move(found) : std::vector<schema::ObjectAddress>();
}

std::string_view StringOf(const PgQuery__Node& node) {
  return node.node_case == PG_QUERY__NODE__NODE_STRING && node.string->sval != nullptr ? node.string->sval
                                                                                       : "";
}

std::vector<std::string> NameParts(PgQuery__Node* const* nodes, std::size_t count) {
  std::vector<std::string> parts;
  parts.reserve(count);
  for (std::size_t i = 0; i < count; ++i) parts.emplace_back(StringOf(*nodes[i]));
  return parts;
}

}  // namespace schemac::sql
