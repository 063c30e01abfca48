#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "compiler/support/overloaded.h"
#include "schema/diff/diff.h"

namespace schemac::schema {

namespace {

// What a diff takes away and brings, by kind.
struct Candidates {
  std::vector<const Object*> dropped;
  std::vector<const Object*> created;
};

// How alike two objects are, 0 to 1, on top of being of one kind. Below kLikely a pair is not worth a
// question.
constexpr double kLikely = 0.6;

double Share(std::size_t common, std::size_t left, std::size_t right) {
  const std::size_t all = std::max(left, right);
  return all == 0 ? 0 : static_cast<double>(common) / static_cast<double>(all);
}

double Similarity(const Table& left, const Table& right) {
  std::map<std::string_view, const Column*> columns;
  for (const Column& column : left.columns) columns.emplace(column.name, &column);
  std::size_t common = 0;
  for (const Column& column : right.columns) {
    auto found = columns.find(column.name);
    if (found != columns.end() && found->second->type == column.type) ++common;
  }
  return Share(common, left.columns.size(), right.columns.size());
}

double Similarity(const Enum& left, const Enum& right) {
  const std::set<std::string> labels(left.labels.begin(), left.labels.end());
  const auto common =
      std::ranges::count_if(right.labels, [&](const std::string& it) { return labels.contains(it); });
  return Share(static_cast<std::size_t>(common), left.labels.size(), right.labels.size());
}

double Similarity(const Composite& left, const Composite& right) {
  return left.attributes == right.attributes ? 1 : 0;
}
double Similarity(const Domain& left, const Domain& right) {
  return left.type == right.type && left.not_null == right.not_null &&
                 left.default_value == right.default_value &&
                 left.constraints.size() == right.constraints.size()
             ? 1
             : 0;
}
double Similarity(const Sequence& left, const Sequence& right) {
  // Most sequences are alike: the current value is what would be lost.
  const bool free = !left.owned_by && !right.owned_by;
  return free && left.type == right.type && left.options == right.options ? kLikely : 0;
}
double Similarity(const View& left, const View& right) {
  if (left.materialized != right.materialized) return 0;
  return left.query == right.query ? 1 : 0;
}
double Similarity(const Function& left, const Function& right) {
  return left.identity_arguments == right.identity_arguments && left.definition == right.definition ? 1 : 0;
}

double SimilarityOf(const Object& left, const Object& right) {
  return std::visit(
      [&]<typename Left>(const Left& it) -> double {
        const auto* other = std::get_if<Left>(&right);
        if constexpr (requires { Similarity(it, it); }) return other == nullptr ? 0 : Similarity(it, *other);
        return 0;  // Nothing is lost when other objects are made anew.
      },
      left);
}

// Whether two objects share enough to look at them closely. Keeps large diffs from comparing all with all.
std::vector<std::string> Marks(const Object& object) {
  std::vector<std::string> marks;
  if (const auto* table = std::get_if<Table>(&object)) {
    for (const Column& column : table->columns) marks.push_back(column.name);
  } else if (const auto* type = std::get_if<Enum>(&object)) {
    marks = type->labels;
  } else {
    marks.emplace_back();
  }
  return marks;
}

struct Pair {
  double score = 0;
  ObjectAddress from;
  ObjectAddress to;
};

// Best pairs first; each object once.
std::vector<Rename> Choose(std::vector<Pair> pairs) {
  std::ranges::sort(pairs, [](const Pair& a, const Pair& b) {
    return std::tie(b.score, a.from, a.to) < std::tie(a.score, b.from, b.to);
  });
  std::set<ObjectAddress> taken;
  std::vector<Rename> renames;
  for (Pair& pair : pairs) {
    if (taken.contains(pair.from) || taken.contains(pair.to)) continue;
    taken.insert(pair.from);
    taken.insert(pair.to);
    renames.push_back({std::move(pair.from), std::move(pair.to)});
  }
  return renames;
}

void PairObjects(const Candidates& candidates, std::vector<Pair>& pairs) {
  // A mark that very many share tells nothing.
  constexpr std::size_t kCommon = 64;
  std::map<std::string, std::vector<const Object*>> by_mark;
  for (const Object* object : candidates.created) {
    for (std::string& mark : Marks(*object)) by_mark[std::move(mark)].push_back(object);
  }
  for (const Object* object : candidates.dropped) {
    std::set<const Object*> seen;
    for (const std::string& mark : Marks(*object)) {
      auto found = by_mark.find(mark);
      if (found == by_mark.end() || found->second.size() > kCommon) continue;
      for (const Object* other : found->second) {
        if (!seen.insert(other).second) continue;
        const double score = SimilarityOf(*object, *other);
        if (score >= kLikely) pairs.push_back({score, AddressOf(*object), AddressOf(*other)});
      }
    }
  }
}

// Columns of one table, of one type. What else is the same decides among several, and the letters that the
// names share.
double SimilarityOf(const Column& left, const Column& right) {
  if (left.type != right.type || left.generated.has_value() != right.generated.has_value()) return 0;
  double score = kLikely;
  if (left.not_null == right.not_null) score += 0.1;
  if (left.default_value == right.default_value) score += 0.1;
  if (left.name.find(right.name) != std::string::npos || right.name.find(left.name) != std::string::npos)
    score += 0.15;
  return score;
}

struct ColumnCandidates {
  std::vector<const Column*> dropped;
  std::vector<const Column*> added;
};

void PairColumns(const QualifiedName& table, const ColumnCandidates& candidates, std::vector<Pair>& pairs) {
  const auto address = [&](const Column& column) {
    return ObjectAddress{ObjectKind::Column, table.schema, table.name, column.name};
  };
  for (std::size_t i = 0; i < candidates.dropped.size(); ++i) {
    for (std::size_t j = 0; j < candidates.added.size(); ++j) {
      const Column& dropped = *candidates.dropped[i];
      const Column& added = *candidates.added[j];
      double score = SimilarityOf(dropped, added);
      if (score < kLikely) continue;
      if (i == j) score += 0.05;  // The order in which they stand.
      pairs.push_back({score, address(dropped), address(added)});
    }
  }
}

// A label that gives way to another at its place.
void PairLabels(const AlterObject& change, std::vector<Rename>& renames) {
  const auto* before = std::get_if<Enum>(&change.from);
  const auto* after = std::get_if<Enum>(&change.to);
  if (before == nullptr || after == nullptr || before->labels.size() != after->labels.size()) return;
  const std::set<std::string> old_labels(before->labels.begin(), before->labels.end());
  const std::set<std::string> new_labels(after->labels.begin(), after->labels.end());
  for (std::size_t i = 0; i < before->labels.size(); ++i) {
    const std::string& from = before->labels[i];
    const std::string& to = after->labels[i];
    if (new_labels.contains(from) || old_labels.contains(to)) continue;
    if (change.heirs.contains(from)) continue;
    renames.push_back({{ObjectKind::Enum, before->name.schema, before->name.name, from},
                       {ObjectKind::Enum, after->name.schema, after->name.name, to}});
  }
}

}  // namespace

std::vector<Rename> LikelyRenames(const Diff& diff) {
  std::map<ObjectKind, Candidates> objects;
  std::map<QualifiedName, ColumnCandidates> columns;
  std::vector<Rename> labels;
  for (const Change& change : diff.changes) {
    std::visit(
        Overloaded{
            [&](const CreateObject& it) { objects[AddressOf(it.object).kind].created.push_back(&it.object); },
            [&](const DropObject& it) { objects[AddressOf(it.object).kind].dropped.push_back(&it.object); },
            [&](const AlterObject& it) { PairLabels(it, labels); },
            [](const RenameObject&) {},
            [&](const AddColumn& it) { columns[it.table].added.push_back(&it.column); },
            [&](const DropColumn& it) { columns[it.table].dropped.push_back(&it.column); },
            [](const AlterColumn&) {},
            [](const ChangeData&) {},
        },
        change);
  }
  std::vector<Pair> pairs;
  for (const auto& [kind, candidates] : objects) PairObjects(candidates, pairs);
  for (const auto& [table, candidates] : columns) PairColumns(table, candidates, pairs);
  std::vector<Rename> renames = Choose(std::move(pairs));
  std::ranges::move(labels, std::back_inserter(renames));
  std::ranges::sort(renames, {}, &Rename::from);
  return renames;
}

}  // namespace schemac::schema
