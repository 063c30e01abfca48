// A sorted map whose copies share what neither of them has changed: catalogs are copied to be changed in a
// few places, again and again.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

namespace schemac::schema {

// As std::map in what it has, with these differences: it is changed through its own functions only, iterators
// do not outlive a change, and what was found before a change shows the values of then when that part was
// shared. It stays readable as long as the map lives. Two threads may change two copies at the same time.
template <typename Key, typename Value>
class SharedMap {
  // Maps share blocks, and blocks entries: to change one entry copies that entry, and pointers to those
  // beside it.
  using Entry = std::shared_ptr<std::pair<const Key, Value>>;
  using Block = std::vector<Entry>;  // Never empty, in order.
  struct Place {
    const Key* first = nullptr;  // The block's.
    std::shared_ptr<Block> block;
  };
  using Places = std::vector<Place>;

 public:
  using key_type = Key;
  using mapped_type = Value;
  using value_type = std::pair<const Key, Value>;

  class const_iterator {
   public:
    using iterator_category = std::bidirectional_iterator_tag;
    using value_type = SharedMap::value_type;
    using difference_type = std::ptrdiff_t;
    using pointer = const value_type*;
    using reference = const value_type&;

    const_iterator() = default;
    reference operator*() const { return *entry(); }
    pointer operator->() const { return entry().get(); }
    const_iterator& operator++() {
      if (++number_ == (*places_)[place_].block->size()) *this = const_iterator(*places_, place_ + 1);
      return *this;
    }
    const_iterator operator++(int) {
      const_iterator old = *this;
      ++*this;
      return old;
    }
    const_iterator& operator--() {
      if (number_ == 0) number_ = (*places_)[--place_].block->size();
      --number_;
      return *this;
    }
    const_iterator operator--(int) {
      const_iterator old = *this;
      --*this;
      return old;
    }
    bool operator==(const const_iterator& other) const {
      return place_ == other.place_ && number_ == other.number_;
    }

   private:
    friend class SharedMap;
    const_iterator(const Places& places, std::size_t place, std::size_t number = 0)
        : places_(&places), place_(place), number_(number) {}
    [[nodiscard]] const Entry& entry() const { return (*(*places_)[place_].block)[number_]; }
    // Whether it stands at the beginning of a block.
    [[nodiscard]] bool BeginsBlock() const { return number_ == 0 && place_ < places_->size(); }

    const Places* places_ = nullptr;
    std::size_t place_ = 0;
    std::size_t number_ = 0;  // In the block.
  };
  using iterator = const_iterator;

  SharedMap() = default;
  SharedMap(const SharedMap& other) : places_(other.places_), size_(other.size_) {}
  SharedMap& operator=(const SharedMap& other) {
    if (this != &other) *this = SharedMap(other);
    return *this;
  }
  SharedMap(SharedMap&& other) noexcept
      : places_(std::move(other.places_)),
        retired_(std::move(other.retired_)),
        size_(std::exchange(other.size_, 0)) {
    other.places_.clear();
    other.retired_.clear();
  }
  SharedMap& operator=(SharedMap&& other) noexcept {
    places_ = std::exchange(other.places_, {});
    retired_ = std::exchange(other.retired_, {});
    size_ = std::exchange(other.size_, 0);
    return *this;
  }
  ~SharedMap() = default;

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] const_iterator begin() const { return {places_, 0}; }
  [[nodiscard]] const_iterator end() const { return {places_, places_.size()}; }

  // To look up, anything does that compares with keys as a key does.
  template <typename Like = Key>
  [[nodiscard]] const_iterator lower_bound(const Like& key) const {
    if (places_.empty()) return end();
    const auto [place, number] = SlotOf(key);
    return number == places_[place].block->size() ? const_iterator(places_, place + 1)
                                                  : const_iterator(places_, place, number);
  }
  template <typename Like = Key>
  [[nodiscard]] const_iterator find(const Like& key) const {
    const const_iterator found = lower_bound(key);
    return found != end() && found->first == key ? found : end();
  }
  template <typename Like = Key>
  [[nodiscard]] bool contains(const Like& key) const {
    return find(key) != end();
  }
  // There must be one.
  [[nodiscard]] const Value& at(const Key& key) const { return find(key)->second; }

