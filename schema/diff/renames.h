// The renames of a comparison: those that the author told, put in an order in which each can be done, and
// those that lose nothing and need no telling.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/support/error_or.h"
#include "schema/borrowed_catalog.h"
#include "schema/catalog.h"
#include "schema/diff/change.h"
#include "schema/intent.h"

namespace schemac::schema {

// A catalog on its way from one state to the other, and the changes that led to where it is.
class RenameWork {
 public:
  RenameWork(const Catalog& from, const Catalog& to) : work_(from), to_(to) {}

  // The renames of the intent. What stands in the way of a new name and has no place in `to` is dropped
  // before.
  ErrorOr<std::monostate> Tell(const std::vector<Rename>& renames);
  // The labels of enums that are renamed. One whose new name belongs to a label that stays cannot be, nor an
  // empty one: it becomes a label that goes, with the other as its heir.
  ErrorOr<std::monostate> TellLabels(std::map<ObjectAddress, LabelMapping>& labels);
  // Sequences that follow their column; constraints and indexes that differ from one of the same table in
  // their name only.
  void Follow();

  [[nodiscard]] const Catalog& catalog() const { return *work_; }
  [[nodiscard]] const std::vector<Change>& changes() const { return changes_; }
  // What an object of the first state is called now.
  [[nodiscard]] ObjectAddress Now(ObjectAddress address) const;

 private:
  ErrorOr<std::monostate> CheckFit(const std::vector<Rename>& renames) const;
  ErrorOr<std::monostate> DoOne(const Rename& rename);
  ErrorOr<std::monostate> RenameLabels(const ObjectAddress& type,
                                       std::vector<std::pair<std::string, std::string>> open);
  void DropTriggersThatGo(const QualifiedName& table);
  ErrorOr<bool> MakeRoom(const Rename& rename, const std::set<ObjectAddress>& waiting);
  void FollowSequences();
  void FollowIdentities();
  void FollowParts(ObjectKind kind);
  void PairParts(const std::vector<Object>& gone, const std::vector<Object>& added);

  BorrowedCatalog work_;
  const Catalog& to_;
  std::vector<Change> changes_;
  std::vector<Rename> done_;  // In order.
};

}  // namespace schemac::schema
