// Every rule by its own examples, and the order of the list.
#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "compiler/lint/lint.h"
#include "compiler/sql/interpret.h"

namespace schemac::lint {
namespace {

class RuleTest : public ::testing::TestWithParam<const Rule*> {
 protected:
  std::vector<Finding> Judge(std::string_view script) {
    const Rule& rule = *GetParam();
    schema::Catalog catalog = schema::Catalog::Empty();
    const auto made = sql::InterpretStatements(rule.schema, catalog, {});
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    Options options;
    options.enabled.insert(std::string(rule.id));
    std::vector<Finding> findings =
        Lint(sources_.Add("script.sql", std::string(script)), sources_, catalog, options);
    std::erase_if(findings, [&](const Finding& finding) { return finding.rule != rule.id; });
    return findings;
  }

 private:
  Sources sources_;
};

TEST_P(RuleTest, FindsTheUnsafeExample) { EXPECT_FALSE(Judge(GetParam()->unsafe).empty()); }

TEST_P(RuleTest, PassesTheSafeExample) {
  for (const Finding& finding : Judge(GetParam()->safe)) ADD_FAILURE() << finding.message;
}

TEST_P(RuleTest, IsExplained) {
  EXPECT_FALSE(GetParam()->summary.empty());
  EXPECT_FALSE(GetParam()->why.empty());
}

INSTANTIATE_TEST_SUITE_P(Rules, RuleTest, ::testing::ValuesIn(Rules()),
                         [](const ::testing::TestParamInfo<const Rule*>& param) {
                           std::string name(param.param->id);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(Rules, AreListedByIdentifierOnce) {
  EXPECT_TRUE(std::is_sorted(Rules().begin(), Rules().end(),
                             [](const Rule* left, const Rule* right) { return left->id <= right->id; }));
  EXPECT_EQ(FindRule("no-such-rule"), nullptr);
}

}  // namespace
}  // namespace schemac::lint
