// Puts an Expression together from pieces, keeping the ranges of references and their order in the canonical
// form right.
#pragma once

#include <string>
#include <string_view>

#include "schema/expression.h"

namespace schemac::sql {

class ExpressionBuilder {
 public:
  // Syntax: the same bytes in the text and in the canonical form.
  void Append(std::string_view syntax);
  // Only the canonical form or only the text.
  void AppendCanonical(std::string_view syntax) { result_.canonical += syntax; }
  void AppendText(std::string_view syntax) { result_.text += syntax; }
  // A name that refers to something; `spelled` is its text.
  void AppendReference(const schema::ObjectAddress& target, std::string_view spelled);
  void Append(const schema::Expression& expression);
  // References of the text that the canonical form does not count come last.
  [[nodiscard]] schema::Expression Finish() &&;

 private:
  schema::Expression result_;
  std::vector<schema::Reference> extra_;
};

}  // namespace schemac::sql
