// Databases of any size to measure with: N tables of 15 columns with three indexes (one of them partial), two
// checks and two foreign keys, and an enum for every ten tables; and what changes in them.
#pragma once

#include <cstddef>
#include <string>

namespace schemac::bench {

enum class Change {
  None,
  OneColumn,    // One column more, in one table.
  FivePercent,  // Something in every twentieth table, and a label in every twentieth enum.
};

enum class Language {
  Model,       // Our own.
  Sql,         // PostgreSQL's DDL.
  SqlAlchemy,  // Python, for Alembic.
  Django,      // Python, for makemigrations.
  Drizzle,     // TypeScript, for drizzle-kit.
};

// The same database in each language, as far as the language can say it. Of all but SQL, one file's text.
std::string Describe(std::size_t tables, Change change, Language language);

}  // namespace schemac::bench
