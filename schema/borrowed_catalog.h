// A catalog that is read where it stands and copied only when it is to be changed.
#pragma once

#include <optional>
#include <utility>

#include "schema/catalog.h"

namespace schemac::schema {

class BorrowedCatalog {
 public:
  // The lender must outlive this, or its first change.
  explicit BorrowedCatalog(const Catalog& lender) : lender_(lender) {}

  [[nodiscard]] const Catalog& operator*() const { return own_ ? *own_ : lender_; }
  [[nodiscard]] const Catalog* operator->() const { return &**this; }
  // To change it. The lender's stays as it is.
  [[nodiscard]] Catalog& Own() {
    if (!own_) own_ = lender_;
    return *own_;
  }
  void Replace(Catalog catalog) { own_ = std::move(catalog); }

 private:
  const Catalog& lender_;
  std::optional<Catalog> own_;
};

}  // namespace schemac::schema
