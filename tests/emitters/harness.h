// Catalogs from SQL and models, and back.
#pragma once

#include <string>

#include "emitters/statement.h"
#include "schema/catalog.h"
#include "schema/diff/change.h"
#include "schema/intent.h"

namespace schemac::emitters::testing {

// The catalog after the script, run on `catalog`. Adds a test failure for each diagnostic.
schema::Catalog RunSql(const std::string& sql, schema::Catalog catalog = schema::Catalog::Empty());

// The catalog that a model means; a failure for each diagnostic, with the text that caused it.
schema::Catalog ReadModel(const std::string& text);
// The catalog after a model diff.
schema::Catalog ReadRevision(const std::string& text, const schema::Catalog& before);

// The text as `schemac fmt` lays it out.
std::string Formatted(const std::string& text);

// The script that leads from one catalog to the other, all hazards allowed; without ledger.
std::string Migrate(const schema::Catalog& from, const schema::Catalog& to, const schema::Diff& diff);

// Names the objects that are in one catalog only or differ; "" for equal ones.
std::string Difference(const schema::Catalog& left, const schema::Catalog& right);

}  // namespace schemac::emitters::testing
