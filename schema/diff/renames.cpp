#include "schema/diff/renames.h"

#include <algorithm>
#include <map>

#include "schema/edit/drop.h"
#include "schema/edit/rename.h"
#include "schema/retarget.h"

namespace schemac::schema {

namespace {

Error CannotRename(std::string message) {
  return {std::move(message), DiagnosticKind::UnknownName, {}, 1, ""};
}

// Schemas before what lives in them, types before routines that take them, tables before their parts.
int Rank(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Schema:
      return 0;
    case ObjectKind::Function:
    case ObjectKind::Aggregate:
      return 2;
    case ObjectKind::Column:
      return 3;
    default:
      return IsTablePart(kind) ? 4 : 1;
  }
}

// The same but for its name and comment. Comments change by themselves.
Object WithoutName(Object part) {
  BaseOf(part).comment.clear();
  if (auto* constraint = std::get_if<Constraint>(&part)) {
    constraint->name.clear();
    if (constraint->kind != ConstraintKind::Check) constraint->no_inherit = false;
  }
  if (auto* index = std::get_if<Index>(&part)) index->name.clear();
  return part;
}

bool Contains(const std::vector<std::string>& labels, const std::string& label) {
  return std::ranges::find(labels, label) != labels.end();
}

// A check that a parent hands down cannot be renamed by itself; a partition's copy of a key can.
bool CanBeRenamed(const Object& part) {
  const auto* constraint = std::get_if<Constraint>(&part);
  return constraint == nullptr || !constraint->inherited || constraint->kind != ConstraintKind::Check;
}

}  // namespace

ObjectAddress RenameWork::Now(ObjectAddress address) const {
  for (const Rename& rename : done_) {
    if (auto moved = Retarget(address, rename.from, rename.to)) address = std::move(*moved);
  }
  return address;
}

Done RenameWork::CheckFit(const std::vector<Rename>& renames) const {
  std::set<ObjectAddress> sources;
  std::set<ObjectAddress> targets;
  for (const Rename& rename : renames) {
    if (rename.from.kind != rename.to.kind) {
      return CannotRename("cannot rename " + Describe(rename.from) + " to " + Describe(rename.to));
    }
    if (!work_->Has(rename.from)) return CannotRename("there is no " + Describe(rename.from) + " to rename");
    if (!to_.Has(rename.to)) return CannotRename("there is no " + Describe(rename.to) + " to rename to");
    if (!sources.insert(rename.from).second) return CannotRename(Describe(rename.from) + " is renamed twice");
    if (!targets.insert(rename.to).second) {
      return CannotRename("two renames lead to " + Describe(rename.to));
    }
  }
  for (const Rename& rename : renames) {
    const bool stays = to_.Has(rename.from) && !targets.contains(rename.from) && work_->Has(rename.to) &&
                       !sources.contains(rename.to);
    if (stays)
      return CannotRename("both " + Describe(rename.from) + " and " + Describe(rename.to) +
                          " exist before and after");
  }
  return std::monostate();
}

Done RenameWork::DoOne(const Rename& rename) {
  const ObjectAddress from = Now(rename.from);
  if (from == rename.to) return std::monostate();  // The rename of its table or schema was all.
  if (Done done = ApplyRename(work_.Own(), {from, rename.to}); !done) return done;
  changes_.push_back(RenameObject{from, rename.to});
  done_.push_back({from, rename.to});
  return std::monostate();
}

// On the way back the columns are filled in before the triggers are there: their functions may speak of
// columns that are renamed or made later.
void RenameWork::DropTriggersThatGo(const QualifiedName& table) {
  std::vector<Object> gone;
  for (const Object* trigger : work_->PartsOf(table, ObjectKind::Trigger)) {
    if (!to_.Has(AddressOf(*trigger))) gone.push_back(*trigger);
  }
  for (Object& trigger : gone) {
    work_.Own().Remove(AddressOf(trigger));
    changes_.push_back(DropObject{std::move(trigger)});
  }
}

