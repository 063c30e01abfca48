// Statements that their author wrote and a script of ours repeats: those of hand-written `raw` objects, which
// no catalog tells, and those that move data.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/catalog.h"

namespace schemac::sql {

// The statement's tokens, words in lower case: comments and blanks do not count.
std::string TokensOf(std::string_view statement);

class RawStatements {
 public:
  // The raw objects that a script may take away are those of `before`, those that it may make those of
  // `after`.
  RawStatements(const schema::Catalog& before, const schema::Catalog& after,
                const std::vector<std::string>& data);

  // Makes the raw object, or takes away that, whose statements these begin with; how many they are, 0 for
  // none.
  std::size_t Run(std::span<const std::string> statements, schema::Catalog& catalog) const;
  [[nodiscard]] bool MovesData(const std::string& statement) const { return data_.contains(statement); }

 private:
  struct Known {
    schema::Raw raw;
    std::vector<std::string> statements;
  };

  std::vector<Known> made_;
  std::vector<Known> dropped_;
  std::set<std::string> data_;
};

}  // namespace schemac::sql
