// Expressions for tests, with their references, made without a parser.
#pragma once

#include <string>
#include <string_view>

#include "compiler/support/quote.h"
#include "schema/expression.h"

namespace schemac::schema {

class SqlBuilder {
 public:
  SqlBuilder& Text(std::string_view text) {
    expression_.text += text;
    expression_.canonical += text;
    return *this;
  }
  SqlBuilder& Name(const ObjectAddress& target) {
    const auto begin = static_cast<std::uint32_t>(expression_.text.size());
    if (IsLabel(target)) {
      expression_.text += QuoteLiteral(target.member);
    } else {
      expression_.text += IsTablePart(target.kind) ? QuoteIdentifier(target.member)
                                                   : QuoteQualified(target.schema, target.name);
    }
    expression_.references.push_back({target, begin, static_cast<std::uint32_t>(expression_.text.size())});
    expression_.canonical += '\x01';
    return *this;
  }
  // What the text does not spell.
  SqlBuilder& Hidden(const ObjectAddress& target) {
    expression_.references.push_back({target, 0, 0});
    expression_.canonical += '\x01';
    return *this;
  }
  operator Expression() const {
    return expression_;
  }  // NOLINT: so that it stands where an expression is expected

 private:
  Expression expression_;
};

inline SqlBuilder Sql(std::string_view text = "") { return std::move(SqlBuilder().Text(text)); }

}  // namespace schemac::schema
