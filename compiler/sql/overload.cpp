#include "compiler/sql/overload.h"

#include <algorithm>
#include <map>
#include <string>

namespace schemac::sql {
namespace {

struct Candidate {
  std::size_t index;
  std::vector<TypeKey> arguments;  // One for each argument given.
  const Signature* signature;
};

// The candidate's parameters for that many arguments: defaults left out, a variadic one repeated. Nullopt if
// they do not fit.
std::optional<std::vector<TypeKey>> Expand(const Signature& signature, std::size_t count) {
  const std::size_t declared = signature.arguments.size();
  if (count <= declared && count + signature.defaults >= declared) {
    std::vector<TypeKey> arguments(signature.arguments.begin(),
                                   signature.arguments.begin() + static_cast<std::ptrdiff_t>(count));
    if (!signature.variadic) return arguments;
  }
  if (!signature.variadic || count < declared) return std::nullopt;
  std::vector<TypeKey> arguments(signature.arguments.begin(), signature.arguments.end() - 1);
  const TypeKey& last = signature.arguments.back();
  TypeKey repeated = last;
  if (last == "anyarray") {
    repeated = "anyelement";
  } else if (last == "anycompatiblearray") {
    repeated = "anycompatible";
  } else if (last != "any") {
    repeated = ElementOf(last);
  }
  arguments.resize(count, repeated);
  return arguments;
}

bool IsUntyped(const TypeKey& key) { return key.empty() || key == kUnknown; }

// Keeps the candidates with the highest score.
template <typename Score>
void KeepBest(std::vector<Candidate>& candidates, Score score) {
  int best = -1;
  std::vector<Candidate> kept;
  for (Candidate& candidate : candidates) {
    const int points = score(candidate);
    if (points > best) {
      best = points;
      kept.clear();
    }
    if (points == best) kept.push_back(std::move(candidate));
  }
  candidates = std::move(kept);
}

// The category that the candidates agree on for an untyped argument: string if one accepts that. 0 when they
// do not agree.
char AgreedCategory(const TypeSystem& types, const std::vector<Candidate>& candidates, std::size_t position) {
  char agreed = 0;
  bool differs = false;
  for (const Candidate& candidate : candidates) {
    const char category = types.Category(candidate.arguments[position]);
    if (category == 'S') return 'S';
    if (agreed != 0 && category != agreed) differs = true;
    agreed = category;
  }
  return differs ? '\0' : agreed;
}

void ChooseByUnknowns(const TypeSystem& types, std::vector<Candidate>& candidates,
                      const std::vector<TypeKey>& actual) {
  for (std::size_t i = 0; i < actual.size(); ++i) {
    if (actual[i] != kUnknown) continue;
    const char category = AgreedCategory(types, candidates, i);
    if (category == 0) return;
    std::vector<Candidate> kept;
    const bool has_preferred =
        std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& candidate) {
          return types.Category(candidate.arguments[i]) == category &&
                 types.IsPreferred(candidate.arguments[i]);
        });
    for (const Candidate& candidate : candidates) {
      if (types.Category(candidate.arguments[i]) != category) continue;
      if (has_preferred && !types.IsPreferred(candidate.arguments[i])) continue;
      kept.push_back(candidate);
    }
    if (!kept.empty()) candidates = std::move(kept);
  }
}

// func_select_candidate()
void Choose(const TypeSystem& types, std::vector<Candidate>& candidates, const std::vector<TypeKey>& actual) {
  std::vector<TypeKey> base;
  for (const TypeKey& key : actual) base.push_back(types.Base(key));
  KeepBest(candidates, [&](const Candidate& candidate) {
    int exact = 0;
    for (std::size_t i = 0; i < base.size(); ++i)
      exact += !IsUntyped(base[i]) && candidate.arguments[i] == base[i] ? 1 : 0;
    return exact;
  });
  if (candidates.size() <= 1) return;
  KeepBest(candidates, [&](const Candidate& candidate) {
    int points = 0;
    for (std::size_t i = 0; i < base.size(); ++i) {
      if (IsUntyped(base[i])) continue;
      const TypeKey& declared = candidate.arguments[i];
      const bool preferred =
          types.IsPreferred(declared) && types.Category(declared) == types.Category(base[i]);
      points += declared == base[i] || preferred ? 1 : 0;
    }
    return points;
  });
  if (candidates.size() <= 1) return;
  ChooseByUnknowns(types, candidates, base);
  if (candidates.size() <= 1) return;
  // When all typed arguments have one type, the untyped ones are taken to have it too.
  TypeKey known;
  for (const TypeKey& key : base) {
    if (IsUntyped(key)) continue;
    if (!known.empty() && key != known) return;
    known = key;
  }
  if (known.empty()) return;
  std::vector<Candidate> kept;
  for (const Candidate& candidate : candidates) {
    const bool fits = std::all_of(candidate.arguments.begin(), candidate.arguments.end(),
                                  [&](const TypeKey& declared) { return types.CanCoerce(known, declared); });
    if (fits) kept.push_back(candidate);
  }
  if (kept.size() == 1) candidates = std::move(kept);
}

