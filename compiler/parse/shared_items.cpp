#include "compiler/parse/shared_items.h"

#include "compiler/ast/item_head.h"

namespace schemac::parse {
namespace {

// Whether the `;` that may stand behind `}` comes next.
bool GoesOn(std::string_view rest) {
  const std::size_t next = rest.find_first_not_of(" \t\r\n\f\v");
  return next != std::string_view::npos && rest[next] == ';';
}

}  // namespace

std::string_view SharedItems::Stretch(std::size_t number) const {
  const std::size_t begin = number == 0 ? 0 : file_.ends[number - 1];
  return text_.substr(begin, file_.ends[number] - begin);
}

// Of an item that has no name it is not known whether it is new or takes the place of another.
std::optional<SharedItems::Found> SharedItems::Take(std::string_view rest) {
  for (std::size_t number = next_; number < file_.ends.size() && number <= next_ + 1; ++number) {
    const std::string_view stretch = Stretch(number);
    if (!rest.starts_with(stretch) || GoesOn(rest.substr(stretch.size()))) continue;
    next_ = number + 1;
    return Found{file_.items[number], stretch.size()};
  }
  return std::nullopt;
}

void SharedItems::PassOver(const ast::Item& own) {
  const ast::Name* name = ast::HeadOf(own).name;
  if (name == nullptr) return;
  if (by_name_.empty()) {
    by_name_.reserve(file_.ends.size());
    for (std::size_t number = 0; number < file_.ends.size(); ++number) {
      if (const ast::Name* other = ast::HeadOf(*file_.items[number]).name)
        by_name_.emplace(other->text, number);
    }
  }
  if (const auto found = by_name_.find(name->text); found != by_name_.end()) next_ = found->second + 1;
}

}  // namespace schemac::parse
