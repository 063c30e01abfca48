// Scripts for a web SQL editor: parts that are pasted and run one after the other. A part in a transaction is
// one DO block: it finds out by itself whether it has been run, whether its turn has come, and whether what
// stands there already is what it would make; then it does all of its work or none.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/driver/scripts.h"
#include "compiler/verify/facts.h"

namespace schemac {

// A statement and the object or table that it is about, as in verify::ObjectKey.
struct PartStatement {
  std::string comment;
  std::string sql;
  std::string unit;
  bool hand_written = false;
};

struct Part {
  std::string revision;
  std::string title;
  std::vector<std::string> notes;  // What its revision locks and loses, as the head of its script says.
  bool transaction = true;
  bool first = false;                // Of a history: makes the ledger's table.
  bool last = false;                 // Of its revision: books it.
  bool adds_labels = false;          // To an enum that stands: to be committed before they are used.
  std::string checksum;              // Of the revision.
  std::string mark;                  // What the ledger holds when the part is done; "" for the last one.
  std::vector<std::string> needs;    // Rows of the ledger without which its turn has not come.
  std::vector<verify::Fact> leaned;  // What parts without transaction must have left.
  std::vector<PartStatement> statements;
  // The books of another tool, kept along: run by the first part of all, and by the last of its revision.
  std::vector<std::string> also_create;
  std::vector<std::string> also_close;
  // A backfill of a large table: its UPDATE runs for so many rows at a time, of `t WHERE c IS NULL`. 0 for
  // other parts.
  std::size_t batch_rows = 0;
  std::string batch_from;

  // What is different before and after it, of objects that no other part of the revision touches.
  std::vector<verify::Fact> before;
  std::vector<verify::Fact> after;
  std::set<std::string> created;
  std::set<std::string> dropped;
  std::vector<std::pair<std::string, std::string>> units;  // Unit and object.
};

// Whether the statement clears away what a failed build of an index left. A build that failed leaves an
// invalid index behind, which a script that may be run again reports instead of dropping it: the same
// statement would drop a good one then.
bool DropsLeftover(const emitters::Statement& statement, const plan::Step& step);

// The parts of one revision's upgrade, which keep `books` along.
std::vector<Part> PartsOf(const Revision& revision, const Compiled& compiled, const ScriptSettings& settings,
                          const emitters::LayoutBooks& books);

// The parts of a range, with the states around it.
struct Collected {
  std::vector<std::string> revisions;
  std::vector<Part> parts;
  schema::Catalog before;
  schema::Catalog after;
};
// `range` as for `upgrade`. The scripts on disk are what was reviewed: they must do what the model diffs say.
// nullopt, with diagnostics, when they do not. `layout` is the tool whose books are kept along; "" for the
// one in the settings.
std::optional<Collected> CollectParts(Context& context, const Project& project, const std::string& range,
                                      const std::string& layout);

struct PartOptions {
  std::string ledger_table;  // As in the settings.
  std::string lock_timeout;
  // In one script with other parts: what must be committed before those behind it gets BEGIN and COMMIT, as
  // somebody may send all of them as one query, which is one transaction else.
  bool among_others = false;
};

// The part as text, with a header and, in a transaction, a query at the end that tells what came of it.
std::string PartText(const Part& part, std::size_t number, std::size_t count, const PartOptions& options);

// What must hold after the range: the objects that differ between the states, and those that are gone.
std::vector<verify::Fact> FactsBetween(const schema::Catalog& before, const schema::Catalog& after);

}  // namespace schemac
