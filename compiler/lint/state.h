// A script's past at each of its statements: what it made, what it holds, and the catalog as far as that is
// known.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/facts/facts.h"
#include "compiler/sql/deeds.h"
#include "schema/catalog.h"

namespace schemac::lint {

struct Naming;

struct ConstraintMade {
  schema::ConstraintKind kind = schema::ConstraintKind::Check;
  bool not_valid = false;
  int transaction = 0;  // In which it was added.
  std::string not_null_column;
};

struct State {
  const schema::Catalog* catalog = nullptr;  // What is known of the database before the statement.
  bool knows_base =
      false;  // Whether the catalog holds what was there before the script, not just what it made.
  int postgres_version = 14;
  std::vector<std::string> search_path{"public"};
  const Naming* naming = nullptr;           // How what the script makes is to be called.
  std::vector<std::string> tenant_columns;  // By which rows of one tenant are told from those of others.

  std::set<schema::QualifiedName> created;  // Relations and types that the script made.
  bool wrapped = false;                     // The tool that runs the script puts a transaction around it.
  bool in_transaction = false;
  bool began = false;     // By a BEGIN of the script.
  bool in_block = false;  // By a DO block, for what is inside of it.
  int transaction = 0;    // Counts; a statement outside of one is one of its own.
  // The locks that the transaction has taken on relations that were there before.
  std::map<schema::QualifiedName, facts::LockMode> held;
  struct Timeouts {
    bool lock = false;
    bool statement = false;
  };
  Timeouts timeouts;          // As they are now.
  Timeouts session_timeouts;  // As they are when the transaction ends: SET LOCAL is over then.
  // Labels that this transaction added, with their types.
  std::set<std::pair<schema::QualifiedName, std::string>> labels;
  // Constraints that the script added, by table and name.
  std::map<std::pair<schema::QualifiedName, std::string>, ConstraintMade> constraints;
  std::set<std::string> dropped_indexes;
};

// The deed as the catalog and the script's past tell it: names with their schemas, and which entry of the
// table of facts it is where the text alone does not say.
sql::Deed Refined(sql::Deed deed, const State& state);

// Before a statement: the transaction of a block ends with the block.
void LeaveBlock(const sql::StatementDeeds& next, State& state);

// What the statement leaves behind. Its deeds must be refined.
void Advance(const sql::StatementDeeds& statement, State& state);

}  // namespace schemac::lint