// What the polymorphic types of one call stand for (enforce_generic_type_consistency).
class Polymorphism {
 public:
  Polymorphism(const TypeSystem& types, const std::vector<TypeKey>& declared,
               const std::vector<TypeKey>& actual) {
    std::vector<TypeKey> compatible;
    for (std::size_t i = 0; i < declared.size(); ++i) {
      if (!IsPolymorphic(declared[i]) || actual[i] == kUnknown) continue;
      const TypeKey base = types.Base(actual[i]);
      const bool is_container = declared[i].ends_with("array") && !declared[i].ends_with("nonarray");
      const bool is_range = declared[i].ends_with("range");
      const TypeKey element = is_container ? ElementOf(base)
                              : is_range   ? types.RangeElement(base)
                                           : actual[i];
      if (is_range) range_ = base;
      if (declared[i].starts_with("anycompatible")) {
        compatible.push_back(element);
      } else if (element_.empty()) {
        element_ = element;
      }
    }
    if (!compatible.empty()) compatible_ = types.CommonType(compatible);
  }

  [[nodiscard]] TypeKey Resolve(const TypeKey& declared) const {
    if (!IsPolymorphic(declared)) return declared;
    const TypeKey& element = declared.starts_with("anycompatible") ? compatible_ : element_;
    if (declared.ends_with("range")) return declared.ends_with("multirange") ? TypeKey() : range_;
    if (declared.ends_with("array") && !declared.ends_with("nonarray"))
      return element.empty() ? TypeKey() : ArrayOf(element);
    return element;
  }

 private:
  TypeKey element_;
  TypeKey compatible_;
  TypeKey range_;
};

Overload Finish(const TypeSystem& types, const Candidate& candidate, const std::vector<TypeKey>& actual) {
  const Polymorphism polymorphism(types, candidate.arguments, actual);
  Overload overload;
  overload.index = candidate.index;
  for (const TypeKey& declared : candidate.arguments) {
    // "any" leaves typed arguments alone; untyped ones become text.
    overload.arguments.push_back(declared == "any" ? TypeKey() : polymorphism.Resolve(declared));
  }
  overload.result = polymorphism.Resolve(candidate.signature->result);
  return overload;
}

// Several candidates are left because types are not known: what they agree on.
std::optional<Overload> Agreement(const TypeSystem& types, const std::vector<Candidate>& candidates,
                                  const std::vector<TypeKey>& actual) {
  Overload agreed = Finish(types, candidates.front(), actual);
  agreed.is_certain = false;
  for (const Candidate& candidate : candidates) {
    const Overload other = Finish(types, candidate, actual);
    if (other.result != agreed.result) agreed.result.clear();
    for (std::size_t i = 0; i < actual.size(); ++i) {
      if (other.arguments[i] != agreed.arguments[i]) agreed.arguments[i].clear();
    }
  }
  return agreed;
}

}  // namespace

std::optional<Overload> ResolveOverload(const TypeSystem& types, const std::vector<Signature>& signatures,
                                        const std::vector<TypeKey>& actual) {
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < signatures.size(); ++i) {
    auto arguments = Expand(signatures[i], actual.size());
    if (!arguments) continue;
    if (*arguments == actual) return Finish(types, {i, std::move(*arguments), &signatures[i]}, actual);
    bool fits = true;
    for (std::size_t k = 0; k < actual.size() && fits; ++k)
      fits = types.CanCoerce(actual[k], (*arguments)[k]);
    if (fits) candidates.push_back({i, std::move(*arguments), &signatures[i]});
  }
  if (candidates.size() > 1) Choose(types, candidates, actual);
  if (candidates.empty()) return std::nullopt;
  if (candidates.size() == 1) return Finish(types, candidates.front(), actual);
  const bool is_guess =
      std::any_of(actual.begin(), actual.end(), [](const TypeKey& key) { return key.empty(); });
  return is_guess ? Agreement(types, candidates, actual) : std::nullopt;
}

namespace {

std::optional<Overload> FindOperator(const TypeSystem& types, const std::vector<Signature>& signatures,
                                     const std::vector<TypeKey>& actual) {
  // An untyped literal is tried with the other operand's type first (binary_oper_exact).
  if (actual.size() == 2 && (actual[0] == kUnknown) != (actual[1] == kUnknown)) {
    const TypeKey& typed = actual[0] == kUnknown ? actual[1] : actual[0];
    for (const TypeKey& key : {typed, types.Base(typed)}) {
      for (std::size_t i = 0; i < signatures.size(); ++i) {
        const std::vector<std::string>& arguments = signatures[i].arguments;
        if (arguments.size() == 2 && arguments[0] == key && arguments[1] == key && !key.empty()) {
          return Overload{i, true, {key, key}, signatures[i].result};
        }
      }
    }
  }
  return ResolveOverload(types, signatures, actual);
}

}  // namespace

std::optional<Overload> ResolveOperator(const TypeSystem& types, std::string_view name,
                                        const std::vector<TypeKey>& actual) {
  const std::vector<Signature>& signatures = OperatorFacts(name);
  if (signatures.empty() || std::ranges::any_of(actual, IsUserKey))
    return FindOperator(types, signatures, actual);
  // Between built-in types it is the same one in every catalog: each is searched for once.
  thread_local std::map<std::string, std::optional<Overload>> known;
  std::string question(name);
  for (const TypeKey& key : actual) question.append(1, '\x02').append(key);
  auto [place, is_new] = known.try_emplace(std::move(question));
  if (is_new) place->second = FindOperator(types, signatures, actual);
  return place->second;
}

}  // namespace schemac::sql
