#include "compiler/analyze/item_texts.h"

#include "compiler/ast/item_head.h"

namespace schemac::analyze {

std::vector<Span> TextsBeforeForeignKeys(const ast::Item& item) {
  std::vector<Span> texts;
  Span rest = ast::HeadOf(item).span;
  if (const auto* table = std::get_if<ast::Table>(&item)) {
    for (const Span& target : table->foreign_targets) {
      texts.push_back({rest.source, rest.begin, target.begin});
      rest.begin = target.end;
    }
  }
  texts.push_back(rest);
  return texts;
}

}  // namespace schemac::analyze
