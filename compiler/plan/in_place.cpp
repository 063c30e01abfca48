#include <algorithm>
#include <string_view>
#include <type_traits>

#include "compiler/plan/work.h"
#include "compiler/support/characters.h"
#include "compiler/support/overloaded.h"

namespace schemac::plan {
namespace {

template <typename T>
T Bare(T object) {
  static_cast<schema::ObjectBase&>(object) = {};
  return object;
}

// The arguments without their defaults: PostgreSQL lets OR REPLACE add defaults, but not change names or
// modes (manual, CREATE FUNCTION). Splits at commas outside parentheses and quotes.
std::vector<std::string> ArgumentsWithoutDefaults(const std::string& arguments) {
  std::vector<std::string> result{""};
  int depth = 0;
  char quote = '\0';
  for (const char c : arguments) {
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(' || c == '[') {
      ++depth;
    } else if (c == ')' || c == ']') {
      --depth;
    } else if (c == ',' && depth == 0) {
      result.emplace_back();
      continue;
    }
    result.back() += c;
  }
  for (std::string& argument : result) {
    const std::size_t word = argument.find(" DEFAULT ");
    if (word != std::string::npos) argument.resize(word);
  }
  return result;
}

// An argument keeps its name and mode; one that had neither can get a name (ProcedureCreate in pg_proc.c).
bool KeepsArgument(std::string_view before, std::string_view after) {
  if (before == after) return true;
  if (before.starts_with(' ')) before.remove_prefix(1);
  if (after.starts_with(' ')) after.remove_prefix(1);
  const std::size_t word = after.find(' ');
  if (word == std::string_view::npos || after.substr(word + 1) != before) return false;
  const std::string_view name = after.substr(0, word);
  return name != "OUT" && name != "INOUT" && name != "VARIADIC";
}

bool ReplaceWillDo(const schema::Function& before, const schema::Function& after) {
  const std::vector<std::string> had = ArgumentsWithoutDefaults(before.arguments);
  const std::vector<std::string> has = ArgumentsWithoutDefaults(after.arguments);
  return before.procedure == after.procedure && before.returns == after.returns &&
         std::equal(had.begin(), had.end(), has.begin(), has.end(), KeepsArgument) &&
         after.default_arguments.size() >= before.default_arguments.size();
}

// ALTER TYPE adds attributes at the end and drops any; a type is changed only when no column holds the
// composite, which closure.cpp would have to know: those are made anew.
bool AttributesGrowInPlace(const schema::Composite& before, const schema::Composite& after) {
  const auto find = [](const schema::Composite& in, const std::string& name) {
    return std::find_if(in.attributes.begin(), in.attributes.end(),
                        [&](const schema::CompositeAttribute& attribute) { return attribute.name == name; });
  };
  std::size_t kept = 0;
  for (const schema::CompositeAttribute& attribute : before.attributes) {
    const auto found = find(after, attribute.name);
    if (found == after.attributes.end()) continue;
    if (found != after.attributes.begin() + static_cast<std::ptrdiff_t>(kept)) return false;
    if (found->type != attribute.type || found->collation != attribute.collation) return false;
    ++kept;
  }
  // The last attribute cannot go before a first new one has come, in one statement: PostgreSQL allows types
  // without attributes.
  return true;
}

bool ViewAltersInPlace(schema::View before, const schema::View& after) {
  if (before.materialized != after.materialized) return false;
  before.options = after.options;
  before.column_comments = after.column_comments;
  before.column_privileges = after.column_privileges;
  before.column_defaults = after.column_defaults;
  if (after.materialized) {
    before.tablespace = after.tablespace;
    before.access_method = after.access_method;
    before.with_no_data = after.with_no_data;  // What it holds is not schema.
  }
  return Bare(before) == Bare(after);
}

bool ConstraintAltersInPlace(schema::Constraint before, const schema::Constraint& after) {
  if (after.kind == schema::ConstraintKind::ForeignKey) {
    before.deferrable = after.deferrable;
    before.initially_deferred = after.initially_deferred;
  }
  if (before.not_valid && !after.not_valid) before.not_valid = false;
  if (after.kind == before.kind && after.kind != schema::ConstraintKind::Check &&
      after.kind != schema::ConstraintKind::ForeignKey) {
    before.options = after.options;
    before.tablespace = after.tablespace;
    before.no_inherit = after.no_inherit;  // Told by how a partition came about.
  }
  before.inherited = after.inherited;
  return Bare(before) == Bare(after);
}

bool IndexAltersInPlace(schema::Index before, const schema::Index& after) {
  before.options = after.options;
  before.tablespace = after.tablespace;
  // Attaching and detaching partitions attaches and detaches their indexes.
  before.parent = after.parent;
  before.only = after.only;
  return Bare(before) == Bare(after);
}

// Extensions bring scripts that lead to newer versions, hardly ever back. Versions that are not numbers with
// points between tell nothing about age.
bool IsOlderVersion(const std::string& version, const std::string& than) {
  const auto numbers = [](const std::string& text) {
    std::vector<int> parts{0};
    for (const char c : text) {
      if (c == '.') {
        parts.push_back(0);
      } else if (IsDigit(c) && parts.back() < 100000) {
        parts.back() = parts.back() * 10 + (c - '0');
      } else {
        return std::vector<int>();
      }
    }
    return parts;
  };
  if (version.empty() || than.empty()) return false;
  const std::vector<int> left = numbers(version);
  const std::vector<int> right = numbers(than);
  return !left.empty() && !right.empty() && left < right;
}

template <typename T>
bool FiringAltersInPlace(T before, const T& after) {
  before.firing = after.firing;
  return Bare(before) == Bare(after);
}

}  // namespace

bool AltersInPlace(const schema::Object& before, const schema::Object& after) {
  return std::visit(
      Overloaded{
          [](const schema::Schema&) { return true; },
          [&](const schema::Extension& to) {
            return !IsOlderVersion(to.version, std::get<schema::Extension>(before).version);
          },
          [&](const schema::Collation& to) { return Bare(std::get<schema::Collation>(before)) == Bare(to); },
          [](const schema::Enum&) { return true; },  // Decide() looks at the labels.
          [&](const schema::Composite& to) {
            return AttributesGrowInPlace(std::get<schema::Composite>(before), to);
          },
          [&](const schema::Range& to) { return Bare(std::get<schema::Range>(before)) == Bare(to); },
          [&](const schema::Domain& to) {
            const auto& from = std::get<schema::Domain>(before);
            return from.type == to.type && from.collation == to.collation;
          },
          [](const schema::Sequence&) { return true; },
          [&](const schema::Table& to) {
            return std::get<schema::Table>(before).partition_key == to.partition_key;
          },
          [&](const schema::Function& to) { return ReplaceWillDo(std::get<schema::Function>(before), to); },
          [&](const schema::Aggregate& to) { return Bare(std::get<schema::Aggregate>(before)) == Bare(to); },
          [&](const schema::View& to) { return ViewAltersInPlace(std::get<schema::View>(before), to); },
          [&](const schema::Constraint& to) {
            return ConstraintAltersInPlace(std::get<schema::Constraint>(before), to);
          },
          [&](const schema::Index& to) { return IndexAltersInPlace(std::get<schema::Index>(before), to); },
          [&](const schema::Trigger& to) {
            return FiringAltersInPlace(std::get<schema::Trigger>(before), to);
          },
          [&](const schema::Policy& to) { return Bare(std::get<schema::Policy>(before)) == Bare(to); },
          [&](const schema::Rule& to) { return FiringAltersInPlace(std::get<schema::Rule>(before), to); },
          [&](const schema::Statistics& to) {
            schema::Statistics from = std::get<schema::Statistics>(before);
            from.target = to.target;
            return Bare(from) == Bare(to);
          },
          [&](const schema::EventTrigger& to) {
            return FiringAltersInPlace(std::get<schema::EventTrigger>(before), to);
          },
          [](const schema::DefaultPrivileges&) { return true; },
          [](const schema::SeedRow&) { return true; },
          [&](const schema::Raw& to) { return Bare(std::get<schema::Raw>(before)) == Bare(to); },
      },
      after);
}

bool SameButForRemarks(const schema::Object& before, const schema::Object& after) {
  return std::visit(
      [&](const auto& to) {
        using T = std::decay_t<decltype(to)>;
        return Bare(std::get<T>(before)) == Bare(to);
      },
      after);
}

}  // namespace schemac::plan
