#include "compiler/facts/facts.h"

#include <array>

namespace schemac::facts {
namespace {

using enum LockMode;

constexpr OperationFacts kFacts[] = {
#define X(id, words, since, lock, others, effects, source) \
  {Operation::id, #id, words, since, lock, others, effects, source},
#include "compiler/facts/operations.def"
#undef X
};

constexpr std::array<std::string_view, 9> kLockWords = {
    "",      "ACCESS SHARE",        "ROW SHARE", "ROW EXCLUSIVE",   "SHARE UPDATE EXCLUSIVE",
    "SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"};

}  // namespace

std::string_view LockWords(LockMode mode) { return kLockWords.at(static_cast<std::size_t>(mode)); }

bool Conflict(LockMode left, LockMode right) {
  const LockMode weak = left < right ? left : right;
  const LockMode strong = left < right ? right : left;
  switch (weak) {
    case None:
      return false;
    case AccessShare:
      return strong == AccessExclusive;
    case RowShare:
      return strong >= Exclusive;
    case RowExclusive:
      return strong >= Share;
    case ShareUpdateExclusive:
      return true;
    case Share:
      return strong != Share;
    case ShareRowExclusive:
    case Exclusive:
    case AccessExclusive:
      return true;
  }
  return true;
}

bool BlocksReads(LockMode mode) { return Conflict(mode, AccessShare); }
bool BlocksWrites(LockMode mode) { return Conflict(mode, RowExclusive); }

const OperationFacts& FactsOf(Operation operation) { return kFacts[static_cast<std::size_t>(operation)]; }

std::span<const OperationFacts> AllFacts() { return kFacts; }

}  // namespace schemac::facts