  // The entry of the key, to change its value; nullptr when there is none.
  [[nodiscard]] value_type* FindMutable(const Key& key) {
    const const_iterator found = find(key);
    return found == end() ? nullptr : &OwnEntry(found.place_, found.number_);
  }
  // The entry of the key, with a value of its own making when it is new.
  value_type& Enter(const Key& key) {
    const auto [place, number] = SlotOf(key);
    return HasEntry(place, number, key) ? OwnEntry(place, number) : Insert(place, number, NewEntry(key));
  }
  void erase(const Key& key) {
    const const_iterator found = find(key);
    if (found == end()) return;
    Block& block = Own(found.place_);
    const auto entry = block.begin() + static_cast<std::ptrdiff_t>(found.number_);
    Retire(std::move(*entry));
    block.erase(entry);
    --size_;
    if (block.empty()) {
      places_.erase(places_.begin() + static_cast<std::ptrdiff_t>(found.place_));
    } else {
      places_[found.place_].first = &block.front()->first;
    }
  }

  // Shares the entries that `other` has beyond `base`, or instead of those of `base`, of which both maps are
  // copies that were changed since. False when that cannot be told apart from what was changed here, or
  // `other` lacks entries of `base`: what is in this map then means nothing. What was found in this map
  // before is not to be read any more.
  [[nodiscard]] bool TakeAdditions(const SharedMap& base, const SharedMap& other) {
    Merging merging(base, *this, other);
    if (!merging.Run()) return false;
    *this = merging.Take();
    return true;
  }

  // Walks along two maps in order. `visit` gets the entry of each key that one of them has and that of the
  // other, or nullptr; what they share is passed over.
  template <typename Visit>
  static void WalkBoth(const SharedMap& left, const SharedMap& right, const Visit& visit) {
    Walk(left, left.begin(), left.end(), right, right.begin(), right.end(), ByValue(visit));
  }
  // The same for the keys from `first` on that come before `end`.
  template <typename Visit>
  static void WalkBoth(const SharedMap& left, const SharedMap& right, const Key& first, const Key& end,
                       const Visit& visit) {
    Walk(left, left.lower_bound(first), left.lower_bound(end), right, right.lower_bound(first),
         right.lower_bound(end), ByValue(visit));
  }

  bool operator==(const SharedMap& other) const {
    if (size_ != other.size_) return false;
    auto left = begin();
    auto right = other.begin();
    while (left != end()) {
      if (left.BeginsBlock() && right.BeginsBlock() && BlockOf(left) == other.BlockOf(right)) {
        left = const_iterator(places_, left.place_ + 1);
        right = const_iterator(other.places_, right.place_ + 1);
      } else if (left.entry() == right.entry() || *left == *right) {
        ++left;
        ++right;
      } else {
        return false;
      }
    }
    return true;
  }

 private:
  // A change copies the pointers of one block when it is shared; a lookup searches for the block first.
  static constexpr std::size_t kMostEntries = 16;
  // By kind, if keys have one, and by the last byte of the name: who works on two tables asks for both in
  // turn.
  static constexpr std::size_t kNames = requires(Key key) { key.name; }
  ? 16 : 1;
  static constexpr std::size_t kKinds = requires(Key key) { key.kind; }
  ? 32 : 1;

  // Where a key of each neighbourhood was found last, as a slot in one number: the next one is likely there,
  // in that block or in the one behind it. Whatever it says, lookups are right; two threads may look up in
  // one map.
  struct Fingers {
    Fingers() = default;
    Fingers(const Fingers& /*other*/) {}
    Fingers& operator=(const Fingers& /*other*/) { return *this; }
    ~Fingers() = default;
    std::array<std::atomic<std::uint64_t>, kKinds * kNames> of{};
  };