// Drops what has the name that the rename wants, with everything that rests on it: that would otherwise seem
// to rest on the renamed object. What is wanted again is made anew. False when there is nothing to drop, or
// it is itself waiting for its rename.
ErrorOr<bool> RenameWork::MakeRoom(const Rename& rename, const std::set<ObjectAddress>& waiting) {
  const ObjectAddress& to = rename.to;
  std::optional<ObjectAddress> holder;
  if (work_->Has(to)) {
    holder = to;
  } else if (!IsTablePart(to.kind) || to.kind == ObjectKind::Index || to.kind == ObjectKind::Constraint) {
    holder = work_->FindRelation({to.schema, OwnName(to)});
    if (!holder) holder = work_->FindType({to.schema, OwnName(to)});
  }
  if (!holder || waiting.contains(*holder) || !work_->Has(*holder) || holder->kind == ObjectKind::Schema)
    return false;
  if (holder->kind == ObjectKind::Column && to.kind != ObjectKind::Column) return false;
  if (holder->kind == ObjectKind::Column) DropTriggersThatGo(holder->qualified());
  Catalog without = *work_;
  if (Done done = Drop(without, *holder, true); !done) return done.error();
  std::vector<Change> drops;
  for (const auto& [address, object] : work_->objects()) {
    const Object* after = without.Find(address);
    if (after == nullptr) {
      drops.push_back(DropObject{object});
    } else if (*after == object) {
      continue;
    } else if (holder->kind == ObjectKind::Column && address == TableOf(*holder) &&
               std::get<Table>(*after).columns.size() + 1 == std::get<Table>(object).columns.size()) {
      const auto& table = std::get<Table>(object);
      drops.push_back(DropColumn{table.name, *table.FindColumn(holder->member), std::nullopt});
    } else {
      return Error{"cannot rename " + Describe(rename.from) + " to " + Describe(to) +
                       " in one step: " + Describe(address) + " uses what has that name now",
                   DiagnosticKind::Unsupported,
                   {},
                   1,
                   "drop " + Describe(*holder) + " in a revision of its own"};
    }
  }
  // Parts before their tables, as in the rest of a diff.
  std::ranges::move(drops.rbegin(), drops.rend(), std::back_inserter(changes_));
  work_.Replace(std::move(without));
  return true;
}

Done RenameWork::Tell(const std::vector<Rename>& renames) {
  if (Done fit = CheckFit(renames); !fit) return fit;
  std::vector<Rename> pending = renames;
  std::erase_if(pending, [](const Rename& it) { return it.from == it.to; });
  std::ranges::sort(pending, [](const Rename& a, const Rename& b) {
    return std::pair(Rank(a.from.kind), a.from) < std::pair(Rank(b.from.kind), b.from);
  });
  while (!pending.empty()) {
    // Whatever has to wait for another's name waits for the next round.
    std::vector<Rename> waiting;
    std::optional<Error> failure;
    for (const Rename& rename : pending) {
      if (Done done = DoOne(rename); !done) {
        if (!failure) failure = done.error();
        waiting.push_back(rename);
      }
    }
    if (waiting.size() == pending.size()) {
      std::set<ObjectAddress> sources;
      for (const Rename& rename : waiting) sources.insert(Now(rename.from));
      bool room = false;
      for (std::size_t i = 0; i < waiting.size() && !room; ++i) {
        ErrorOr<bool> made = MakeRoom(waiting[i], sources);
        if (!made) return made.error();
        room = *made;
      }
      if (!room) {
        const bool cycle =
            std::ranges::any_of(waiting, [&](const Rename& it) { return sources.contains(it.to); });
        if (!cycle) return *failure;
        return CannotRename("the renames form a cycle: " + Describe(waiting.front().from) + " to " +
                            Describe(waiting.front().to) + " and back");
      }
    }
    pending = std::move(waiting);
  }
  return std::monostate();
}

Done RenameWork::TellLabels(std::map<ObjectAddress, LabelMapping>& labels) {
  for (auto& [type, mapping] : labels) {
    const auto* before = work_->Get<Enum>(type);
    const auto* after = to_.Get<Enum>(type);
    if (before == nullptr || after == nullptr) continue;
    std::vector<std::pair<std::string, std::string>> open;
    for (const std::string& label : before->labels) {
      const auto renamed = mapping.renamed.find(label);
      if (renamed == mapping.renamed.end() || renamed->second == label) continue;
      if (!Contains(after->labels, renamed->second)) continue;
      const bool stays =
          Contains(before->labels, renamed->second) && !mapping.renamed.contains(renamed->second);
      // The empty label has no address, so that it cannot be renamed either.
      if (stays || label.empty() || renamed->second.empty()) {
        mapping.removed.insert(*renamed);
      } else {
        open.push_back(*renamed);
      }
    }
    if (Done done = RenameLabels(type, std::move(open)); !done) return done;
  }
  return std::monostate();
}

// Each when its new name is free; a name that is taken by a label that is itself renamed waits, and a ring of
// them is opened by way of a name that nothing has.
Done RenameWork::RenameLabels(const ObjectAddress& type,
                              std::vector<std::pair<std::string, std::string>> open) {
  const auto is_taken = [&](const std::string& label) {
    return Contains(work_->Get<Enum>(type)->labels, label);
  };
  const auto rename = [&](const std::string& from, const std::string& to) {
    Rename one{type, type};
    one.from.member = from;
    one.to.member = to;
    return DoOne(one);
  };
  while (!open.empty()) {
    const auto next = std::ranges::find_if(open, [&](const auto& pair) { return !is_taken(pair.second); });
    if (next == open.end()) {
      std::string free = open.front().first + "_";
      while (is_taken(free)) free += "_";
      if (Done done = rename(open.front().first, free); !done) return done;
      open.front().first = free;
      continue;
    }
    if (Done done = rename(next->first, next->second); !done) return done;
    open.erase(next);
  }
  return std::monostate();
}

