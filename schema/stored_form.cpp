#include "schema/stored_form.h"

#include <algorithm>
#include <vector>

#include "schema/dependencies.h"

namespace schemac::schema {
namespace {

bool HasMarks(const std::string& canonical) {
  return canonical.find(kStoredCastMark) != std::string::npos ||
         (!canonical.empty() && canonical.back() == kExactMark);
}

bool StandsApart(const Expression& from, const Expression& to) {
  return from.canonical != to.canonical && from == to;
}

void MarkApart(Expression& from, Expression& to) {
  if (!StandsApart(from, to)) return;
  from.canonical += kExactMark;
  to.canonical += kExactMark;
}

// The expressions of an object that can be stored anew by themselves.
std::vector<Expression*> ReplaceableExpressions(Object& object) {
  std::vector<Expression*> found;
  if (!std::holds_alternative<Table>(object))
    ForEachExpression(object, [&](Expression& expression) { found.push_back(&expression); });
  return found;
}

// Only defaults, column by column: the tables may differ otherwise.
template <typename Visit>
void ForEachPairOfDefaults(Table& from, Table& to, Visit visit) {
  for (Column& column : from.columns) {
    Column* other = to.FindColumn(column.name);
    if (other != nullptr && column.default_value && other->default_value)
      visit(*column.default_value, *other->default_value);
  }
}

// Calls `visit` with the expressions that correspond. Objects whose expressions do not are different anyway.
template <typename Visit>
void ForEachPair(Object& from, Object& to, Visit visit) {
  auto* table = std::get_if<Table>(&from);
  auto* other = std::get_if<Table>(&to);
  if (table != nullptr && other != nullptr) return ForEachPairOfDefaults(*table, *other, visit);
  const std::vector<Expression*> left = ReplaceableExpressions(from);
  const std::vector<Expression*> right = ReplaceableExpressions(to);
  if (left.size() != right.size()) return;
  for (std::size_t i = 0; i < left.size(); ++i) visit(*left[i], *right[i]);
}

}  // namespace

std::string WithoutStoredCasts(std::string canonical) {
  std::erase_if(canonical, [](char c) { return c == kStoredCastMark || c == kExactMark; });
  return canonical;
}

bool SameCanonical(const std::string& left, const std::string& right) {
  if (left == right) return true;
  if (!HasMarks(left) && !HasMarks(right)) return false;
  const bool counts =
      !left.empty() && left.back() == kExactMark && !right.empty() && right.back() == kExactMark;
  return !counts && WithoutStoredCasts(left) == WithoutStoredCasts(right);
}

void TellStoredFormsApart(Catalog& from, Catalog& to) {
  std::vector<ObjectAddress> apart;
  Catalog::Objects::WalkBoth(from.objects(), to.objects(), [&](const auto* one, const auto* other) {
    if (one == nullptr || other == nullptr) return;
    bool found = false;
    // The visitor changes nothing.
    ForEachPair(
        const_cast<Object&>(one->second), const_cast<Object&>(other->second),
        [&](const Expression& left, const Expression& right) { found = found || StandsApart(left, right); });
    if (found) apart.push_back(one->first);
  });
  for (const ObjectAddress& address : apart) {
    ForEachPair(*from.FindMutable(address), *to.FindMutable(address), MarkApart);
  }
}

}  // namespace schemac::schema