  template <typename Visit>
  static auto ByValue(const Visit& visit) {
    return [&visit](const Entry* one, const Entry* other) {
      const value_type* absent = nullptr;
      visit(one == nullptr ? absent : one->get(), other == nullptr ? absent : other->get());
    };
  }
  template <typename Visit>
  static void Walk(const SharedMap& left, const_iterator one, const const_iterator& left_end,
                   const SharedMap& right, const_iterator other, const const_iterator& right_end,
                   const Visit& visit) {
    while (one != left_end && other != right_end) {
      if (one.BeginsBlock() && other.BeginsBlock() && left.BlockOf(one) == right.BlockOf(other) &&
          one.place_ != left_end.place_ && other.place_ != right_end.place_) {
        one = const_iterator(left.places_, one.place_ + 1);
        other = const_iterator(right.places_, other.place_ + 1);
        continue;
      }
      const bool is_shared = one.entry() == other.entry();
      const auto order = OrderOf(one, left_end, other, right_end);
      if (!is_shared) visit(order > 0 ? nullptr : &one.entry(), order < 0 ? nullptr : &other.entry());
      if (order <= 0) ++one;
      if (order >= 0) ++other;
    }
    for (; one != left_end; ++one) visit(&one.entry(), nullptr);
    for (; other != right_end; ++other) visit(nullptr, &other.entry());
  }

  // What two copies of a map became, as one: a walk along all three.
  class Merging {
   public:
    Merging(const SharedMap& base, const SharedMap& one, const SharedMap& other)
        : base_(base),
          one_(one),
          other_(other),
          known_(base.begin()),
          own_(one.begin()),
          its_(other.begin()) {}

    // False when they do not make one.
    [[nodiscard]] bool Run() {
      while (own_ != one_.end() || its_ != other_.end()) {
        if (!PassBlock() && !PassEntry()) return false;
      }
      return true;
    }
    [[nodiscard]] SharedMap Take() { return std::move(merged_); }

   private:
    // Both have the same block, or one has a block where the others have nothing: what two threads add in
    // turn comes in long runs.
    bool PassBlock() {
      if (own_.BeginsBlock() && its_.BeginsBlock() && one_.BlockOf(own_) == other_.BlockOf(its_)) {
        PassBlockOf(one_, own_);
        its_ = const_iterator(other_.places_, its_.place_ + 1);
      } else if (IsRun(one_, own_, other_, its_)) {
        PassBlockOf(one_, own_);
      } else if (IsRun(other_, its_, one_, own_)) {
        PassBlockOf(other_, its_);
      } else {
        return false;
      }
      return true;
    }
    void PassBlockOf(const SharedMap& map, const_iterator& at) {
      merged_.AppendBlock(map.BlockOf(at));
      at = const_iterator(map.places_, at.place_ + 1);
    }
    bool IsRun(const SharedMap& map, const const_iterator& at, const SharedMap& others,
               const const_iterator& its) {
      if (!at.BeginsBlock()) return false;
      const Block& block = *map.BlockOf(at);
      const Key& last = block.back()->first;
      if (its != others.end() && !(last < its->first)) return false;
      while (known_ != base_.end() && known_->first < block.front()->first) ++known_;
      return known_ == base_.end() || last < known_->first;
    }

    // False when both changed it, or the other one lacks it.
    bool PassEntry() {
      const auto order = OrderOf(own_, one_.end(), its_, other_.end());
      if (order > 0) {
        if (!IsOfBase(its_.entry())) merged_.Append(its_.entry());
      } else if (order < 0) {
        if (IsOfBase(own_.entry())) return false;
        merged_.Append(own_.entry());
      } else {
        const bool is_own = own_.entry() == its_.entry() || IsOfBase(its_.entry());
        if (!is_own && !IsOfBase(own_.entry())) return false;
        merged_.Append(is_own ? own_.entry() : its_.entry());
      }
      if (order <= 0) ++own_;
      if (order >= 0) ++its_;
      return true;
    }
    // To be asked in order.
    bool IsOfBase(const Entry& entry) {
      while (known_ != base_.end() && known_.entry() != entry && known_->first < entry->first) ++known_;
      return known_ != base_.end() && known_.entry() == entry;
    }

