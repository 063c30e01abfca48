// Revisions that are released: what databases of others may have run already, so that nobody changes it any
// more. A file among the revisions names them, with checksums of their model diffs and scripts.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/context.h"
#include "compiler/driver/project.h"
#include "compiler/history/history.h"

namespace schemac {

inline constexpr const char* kReleasedFile = "released";

// Checksums of the model diff and of the two scripts, comments and layout aside.
struct ReleasedRevision {
  std::string model_diff;
  std::string up;
  std::string down;
  Span place;  // Where the file names the revision.
};

class Released {
 public:
  // Those of the project; none when there is no such file. nullopt, with diagnostics at the lines that are
  // wrong.
  static std::optional<Released> Load(Context& context, const Project& project);

  [[nodiscard]] bool Has(const std::string& id) const { return revisions_.contains(id); }
  [[nodiscard]] const ReleasedRevision& Get(const std::string& id) const { return revisions_.at(id); }
  void Add(const std::string& id, ReleasedRevision revision) {
    revisions_.insert_or_assign(id, std::move(revision));
  }
  void Remove(const std::string& id) { revisions_.erase(id); }
  [[nodiscard]] bool empty() const { return revisions_.empty(); }

  // Whether all of them are in the history as they were released. False, with a diagnostic for each that is
  // not.
  bool Check(Context& context, const History& history) const;
  // The file, in the order of the history.
  [[nodiscard]] std::string Text(const History& history) const;

 private:
  std::map<std::string, ReleasedRevision> revisions_;
};

}  // namespace schemac
