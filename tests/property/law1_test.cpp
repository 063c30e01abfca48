// Apply(A, Compare(A, B)) == B, and Apply(B, Invert(Compare(A, B))) == A.
#include <gtest/gtest.h>

#include "compiler/support/quote.h"
#include "schema/dependencies.h"
#include "schema/diff/apply.h"
#include "schema/diff/diff.h"
#include "tests/property/random_catalog.h"
#include "tests/property/sql_builder.h"

namespace schemac::schema {
namespace {

// What one catalog has and the other has not, in words.
std::string Difference(const Catalog& left, const Catalog& right) {
  for (const auto& [address, object] : left.objects()) {
    const Object* other = right.Find(address);
    if (other == nullptr) return "missing: " + Describe(address);
    if (*other != object) return "differs: " + Describe(address);
  }
  for (const auto& [address, object] : right.objects()) {
    if (!left.Has(address)) return "not wanted: " + Describe(address);
  }
  return "";
}

// Each name that an expression's text spells is the name of what it refers to.
std::string BadSpelling(const Catalog& catalog) {
  std::string bad;
  for (const auto& [address, object] : catalog.objects()) {
    ForEachExpression(object, [&, &owner = address](const Expression& expression) {
      for (const Reference& reference : expression.references) {
        if (!reference.IsSpelled()) continue;
        const std::string spelled = expression.text.substr(reference.begin, reference.end - reference.begin);
        const ObjectAddress& target = reference.target;
        const std::string wanted = SqlBuilder::Spelled(target);
        const bool in_literal = reference.begin > 0 && expression.text[reference.begin - 1] == '\'';
        if (in_literal) continue;  // Quotes are doubled there.
        if (spelled != wanted)
          bad = Describe(owner) + " spells " + spelled + " for " + wanted + " in " + expression.text;
      }
    });
  }
  return bad;
}

void CheckLaws(const Catalog& from, const Catalog& to, const Intent& intent, int& refused) {
  auto diff = Compare(from, to, intent);
  if (!diff && diff.error().kind == DiagnosticKind::Unsupported) {
    ++refused;
    return;
  }
  ASSERT_TRUE(diff) << diff.error().message;
  auto up = Apply(from, *diff);
  ASSERT_TRUE(up) << up.error().message;
  EXPECT_EQ(Difference(to, *up), "");
  EXPECT_EQ(BadSpelling(*up), "");
  auto down = Apply(to, Invert(*diff));
  ASSERT_TRUE(down) << down.error().message;
  EXPECT_EQ(Difference(from, *down), "");
  EXPECT_EQ(BadSpelling(*down), "");
  EXPECT_EQ(*diff, *Compare(from, to, intent));
}

constexpr int kRounds = 400;

TEST(Law1, ChangedCatalogs) {
  int refused = 0;
  for (std::uint64_t seed = 1; seed <= kRounds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomCatalogs random(seed);
    const Catalog from = random.Make();
    Intent intent;
    const Catalog to = random.Change(from, intent);
    CheckLaws(from, to, intent, refused);
    if (HasFatalFailure() || HasNonfatalFailure()) return;
  }
  EXPECT_LT(refused, kRounds / 10);
}

TEST(Law1, UnrelatedCatalogs) {
  int refused = 0;
  for (std::uint64_t seed = 1; seed <= kRounds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomCatalogs random(seed + 1'000'000);
    const Catalog from = random.Make();
    const Catalog to = random.Make();
    CheckLaws(from, to, {}, refused);
    if (HasFatalFailure() || HasNonfatalFailure()) return;
  }
  EXPECT_EQ(refused, 0);
}

TEST(Law1, EqualCatalogsDoNotDiffer) {
  for (std::uint64_t seed = 1; seed <= kRounds; ++seed) {
    RandomCatalogs random(seed + 2'000'000);
    const Catalog catalog = random.Make();
    auto diff = Compare(catalog, catalog, {});
    ASSERT_TRUE(diff);
    EXPECT_TRUE(diff->empty()) << "seed " << seed;
  }
}

}  // namespace
}  // namespace schemac::schema
