#include "compiler/driver/slug.h"

#include <map>
#include <vector>

#include <fmt/format.h>

#include "compiler/driver/words.h"
#include "compiler/support/characters.h"

namespace schemac {
namespace {

constexpr std::size_t kLongestSlug = 60;

std::string Phrase(const ChangeWords& words) {
  using schema::ObjectKind;
  if (words.action == "data") return "data_" + words.name;
  const schema::ObjectAddress& address = words.address;
  const std::string& own = schema::OwnName(address);
  const bool is_part = schema::IsTablePart(address.kind) || schema::IsLabel(address);
  if (words.action == "rename")
    return fmt::format("rename_{}_to_{}", is_part ? address.name + "_" + own : own, words.new_name);
  if (!is_part) return fmt::format("{}_{}", words.action, own);
  if (words.action == "create") return fmt::format("add_{}_to_{}", own, address.name);
  if (words.action == "drop") return fmt::format("drop_{}_from_{}", own, address.name);
  return fmt::format("alter_{}_{}", address.name, own);
}

// How much a change says about its revision: new tables and columns say most, what only accompanies them
// least.
int Weight(const ChangeWords& words) {
  switch (words.address.kind) {
    case schema::ObjectKind::Table:
      return words.action == "alter" ? 2 : 0;
    case schema::ObjectKind::Column:
      return 1;
    case schema::ObjectKind::Constraint:
    case schema::ObjectKind::Index:
    case schema::ObjectKind::Sequence:
      return 3;
    default:
      return 2;
  }
}

}  // namespace

std::string Slugify(std::string_view message) {
  std::string slug;
  for (const char byte : message) {
    const char lower = Lower(byte);
    const bool kept = IsLower(lower) || IsDigit(lower);
    if (kept) {
      slug.push_back(lower);
    } else if (!slug.empty() && slug.back() != '_') {
      slug.push_back('_');
    }
  }
  if (slug.size() > kLongestSlug) {
    // Cut between words where there is a place.
    const std::size_t cut = slug.rfind('_', kLongestSlug);
    slug.resize(cut == std::string::npos || cut == 0 ? kLongestSlug : cut);
  }
  while (!slug.empty() && slug.back() == '_') slug.pop_back();
  return slug.empty() ? "revision" : slug;
}

std::string SlugFor(const schema::Diff& diff, const schema::Catalog& before) {
  if (before == schema::Catalog::Empty()) return "initial";
  const std::vector<ChangeWords> changes = Summary(diff);
  if (changes.empty()) return "revision";
  const ChangeWords* main = &changes.front();
  for (const ChangeWords& words : changes) {
    if (Weight(words) < Weight(*main)) main = &words;
  }
  return Slugify(Phrase(*main));
}

}  // namespace schemac
