// What a database must hold, as short texts that a query over the system catalogs can find again (queries.h).
#pragma once

#include <string>
#include <vector>

#include "schema/catalog.h"

namespace schemac::verify {

// One aspect of one object: `column app.users.email`, "default", "'x'". The aspect "" is the object itself:
// an object without it is missing.
struct Fact {
  std::string object;
  std::string aspect;
  std::string value;
  bool operator==(const Fact&) const = default;
};

// Aspect and value of an object that must not be there.
inline constexpr const char* kGone = "gone";

struct Facts {
  std::vector<Fact> facts;
  std::vector<std::string> not_compared;  // What no query can compare exactly: "the query of view app.v".
};

// How an object is called in facts: `index app.users.users_email_idx`, with the name of its table, unquoted.
std::string ObjectKey(const schema::ObjectAddress& address);

// The facts of one object; of a table with its columns.
void AddFacts(const schema::Object& object, Facts& facts);
void AddColumnFacts(const schema::Table& table, const schema::Column& column, Facts& facts);
Facts FactsOf(const schema::Catalog& catalog);

}  // namespace schemac::verify
