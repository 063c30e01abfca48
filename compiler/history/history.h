// The revisions of a project and how they build on each other: the graph that `revises` draws. Knows nothing
// of folders: the driver reads the files and hands over their sources.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/support/diagnostic.h"
#include "compiler/support/error_or.h"

namespace schemac {

// A model diff on disk. `stem` is the file's name without folder and `.mdiff`; it must be the revision's id.
struct RevisionFile {
  std::string stem;
  SourceId source = kNoSource;
};

struct Revision {
  std::string id;
  std::vector<std::string> revises;
  std::string message;
  bool online = false;  // `profile online`: its scripts are for tables in use.
  ast::File file;
};

// Revisions `first` to `last` of a walk: indexes into History::revisions(), in the order in which they are
// applied.
using RevisionPath = std::vector<std::size_t>;

class History {
 public:
  // Parses every file. Ids that differ from the stem or stand twice, parents that are missing and cycles are
  // diagnostics of kind History; what could be read is in the history all the same.
  static History Load(const std::vector<RevisionFile>& files, const Sources& sources, DiagnosticSink& sink);

  // Another profile for a revision than its file tells.
  void SetOnline(std::size_t revision, bool online) { revisions_.at(revision).online = online; }

  // Parents before children; among those that are free to come next, by id.
  [[nodiscard]] const std::vector<Revision>& revisions() const { return revisions_; }
  // The revisions that none builds on, by id. Empty only for an empty history.
  [[nodiscard]] std::vector<std::size_t> Heads() const;
  // The one head, `nullopt` when there is no revision; an error that names them when there are several.
  [[nodiscard]] ErrorOr<std::optional<std::size_t>> Head() const;
  // What a revision builds on, in the order in which it names them; none for a first one.
  [[nodiscard]] const std::vector<std::size_t>& ParentsOf(std::size_t revision) const {
    return parents_.at(revision);
  }
  // What builds on the revision, or (nullopt) on nothing, by id.
  [[nodiscard]] const std::vector<std::size_t>& ChildrenOf(std::optional<std::size_t> revision) const {
    return revision ? children_.at(*revision) : roots_;
  }

  // The revision of that id, or of which it is a prefix that no other id begins with.
  [[nodiscard]] ErrorOr<std::size_t> Find(std::string_view id_or_prefix) const;
  // A point of the history: `base` (nullopt: before every revision), `head`, `head-2`, an id or a prefix of
  // one, optionally followed by `+N` or `-N`; a mere `+N` counts from base, a mere `-N` from head. Fails
  // where a step leads to several revisions.
  [[nodiscard]] ErrorOr<std::optional<std::size_t>> Resolve(std::string_view text) const;

  // The revisions to apply on the way from `from` (exclusive) to `to` (inclusive): all that `to` builds on
  // and `from` does not. What a merge names first comes first, with all that it builds on. Fails when `from`
  // is not an ancestor of `to`.
  [[nodiscard]] ErrorOr<RevisionPath> Path(std::optional<std::size_t> from,
                                           std::optional<std::size_t> to) const;
  // Whether every revision of the path builds on the one before it alone, and the first on `from` alone: then
  // each script starts in the state that the one before it leaves.
  [[nodiscard]] bool IsChain(std::optional<std::size_t> from, const RevisionPath& path) const;

  // "0003" for a history whose highest number is 2.
  [[nodiscard]] std::string NextNumber() const;

 private:
  [[nodiscard]] std::string IdOf(std::optional<std::size_t> revision) const;

  void Link();
  // One step from a point to what it builds on, or to what builds on it.
  [[nodiscard]] ErrorOr<std::optional<std::size_t>> StepDown(std::size_t revision) const;
  [[nodiscard]] ErrorOr<std::optional<std::size_t>> StepUp(std::optional<std::size_t> point) const;
  // Everything that the revision builds on, and itself, in the order of a path.
  [[nodiscard]] RevisionPath LineOf(std::size_t revision) const;

  std::vector<Revision> revisions_;
  std::vector<std::vector<std::size_t>> parents_;   // By revision.
  std::vector<std::vector<std::size_t>> children_;  // By revision.
  std::vector<std::size_t> roots_;
  std::map<std::string, std::size_t, std::less<>> by_id_;
};

}  // namespace schemac
