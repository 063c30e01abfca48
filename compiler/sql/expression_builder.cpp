#include "compiler/sql/expression_builder.h"

#include <algorithm>
#include <utility>

namespace schemac::sql {

void ExpressionBuilder::Append(std::string_view syntax) {
  result_.text += syntax;
  result_.canonical += syntax;
}

void ExpressionBuilder::AppendReference(const schema::ObjectAddress& target, std::string_view spelled) {
  const auto begin = static_cast<std::uint32_t>(result_.text.size());
  result_.text += spelled;
  result_.canonical += '\x01';
  result_.references.push_back({target, begin, static_cast<std::uint32_t>(result_.text.size())});
}

void ExpressionBuilder::Append(const schema::Expression& expression) {
  const auto shift = static_cast<std::uint32_t>(result_.text.size());
  const auto counted = static_cast<std::size_t>(std::ranges::count(expression.canonical, '\x01'));
  for (std::size_t i = 0; i < expression.references.size(); ++i) {
    schema::Reference reference = expression.references[i];
    if (reference.IsSpelled()) {
      reference.begin += shift;
      reference.end += shift;
    }
    (i < counted ? result_.references : extra_).push_back(std::move(reference));
  }
  result_.text += expression.text;
  result_.canonical += expression.canonical;
}

schema::Expression ExpressionBuilder::Finish() && {
  std::ranges::move(extra_, std::back_inserter(result_.references));
  return std::move(result_);
}

}  // namespace schemac::sql
