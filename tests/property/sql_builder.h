// Expressions for tests, with their references, made without a parser.
#pragma once

#include <string>
#include <string_view>

#include "compiler/support/quote.h"
#include "schema/expression.h"
#include "schema/type.h"

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
    expression_.text += Spelled(target);
    expression_.references.push_back({target, begin, static_cast<std::uint32_t>(expression_.text.size())});
    expression_.canonical += '\x01';
    return *this;
  }
  static std::string Spelled(const ObjectAddress& target) {
    if (IsLabel(target)) return QuoteLiteral(target.member);
    if (IsTablePart(target.kind)) return QuoteIdentifier(target.member);
    if (target.kind == ObjectKind::Enum) return FormatType({target.schema, target.name, "", false});
    return QuoteQualified(target.schema, target.name);
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
