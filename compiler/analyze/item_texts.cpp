#include "compiler/analyze/item_texts.h"

#include <algorithm>

#include "compiler/ast/item_head.h"

namespace schemac::analyze {

std::vector<Span> TextsBeforeForeignKeys(const ast::Item& item) {
  std::vector<Span> texts;
  Span rest = ast::HeadOf(item).span;
  const auto leave_out = [&](const ast::Constraint& constraint) {
    if (!constraint.foreign_key) return;
    const Span& target = constraint.foreign_key->table.span;
    texts.push_back({rest.source, rest.begin, target.begin});
    rest.begin = target.end;
  };
  if (const auto* table = std::get_if<ast::Table>(&item)) {
    for (const ast::TableMember& member : table->members) {
      if (const auto* constraint = std::get_if<ast::Constraint>(&member)) leave_out(*constraint);
      const auto* column = std::get_if<ast::Column>(&member);
      if (column != nullptr) std::ranges::for_each(column->constraints, leave_out);
    }
  }
  texts.push_back(rest);
  return texts;
}

}  // namespace schemac::analyze
