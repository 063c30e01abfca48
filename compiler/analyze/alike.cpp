#include "compiler/analyze/alike.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "compiler/ast/item_head.h"
#include "compiler/support/characters.h"

namespace schemac::analyze {
namespace {

using Kind = ast::SqlObject::Kind;

constexpr std::size_t kLongestName = 63;  // NAMEDATALEN - 1
// Fewer items than these are built sooner than compared.
constexpr std::size_t kWorthLooking = 64;

// What an item does to others, as far as that tells where it belongs.
enum class Part {
  Ground,  // Schemas, extensions: all may depend on them without a mention.
  Named,   // Has a name by which others mention it.
  Last,    // Made after all else; nothing depends on it.
};

Part PartOf(const ast::Item& item) {
  const bool is_ground =
      std::holds_alternative<ast::SchemaDirective>(item) || std::holds_alternative<ast::Extension>(item);
  if (is_ground) return Part::Ground;
  return ast::HeadOf(item).name == nullptr ? Part::Last : Part::Named;
}

// Of what is not last.
const std::string& NameOf(const ast::Item& item) { return ast::HeadOf(item).name->text; }

// The schemas and extensions of both, in any order.
bool HaveSameGround(const std::vector<PlacedItem>& first, const std::vector<PlacedItem>& second,
                    const Sources& sources) {
  const auto ground = [&](const std::vector<PlacedItem>& items) {
    std::vector<std::pair<std::string_view, std::string_view>> texts;
    for (const PlacedItem& placed : items) {
      const ast::ItemHead head = ast::HeadOf(*placed.item);
      if (PartOf(*placed.item) == Part::Ground) texts.emplace_back(sources.Text(head.span), *head.comment);
    }
    std::ranges::sort(texts);
    return texts;
  };
  return ground(first) == ground(second);
}

// Names, as far as they can be told from the words of a text: of a name that holds other bytes too (`"my
// table"`), the longest of its words stands for the whole.
class Words {
 public:
  void Add(std::string_view name) {
    std::string_view longest;
    for (std::size_t at = 0; at < name.size();) {
      const std::string_view word = WordAt(name, &at);
      if (word.size() > longest.size()) longest = word;
    }
    if (longest.empty()) is_anything_ = true;
    AddWord(longest);
    AddWord(fmt::format("_{}", longest));  // The type of arrays.
  }
  [[nodiscard]] bool empty() const { return words_.empty(); }

  // Whether the text has one of them, or something that may stand for any name.
  [[nodiscard]] bool StandIn(std::string_view text) const {
    if (is_anything_ || text.find('\\') != std::string_view::npos) return true;
    for (std::size_t at = 0; at < text.size();) {
      const std::string_view word = WordAt(text, &at);
      if (word.size() > kLongestName) return true;  // PostgreSQL cuts it.
      if (sizes_[word.size()] && words_.contains(Lower(word))) return true;
    }
    return false;
  }

 private:
  // The word at or behind `*at`, which then is its end. A `$` ends a word: it may be a quote.
  static std::string_view WordAt(std::string_view text, std::size_t* at) {
    const auto is_part = [](char byte) { return IsWordStart(byte) || IsDigit(byte); };
    std::size_t begin = *at;
    while (begin < text.size() && !is_part(text[begin])) ++begin;
    std::size_t end = begin;
    while (end < text.size() && is_part(text[end])) ++end;
    *at = end;
    return text.substr(begin, end - begin);
  }
  void AddWord(std::string_view word) {
    word = word.substr(0, kLongestName);
    words_.insert(Lower(word));
    sizes_[word.size()] = true;
  }

  bool is_anything_ = false;
  std::unordered_set<std::string> words_;
  std::array<bool, kLongestName + 1> sizes_{};
};

// The same item in both models.
struct Pair {
  std::size_t first = 0;
  std::size_t second = 0;
  bool is_common = true;
};

class Finder {
 public:
  Finder(const std::vector<PlacedItem>& first, const std::vector<PlacedItem>& second, const Sources& sources)
      : first_(first), second_(second), sources_(sources) {}

  std::optional<Alike> Find() {
    if (!HaveSameGround(first_, second_, sources_)) return std::nullopt;
    FindPairs();
    FindParents();
    const std::size_t most = std::max(first_.size(), second_.size());
    const std::size_t common = Settle();
    if (has_ranges_ || common < kWorthLooking || common * 2 < most) return std::nullopt;
    return Divide();
  }

 private:
  void FindPairs() {
    std::unordered_multimap<std::string_view, std::size_t> by_name;
    by_name.reserve(second_.size());
    for (std::size_t i = 0; i < second_.size(); ++i) {
      if (PartOf(*second_[i].item) == Part::Named) by_name.emplace(NameOf(*second_[i].item), i);
    }
    std::vector<bool> is_paired(second_.size(), false);
    for (std::size_t i = 0; i < first_.size(); ++i) {
      if (PartOf(*first_[i].item) != Part::Named) continue;
      const auto [begin, end] = by_name.equal_range(NameOf(*first_[i].item));
      const auto found = std::find_if(
          begin, end, [&](const auto& entry) { return IsSpelledAlike(first_[i], second_[entry.second]); });
      if (found == end) {
        TakeAsOwn(*first_[i].item);
        continue;
      }
      pairs_.push_back({i, found->second});
      is_paired[found->second] = true;
      by_name.erase(found);
    }
    for (std::size_t i = 0; i < second_.size(); ++i) {
      if (!is_paired[i] && PartOf(*second_[i].item) == Part::Named) TakeAsOwn(*second_[i].item);
    }
  }