namespace {

using Entry = Catalog::Objects::value_type;

// Walks along the objects of that kind in both.
template <typename Visit>
void WalkKind(const Catalog& from, const Catalog& to, ObjectKind kind, const Visit& visit) {
  const auto next = static_cast<ObjectKind>(static_cast<int>(kind) + 1);
  Catalog::Objects::WalkBoth(from.objects(), to.objects(), {kind, "", "", ""}, {next, "", "", ""}, visit);
}

// Calls `visit(entry, is_gone)` for each object of the kind that only one of the two has.
template <typename Visit>
void ForEachOnlyInOne(const Catalog& from, const Catalog& to, ObjectKind kind, const Visit& visit) {
  WalkKind(from, to, kind, [&](const Entry* before, const Entry* after) {
    if (before == nullptr || after == nullptr) visit(before != nullptr ? *before : *after, before != nullptr);
  });
}

}  // namespace

void RenameWork::Follow() {
  FollowSequences();
  FollowIdentities();
  FollowParts(ObjectKind::Constraint);
  FollowParts(ObjectKind::Index);
}

void RenameWork::FollowSequences() {
  // By the column that owns them: those that only one of the states has.
  struct Pair {
    std::vector<ObjectAddress> gone;
    std::vector<ObjectAddress> added;
  };
  std::map<ObjectAddress, Pair> by_column;
  ForEachOnlyInOne(*work_, to_, ObjectKind::Sequence, [&](const Entry& entry, bool is_gone) {
    const auto& owner = std::get<Sequence>(entry.second).owned_by;
    if (owner) (by_column[*owner].*(is_gone ? &Pair::gone : &Pair::added)).push_back(entry.first);
  });
  for (const auto& [column, pair] : by_column) {
    if (pair.gone.size() != 1 || pair.added.size() != 1) continue;
    const Rename rename{pair.gone.front(), pair.added.front()};
    if (!ApplyRename(work_.Own(), rename)) continue;  // The name is taken: dropped and made anew.
    changes_.push_back(RenameObject{rename.from, rename.to});
    done_.push_back(rename);
  }
}

void RenameWork::FollowIdentities() {
  std::vector<Rename> renames;
  WalkKind(*work_, to_, ObjectKind::Table, [&](const Entry* before, const Entry* after) {
    if (before == nullptr || after == nullptr) return;
    const auto& table = std::get<Table>(before->second);
    for (const Column& column : table.columns) {
      if (!column.identity) continue;
      const Column* wanted = std::get<Table>(after->second).FindColumn(column.name);
      if (wanted == nullptr || !wanted->identity) continue;
      const std::string& name = column.identity->sequence_name;
      const std::string& new_name = wanted->identity->sequence_name;
      if (name.empty() || new_name.empty() || name == new_name) continue;
      renames.push_back({{ObjectKind::Sequence, table.name.schema, name, ""},
                         {ObjectKind::Sequence, table.name.schema, new_name, ""}});
    }
  });
  for (const Rename& rename : renames) {
    if (!ApplyRename(work_.Own(), rename)) continue;
    changes_.push_back(RenameObject{rename.from, rename.to});
    done_.push_back(rename);
  }
}

void RenameWork::FollowParts(ObjectKind kind) {
  struct Parts {
    std::vector<Object> gone;  // Copies: a rename on one table moves the same part of its children.
    std::vector<Object> added;
  };
  std::map<QualifiedName, Parts> by_table;
  ForEachOnlyInOne(*work_, to_, kind, [&](const Entry& entry, bool is_gone) {
    (by_table[entry.first.qualified()].*(is_gone ? &Parts::gone : &Parts::added)).push_back(entry.second);
  });
  for (const auto& [table, parts] : by_table) PairParts(parts.gone, parts.added);
}

void RenameWork::PairParts(const std::vector<Object>& gone, const std::vector<Object>& added) {
  std::vector<std::pair<ObjectAddress, Object>> open;
  for (const Object& part : gone) {
    if (!added.empty() && CanBeRenamed(part)) open.emplace_back(AddressOf(part), WithoutName(part));
  }
  for (const Object& part : added) {
    if (!CanBeRenamed(part)) continue;
    const Object wanted = WithoutName(part);
    auto found = std::ranges::find_if(open, [&](const auto& it) { return it.second == wanted; });
    if (found == open.end()) continue;
    const Rename rename{found->first, AddressOf(part)};
    open.erase(found);
    if (!ApplyRename(work_.Own(), rename)) continue;
    changes_.push_back(RenameObject{rename.from, rename.to});
    done_.push_back(rename);
  }
}

}  // namespace schemac::schema
