// What an item of a model is called and where it stands, whatever its kind.
#pragma once

#include <string>

#include "compiler/ast/ast.h"
#include "compiler/support/overloaded.h"

namespace schemac::ast {

struct ItemHead {
  Span span;
  const Name* name = nullptr;            // nullptr when the item declares nothing.
  const std::string* comment = nullptr;  // What stands before the span; nullptr when nothing can.
};

inline ItemHead HeadOf(const Item& item) {
  return std::visit(Overloaded{
                        [](const SchemaDirective& it) {
                          return ItemHead{it.span, &it.name, &it.comment};
                        },
                        [](const Extension& it) {
                          return ItemHead{it.span, &it.name, &it.comment};
                        },
                        [](const Mixin& it) {
                          return ItemHead{it.span, &it.name, nullptr};
                        },
                        [](const SqlObject& it) {
                          const bool has_name = !it.name.name.text.empty();
                          return ItemHead{it.span, has_name ? &it.name.name : nullptr, &it.comment};
                        },
                        [](const Raw& it) {
                          return ItemHead{it.span, nullptr, &it.comment};
                        },
                        [](const Seed& it) {
                          return ItemHead{it.span, nullptr, nullptr};
                        },
                        [](const Grant& it) {
                          return ItemHead{it.span, nullptr, nullptr};
                        },
                        [](const auto& it) {
                          return ItemHead{it.span, &it.name.name, &it.comment};
                        },
                    },
                    item);
}

}  // namespace schemac::ast
