// Storage parameters and the like: keys with values, in the order in which they were given.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/support/rare.h"

namespace schemac::schema {

// A small map that keeps the order in which its keys came: the server stores parameters so (reloptions.c,
// transformRelOptions) and shows them so (pg_get_indexdef). The order is no difference between two of them.
class Options {
 public:
  using value_type = std::pair<std::string, std::string>;  // A key without value has "".
  using const_iterator = std::vector<value_type>::const_iterator;

  Options() = default;
  Options(std::initializer_list<value_type> entries) : entries_(std::vector<value_type>(entries)) {}

  [[nodiscard]] bool empty() const { return entries_.empty(); }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] const_iterator begin() const { return entries_.begin(); }
  [[nodiscard]] const_iterator end() const { return entries_.end(); }

  [[nodiscard]] const_iterator find(std::string_view key) const {
    return std::find_if(begin(), end(), [&](const value_type& entry) { return entry.first == key; });
  }
  [[nodiscard]] bool contains(std::string_view key) const { return find(key) != end(); }

  // The value of the key, which comes last when it is new.
  std::string& operator[](std::string_view key) {
    std::vector<value_type>& entries = entries_.Edit();
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const value_type& entry) { return entry.first == key; });
    return found != entries.end() ? found->second : entries.emplace_back(key, "").second;
  }
  // False, and nothing done, when there is such a key.
  bool Add(std::string_view key, std::string value) {
    if (contains(key)) return false;
    entries_.Edit().emplace_back(key, std::move(value));
    return true;
  }
  void erase(std::string_view key) {
    EraseIf([&](const value_type& entry) { return entry.first == key; });
  }
  void clear() { entries_.clear(); }
  void EraseEmpty() {
    EraseIf([](const value_type& entry) { return entry.second.empty(); });
  }

  bool operator==(const Options& other) const {
    return size() == other.size() && std::is_permutation(begin(), end(), other.begin());
  }

 private:
  template <typename Condition>
  void EraseIf(const Condition& condition) {
    if (!empty()) std::erase_if(entries_.Edit(), condition);
  }

  Rare<std::vector<value_type>> entries_;  // Of many columns and indexes few have any.
};

// What SET and RESET make of the options `before` to have those `after`: in the order of `after` as well,
// since SET puts what it sets behind the rest.
struct OptionChanges {
  Options set;
  std::vector<std::string> reset;
};
OptionChanges ChangesBetween(const Options& before, const Options& after);

}  // namespace schemac::schema