    const SharedMap& base_;
    const SharedMap& one_;
    const SharedMap& other_;
    const_iterator known_;  // The first of the base that has not been passed.
    const_iterator own_;
    const_iterator its_;
    SharedMap merged_;
  };

  // The only block that may have the key, and the number in it of the first entry that does not come before
  // the key. (0, 0) for an empty map.
  template <typename Like>
  [[nodiscard]] std::pair<std::size_t, std::size_t> SlotOf(const Like& key) const {
    if (places_.empty()) return {0, 0};
    std::atomic<std::uint64_t>& finger = fingers_.of[NeighbourhoodOf(key)];
    const std::uint64_t last = finger.load(std::memory_order_relaxed);
    const auto last_place = static_cast<std::size_t>(last / kMostEntries);
    const auto last_number = static_cast<std::size_t>(last % kMostEntries);
    if (last_place < places_.size() && HasEntry(last_place, last_number, key))
      return {last_place, last_number};
    const std::size_t place = PlaceOf(key, last_place);
    const Block& block = *places_[place].block;
    const auto entry =
        std::lower_bound(block.begin(), block.end(), key,
                         [](const Entry& left, const Like& right) { return left->first < right; });
    const auto number = static_cast<std::size_t>(entry - block.begin());
    finger.store(place * kMostEntries + std::min(number, kMostEntries - 1), std::memory_order_relaxed);
    return {place, number};
  }
  // The number of that block, which may be the one of number `last` or the next. The map is not empty.
  template <typename Like>
  [[nodiscard]] std::size_t PlaceOf(const Like& key, std::size_t last) const {
    for (std::size_t place = last; place < std::min(last + 2, places_.size()); ++place) {
      if (*places_[place].first > key) break;
      if (place + 1 == places_.size() || *places_[place + 1].first > key) return place;
    }
    const auto behind =
        std::upper_bound(places_.begin(), places_.end(), key,
                         [](const Like& left, const Place& right) { return *right.first > left; });
    return static_cast<std::size_t>(behind - places_.begin()) - (behind == places_.begin() ? 0 : 1);
  }
  // Keys that are looked up close to each other in time and place.
  template <typename Like>
  static std::size_t NeighbourhoodOf(const Like& key) {
    std::size_t neighbourhood = 0;
    if constexpr (kKinds > 1) neighbourhood = static_cast<std::size_t>(key.kind) % kKinds * kNames;
    if constexpr (kNames > 1) {
      if (!key.name.empty()) neighbourhood += static_cast<unsigned char>(key.name.back()) % kNames;
    }
    return neighbourhood;
  }
  template <typename Like>
  [[nodiscard]] bool HasEntry(std::size_t place, std::size_t number, const Like& key) const {
    if (places_.empty()) return false;
    const Block& block = *places_[place].block;
    return number < block.size() && block[number]->first == key;
  }
  [[nodiscard]] const std::shared_ptr<Block>& BlockOf(const const_iterator& at) const {
    return places_[at.place_].block;
  }

  static Entry NewEntry(const Key& key) {
    return std::make_shared<value_type>(std::piecewise_construct, std::forward_as_tuple(key), std::tuple<>());
  }

