#include "compiler/sql/volatility.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "compiler/sql/facts.h"
#include "compiler/sql/node_walk.h"
#include "compiler/sql/nodes.h"
#include "compiler/sql/parse_tree.h"

namespace schemac::sql {
namespace {

constexpr std::string_view kVolatile[] = {
#define V(name) name,
#include "compiler/sql/facts/volatile.def"
#undef V
};

bool IsVolatile(const PgQuery__FuncCall& call) {
  const std::vector<std::string> name = NameParts(call.funcname, call.n_funcname);
  const bool built_in = name.size() == 1 || (name.size() == 2 && name.front() == "pg_catalog");
  if (!built_in || FunctionFacts(name.back()).empty()) return true;
  return std::find(std::begin(kVolatile), std::end(kVolatile), name.back()) != std::end(kVolatile);
}

bool AnyVolatile(const ProtobufCMessage& message) {
  if (message.descriptor == &pg_query__func_call__descriptor &&
      IsVolatile(reinterpret_cast<const PgQuery__FuncCall&>(message)))
    return true;
  bool found = false;
  ForEachField(message, [&](const NodeField& field) {
    const ProtobufCMessage* child = found ? nullptr : ChildOf(field);
    if (child != nullptr) found = AnyVolatile(*child);
  });
  return found;
}

}  // namespace

bool CallsVolatile(std::string_view expression) {
  const auto tree = ParseTree::Parse("SELECT " + std::string(expression));
  return !tree || AnyVolatile(tree->result().base);
}

}  // namespace schemac::sql