  [[nodiscard]] bool IsSpelledAlike(const PlacedItem& left, const PlacedItem& right) const {
    if (left.schema != right.schema || left.item->index() != right.item->index()) return false;
    if (left.item == right.item) return true;
    const ast::ItemHead one = ast::HeadOf(*left.item);
    const ast::ItemHead other = ast::HeadOf(*right.item);
    return (one.comment == nullptr || *one.comment == *other.comment) &&
           sources_.Text(one.span) == sources_.Text(other.span);
  }

  void FindParents() {
    for (const auto* items : {&first_, &second_}) {
      for (const PlacedItem& placed : *items) {
        const auto* table = std::get_if<ast::Table>(placed.item);
        if (table == nullptr) continue;
        for (const ast::QualifiedName* parent : ParentsOf(*table)) parents_.insert(parent->name.text);
      }
    }
  }

  // What is not common: others that mention it are not either. What a child changes, it may change in its
  // parents.
  void TakeAsOwn(const ast::Item& item) {
    const std::string& name = NameOf(item);
    absent_.insert(name);
    found_.Add(name);
    if (const auto* table = std::get_if<ast::Table>(&item)) {
      for (const ast::QualifiedName* parent : ParentsOf(*table)) drawn_in_.insert(parent->name.text);
    }
    // A range has functions and another type, of names that no text shows.
    const auto* object = std::get_if<ast::SqlObject>(&item);
    if (object != nullptr && object->kind == Kind::Range) has_ranges_ = true;
  }

  // How many pairs are common in the end. Hints (`was`) stay in the order of their model; a quote with
  // UESCAPE may hide a name; sequences of columns have names that no text shows.
  std::size_t Settle() {
    for (const std::string_view word : {"was", "backfill", "uescape"}) found_.Add(word);
    for (const std::string_view word : kWordsOfSequences) found_.Add(word);
    std::size_t common = pairs_.size();
    while (!found_.empty()) {
      const Words fresh = std::exchange(found_, {});
      for (Pair& pair : pairs_) {
        const ast::Item& item = *first_[pair.first].item;
        if (!pair.is_common) continue;
        if (!drawn_in_.contains(NameOf(item)) && !Mentions(item, fresh)) continue;
        pair.is_common = false;
        --common;
        TakeAsOwn(item);
      }
    }
    return common;
  }

  [[nodiscard]] bool Mentions(const ast::Item& item, const Words& words) const {
    const Span whole = ast::HeadOf(item).span;
    std::uint32_t begin = whole.begin;
    for (const Span& target : TargetsThatMayWait(item)) {
      if (words.StandIn(sources_.Text({whole.source, begin, target.begin}))) return true;
      begin = target.end;
    }
    return words.StandIn(sources_.Text({whole.source, begin, whole.end}));
  }

  // Where the foreign keys of a table name other tables. Those of a family go to all of its members.
  [[nodiscard]] std::vector<Span> TargetsThatMayWait(const ast::Item& item) const {
    std::vector<Span> targets;
    const auto* table = std::get_if<ast::Table>(&item);
    if (table == nullptr || table->partition_by || !ParentsOf(*table).empty() ||
        parents_.contains(table->name.name.text)) {
      return targets;
    }
    const auto take = [&](const ast::Constraint& constraint) {
      if (constraint.foreign_key) targets.push_back(constraint.foreign_key->table.span);
    };
    for (const ast::TableMember& member : table->members) {
      if (const auto* constraint = std::get_if<ast::Constraint>(&member)) take(*constraint);
      const auto* column = std::get_if<ast::Column>(&member);
      if (column != nullptr) std::ranges::for_each(column->constraints, take);
    }
    return targets;
  }

  Alike Divide() {
    Alike alike;
    alike.absent = std::move(absent_);
    std::vector<bool> is_common_in_second(second_.size(), false);
    std::vector<bool> is_common_in_first(first_.size(), false);
    std::size_t last = 0;  // In the second.
    for (const Pair& pair : pairs_) {
      is_common_in_first[pair.first] = pair.is_common;
      is_common_in_second[pair.second] = pair.is_common;
      if (!pair.is_common) continue;
      alike.in_order = alike.in_order && pair.second >= last;
      last = pair.second;
    }
    const auto divide = [&](const std::vector<PlacedItem>& items, const std::vector<bool>& is_common,
                            std::vector<PlacedItem>* common, std::vector<PlacedItem>& own) {
      for (std::size_t i = 0; i < items.size(); ++i) {
        const bool is_ground = PartOf(*items[i].item) == Part::Ground;
        if (common != nullptr && (is_common[i] || is_ground)) common->push_back(items[i]);
        if (!is_ground && (!is_common[i] || std::holds_alternative<ast::Mixin>(*items[i].item)))
          own.push_back(items[i]);
      }
    };
    divide(first_, is_common_in_first, &alike.common, alike.own[0]);
    divide(second_, is_common_in_second, nullptr, alike.own[1]);
    return alike;
  }

  const std::vector<PlacedItem>& first_;
  const std::vector<PlacedItem>& second_;
  const Sources& sources_;
  std::vector<Pair> pairs_;
  std::set<std::string> absent_;
  std::unordered_set<std::string> parents_;   // Tables that others inherit from.
  std::unordered_set<std::string> drawn_in_;  // Those whose children are not common.
  Words found_;                               // Names of what was just found not to be common.
  bool has_ranges_ = false;
};

}  // namespace

std::optional<Alike> FindAlike(const std::vector<PlacedItem>& first, const std::vector<PlacedItem>& second,
                               const Sources& sources) {
  if (std::min(first.size(), second.size()) < kWorthLooking) return std::nullopt;
  return Finder(first, second, sources).Find();
}

}  // namespace schemac::analyze
