// Items of one file that stand in another one as well, letter by letter.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "compiler/ast/ast.h"

namespace schemac::parse {

// Walks along the items of a file beside a reader of another one.
class SharedItems {
 public:
  // `file` was read item by item, without a diagnostic, from `text`. Both outlive this.
  SharedItems(const ast::File& file, std::string_view text) : file_(file), text_(text) {}

  struct Found {
    std::shared_ptr<const ast::Item> item;
    std::size_t length = 0;  // From the end of the item before to the end of this one, in bytes.
  };
  // The item that `rest` begins with, with all that stands before it, if it is one of those that may come
  // next: the two files go on side by side.
  std::optional<Found> Take(std::string_view rest);
  // The other file has an item of its own here.
  void PassOver(const ast::Item& own);

 private:
  // Item and what stands before it.
  [[nodiscard]] std::string_view Stretch(std::size_t number) const;

  const ast::File& file_;
  std::string_view text_;
  std::size_t next_ = 0;
  std::unordered_map<std::string_view, std::size_t> by_name_;  // Made when it is first needed.
};

}  // namespace schemac::parse
