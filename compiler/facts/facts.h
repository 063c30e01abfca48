// What statements cost and risk on a server: the one table of locks, rewrites, scans, breaks and losses. The
// planner and the header of scripts read it, and so does what judges SQL files.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace schemac::facts {

// Table-level lock modes, weakest first (manual, 13.3.1).
enum class LockMode : std::uint8_t {
  None,
  AccessShare,
  RowShare,
  RowExclusive,
  ShareUpdateExclusive,
  Share,
  ShareRowExclusive,
  Exclusive,
  AccessExclusive,
};

// "SHARE ROW EXCLUSIVE"; "" for None.
std::string_view LockWords(LockMode mode);
// Whether a transaction must wait for the one mode while another holds the other (manual, table 13.2).
bool Conflict(LockMode left, LockMode right);
// Whether SELECT, or INSERT, UPDATE and DELETE, have to wait.
bool BlocksReads(LockMode mode);
bool BlocksWrites(LockMode mode);

// What a statement does besides taking its locks.
enum Effect : std::uint16_t {
  kScans = 1U << 0U,        // Reads every row.
  kRewrites = 1U << 1U,     // Writes the relation anew.
  kBuildsIndex = 1U << 2U,  // Sorts what it reads into an index.
  kMayFail = 1U << 3U,      // Rows that exist may stop it.
  kBreaksCode = 1U << 4U,   // Statements that worked before may fail afterwards.
  kLosesData = 1U << 5U,
  kNoWayBack = 1U << 6U,  // No statement restores what was.
  kChangesRows = 1U << 7U,
  kOutside = 1U << 8U,  // PostgreSQL refuses it inside a transaction.
};

// A kind of statement, or of action of ALTER TABLE.
enum class Operation : std::uint8_t {
#define X(id, words, since, lock, others, effects, source) id,
#include "compiler/facts/operations.def"
#undef X
};

struct OperationFacts {
  Operation operation;
  std::string_view name;           // "AddColumn".
  std::string_view words;          // "adds a column".
  int since = 0;                   // The first version of PostgreSQL that knows it; 0 for all from 12 on.
  LockMode lock = LockMode::None;  // On the relation that it is about.
  LockMode others_lock = LockMode::None;  // On the other relations that it names.
  unsigned effects = 0;                   // Of `Effect`.
  std::string_view source;  // Page of the manual and what to look for there, or a function of the server.

  [[nodiscard]] bool Has(Effect effect) const { return (effects & effect) != 0; }
};

const OperationFacts& FactsOf(Operation operation);
// All of them, in the order of the table.
std::span<const OperationFacts> AllFacts();

}  // namespace schemac::facts
