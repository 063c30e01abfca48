// Catalogs of scripts, for tests of the interpreter.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "compiler/sql/interpret.h"
#include "schema/catalog.h"
#include "schema/diff/diff.h"

namespace schemac::sql {

inline schema::Catalog CatalogAfter(const std::string& text) {
  schema::Catalog catalog = schema::Catalog::Empty();
  const auto done = InterpretStatements(text, catalog, {});
  EXPECT_TRUE(done) << (done ? "" : done.error().message) << "\n" << text;
  return catalog;
}

// The message of the first error; "" when there is none.
inline std::string Failure(const std::string& text) {
  schema::Catalog catalog = schema::Catalog::Empty();
  const auto done = InterpretStatements(text, catalog, {});
  return done ? "" : done.error().message;
}

// The two scripts end in the same catalog.
inline void ExpectSame(const std::string& left, const std::string& right) {
  const schema::Catalog a = CatalogAfter(left);
  const schema::Catalog b = CatalogAfter(right);
  for (const auto& [address, object] : a.objects()) {
    const schema::Object* other = b.Find(address);
    EXPECT_TRUE(other != nullptr && schema::SaySame(*other, object))
        << schema::Describe(address) << " differs";
  }
  for (const auto& [address, object] : b.objects())
    EXPECT_TRUE(a.Has(address)) << schema::Describe(address) << " is new";
}

}  // namespace schemac::sql
