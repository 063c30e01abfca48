#include "compiler/analyze/alike.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "compiler/analyze/item_texts.h"
#include "compiler/analyze/name_words.h"
#include "compiler/ast/item_head.h"
#include "compiler/support/side_by_side.h"

namespace schemac::analyze {
namespace {

using Kind = ast::SqlObject::Kind;

// Fewer items than these are built sooner than compared.
constexpr std::size_t kWorthLooking = 64;
// Fewer pairs than these are read sooner than a second thread has begun.
constexpr std::size_t kManyPairs = 500;

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
    found_.push_back(name);
    if (const auto* table = std::get_if<ast::Table>(&item)) {
      for (const ast::QualifiedName* parent : ParentsOf(*table)) drawn_in_.insert(parent->name.text);
    }
    // A range has functions and another type, of names that no text shows.
    const auto* object = std::get_if<ast::SqlObject>(&item);
    if (object != nullptr && object->kind == Kind::Range) has_ranges_ = true;
  }
  void TakeAsOwn(Pair& pair) {
    if (!pair.is_common) return;
    pair.is_common = false;
    TakeAsOwn(*first_[pair.first].item);
  }

  // How many pairs are common in the end. Hints (`was`) stay in the order of their model; a quote with
  // UESCAPE may hide a name; sequences of columns have names that no text shows.
  std::size_t Settle() {
    for (const std::string_view word : {"was", "backfill", "uescape"}) found_.push_back(word);
    found_.insert(found_.end(), kWordsOfSequences.begin(), kWordsOfSequences.end());
    bool are_told = std::ranges::all_of(found_, [&](std::string_view name) { return words_.Know(name); });
    for (const Pair& pair : pairs_) are_told = words_.Know(NameOf(*first_[pair.first].item)) && are_told;
    if (!are_told) return 0;
    ReadPairs();
    while (!found_.empty()) {
      const std::string_view name = found_.back();
      found_.pop_back();
      for (const std::size_t number : words_.ReadersOf(name)) TakeAsOwn(pairs_[number]);
      if (!found_.empty()) continue;
      const std::unordered_set<std::string> parents = std::exchange(drawn_in_, {});
      for (Pair& pair : pairs_) {
        if (parents.empty()) break;
        if (parents.contains(NameOf(*first_[pair.first].item))) TakeAsOwn(pair);
      }
    }
    return static_cast<std::size_t>(std::ranges::count_if(pairs_, &Pair::is_common));
  }

  // Finds out which of the names they mention. What may mention anything is not common.
  void ReadPairs() {
    struct PairsRead {
      NameWords::Mentions mentions;
      std::vector<std::size_t> untold;
    };
    const auto read = [&](std::size_t begin, std::size_t end) {
      return [&, begin, end] {
        PairsRead part;
        for (std::size_t number = begin; number < end; ++number) {
          if (!Read(number, part.mentions)) part.untold.push_back(number);
        }
        return part;
      };
    };
    const std::size_t middle = pairs_.size() / 2;
    const auto [lower, upper] =
        SideBySide(read(0, middle), read(middle, pairs_.size()), pairs_.size() >= kManyPairs);
    for (const PairsRead* part : {&lower, &upper}) {
      words_.Add(part->mentions);
      for (const std::size_t number : part->untold) TakeAsOwn(pairs_[number]);
    }
  }

  // False when it may mention anything. The foreign keys of a family go to all of its members.
  [[nodiscard]] bool Read(std::size_t number, NameWords::Mentions& found) const {
    const ast::Item& item = *first_[pairs_[number].first].item;
    const auto* table = std::get_if<ast::Table>(&item);
    const bool may_wait = table != nullptr && !table->partition_by && ParentsOf(*table).empty() &&
                          !parents_.contains(table->name.name.text);
    const std::vector<Span> texts =
        may_wait ? TextsBeforeForeignKeys(item) : std::vector<Span>{ast::HeadOf(item).span};
    return std::ranges::none_of(
        texts, [&](const Span& text) { return words_.Find(number, sources_.Text(text), found); });
  }

  // Whether another common pair may look into it; of tables alone that is asked.
  [[nodiscard]] bool IsMentioned(std::size_t number) const {
    const ast::Item& item = *first_[pairs_[number].first].item;
    const auto* table = std::get_if<ast::Table>(&item);
    if (table == nullptr || !ParentsOf(*table).empty()) return true;
    const auto readers = words_.ReadersOf(NameOf(item));
    return std::ranges::any_of(
        readers, [&](std::size_t reader) { return reader != number && pairs_[reader].is_common; });
  }

  Alike Divide() {
    Alike alike;
    alike.absent = std::move(absent_);
    std::vector<bool> is_common_in_second(second_.size(), false);
    std::vector<bool> is_common_in_first(first_.size(), false);
    std::vector<bool> is_mentioned(first_.size(), true);
    std::size_t last = 0;  // In the second.
    for (std::size_t number = 0; number < pairs_.size(); ++number) {
      const Pair& pair = pairs_[number];
      is_common_in_first[pair.first] = pair.is_common;
      is_common_in_second[pair.second] = pair.is_common;
      if (!pair.is_common) continue;
      is_mentioned[pair.first] = IsMentioned(number);
      alike.in_order = alike.in_order && pair.second >= last;
      last = pair.second;
    }
    const auto divide = [&](const std::vector<PlacedItem>& items, const std::vector<bool>& is_common,
                            std::vector<PlacedItem>* common, std::vector<PlacedItem>& own) {
      for (std::size_t i = 0; i < items.size(); ++i) {
        const bool is_ground = PartOf(*items[i].item) == Part::Ground;
        if (common != nullptr && (is_common[i] || is_ground))
          common->emplace_back(items[i]).is_mentioned = is_mentioned[i];
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
  NameWords words_;  // Of the pairs, by their numbers.
  std::set<std::string> absent_;
  std::unordered_set<std::string> parents_;   // Tables that others inherit from.
  std::unordered_set<std::string> drawn_in_;  // Those whose children were just found not to be common.
  std::vector<std::string_view> found_;       // Names of what was just found not to be common.
  bool has_ranges_ = false;
};

}  // namespace

std::optional<Alike> FindAlike(const std::vector<PlacedItem>& first, const std::vector<PlacedItem>& second,
                               const Sources& sources) {
  if (std::min(first.size(), second.size()) < kWorthLooking) return std::nullopt;
  return Finder(first, second, sources).Find();
}

}  // namespace schemac::analyze