  // Whether nobody else has it, nor may still be reading it on another thread.
  template <typename Part>
  static bool IsOwn(const std::shared_ptr<Part>& part) {
    if (part.use_count() > 1) return false;
    std::atomic_thread_fence(std::memory_order_acquire);
    return true;
  }
  // The block, shared with no one; its entries may be.
  Block& Own(std::size_t number) {
    std::shared_ptr<Block>& block = places_[number].block;
    if (!IsOwn(block)) {
      auto own = std::make_shared<Block>();
      own->reserve(kMostEntries);
      own->assign(block->begin(), block->end());
      block = std::move(own);
    }
    return *block;
  }
  // The entry, shared with no one.
  value_type& OwnEntry(std::size_t place, std::size_t number) {
    Entry& entry = Own(place)[number];
    if (!IsOwn(entry)) {
      Retire(std::exchange(entry, std::make_shared<value_type>(*entry)));
      if (number == 0) places_[place].first = &entry->first;
    }
    return *entry;
  }
  // Who holds a part of what others have may go on reading it, whatever becomes of them.
  void Retire(Entry entry) {
    if (!IsOwn(entry)) retired_.push_back(std::move(entry));
  }

  // Which of two entries comes first; behind the end of its map is behind all.
  static std::strong_ordering OrderOf(const const_iterator& one, const const_iterator& end,
                                      const const_iterator& other, const const_iterator& other_end) {
    if (one == end) return std::strong_ordering::greater;
    if (other == other_end) return std::strong_ordering::less;
    if (one.entry() == other.entry()) return std::strong_ordering::equal;
    return one->first <=> other->first;
  }
  // Each goes behind all that there is.
  void Append(const Entry& entry) {
    Block* last = places_.empty() ? nullptr : places_.back().block.get();
    if (last == nullptr || last->size() >= kMostEntries || !IsOwn(places_.back().block)) {
      StartBlock(places_.size(), entry);
      return;
    }
    last->push_back(entry);
    ++size_;
  }
  void AppendBlock(const std::shared_ptr<Block>& block) {
    places_.push_back({&block->front()->first, block});
    size_ += block->size();
  }

  // Where SlotOf() says that it belongs.
  value_type& Insert(std::size_t place, std::size_t number, Entry entry) {
    if (places_.empty()) return StartBlock(0, std::move(entry));
    if (const std::size_t size = places_[place].block->size(); size >= kMostEntries) {
      const bool is_behind = number == size;
      const bool has_room = place + 1 < places_.size() && places_[place + 1].block->size() < kMostEntries;
      // What comes in order fills its blocks.
      if (is_behind && !has_room) return StartBlock(place + 1, std::move(entry));
      if (!is_behind) Split(place);
      if (is_behind || number > places_[place].block->size()) number -= places_[place++].block->size();
    }
    Block& block = Own(place);
    const auto added = block.insert(block.begin() + static_cast<std::ptrdiff_t>(number), std::move(entry));
    ++size_;
    places_[place].first = &block.front()->first;
    return **added;
  }
  value_type& StartBlock(std::size_t number, Entry entry) {
    auto block = std::make_shared<Block>();
    block->reserve(kMostEntries);
    value_type& added = *block->emplace_back(std::move(entry));
    places_.insert(places_.begin() + static_cast<std::ptrdiff_t>(number),
                   Place{&added.first, std::move(block)});
    ++size_;
    return added;
  }

  // The upper half becomes a block of its own.
  void Split(std::size_t number) {
    Block& lower = Own(number);
    auto upper = std::make_shared<Block>();
    upper->reserve(kMostEntries);
    const auto middle = lower.begin() + static_cast<std::ptrdiff_t>(lower.size() / 2);
    upper->assign(std::make_move_iterator(middle), std::make_move_iterator(lower.end()));
    lower.erase(middle, lower.end());
    const Key* first = &upper->front()->first;
    places_.insert(places_.begin() + static_cast<std::ptrdiff_t>(number) + 1, Place{first, std::move(upper)});
  }

  Places places_;
  std::vector<std::shared_ptr<const value_type>> retired_;
  std::size_t size_ = 0;
  mutable Fingers fingers_;
};

}  // namespace schemac::schema
