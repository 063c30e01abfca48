// A sorted map whose copies share what neither of them has changed: catalogs are copied to be changed in a
// few places, again and again.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <iterator>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace schemac::schema {

// As std::map in what it has, with these differences: it is changed through its own functions only, iterators
// do not outlive a change, and what was found before a change shows the values of then when that part was
// shared. It stays readable as long as the map lives. Two threads may change two copies at the same time.
template <typename Key, typename Value>
class SharedMap {
  using Block = std::map<Key, Value>;  // Never empty.
  struct Place {
    const Key* first = nullptr;  // The block's.
    std::shared_ptr<Block> block;
  };
  using Places = std::vector<Place>;

 public:
  using key_type = Key;
  using mapped_type = Value;
  using value_type = typename Block::value_type;

  class const_iterator {
   public:
    using iterator_category = std::bidirectional_iterator_tag;
    using value_type = typename Block::value_type;
    using difference_type = std::ptrdiff_t;
    using pointer = const value_type*;
    using reference = const value_type&;

    const_iterator() = default;
    reference operator*() const { return *entry_; }
    pointer operator->() const { return &*entry_; }
    const_iterator& operator++() {
      if (++entry_ == (*places_)[place_].block->cend()) *this = const_iterator(*places_, place_ + 1);
      return *this;
    }
    const_iterator operator++(int) {
      const_iterator old = *this;
      ++*this;
      return old;
    }
    const_iterator& operator--() {
      if (place_ == places_->size() || entry_ == (*places_)[place_].block->cbegin()) {
        --place_;
        entry_ = (*places_)[place_].block->cend();
      }
      --entry_;
      return *this;
    }
    const_iterator operator--(int) {
      const_iterator old = *this;
      --*this;
      return old;
    }
    bool operator==(const const_iterator& other) const {
      return place_ == other.place_ && entry_ == other.entry_;
    }

   private:
    friend class SharedMap;
    const_iterator(const Places& places, std::size_t place) : places_(&places), place_(place) {
      if (place < places.size()) entry_ = places[place].block->cbegin();
    }
    const_iterator(const Places& places, std::size_t place, typename Block::const_iterator entry)
        : places_(&places), place_(place), entry_(entry) {}
    // Whether it stands at the beginning of a block.
    [[nodiscard]] bool BeginsBlock() const {
      return place_ < places_->size() && entry_ == (*places_)[place_].block->cbegin();
    }

    const Places* places_ = nullptr;
    std::size_t place_ = 0;
    typename Block::const_iterator entry_{};  // Of no block at the end.
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

  [[nodiscard]] const_iterator lower_bound(const Key& key) const {
    if (places_.empty()) return end();
    const std::size_t place = PlaceOf(key);
    const Block& block = *places_[place].block;
    const auto entry = block.lower_bound(key);
    return entry == block.end() ? const_iterator(places_, place + 1) : const_iterator(places_, place, entry);
  }
  [[nodiscard]] const_iterator find(const Key& key) const {
    if (places_.empty()) return end();
    const std::size_t place = PlaceOf(key);
    const Block& block = *places_[place].block;
    const auto entry = block.find(key);
    return entry == block.end() ? end() : const_iterator(places_, place, entry);
  }
  [[nodiscard]] bool contains(const Key& key) const { return find(key) != end(); }
  [[nodiscard]] const Value& at(const Key& key) const { return places_.at(PlaceOf(key)).block->at(key); }

  // The entry of the key, to change its value; nullptr when there is none.
  [[nodiscard]] value_type* FindMutable(const Key& key) {
    if (places_.empty()) return nullptr;
    const std::size_t place = PlaceOf(key);
    const Block* block = places_[place].block.get();
    const auto found = places_[place].block->find(key);
    if (found == block->end()) return nullptr;
    Block& own = Own(place);
    return &own == block ? &*found : &*own.find(key);
  }
  // The entry of the key, with a value of its own making when it is new.
  value_type& Enter(const Key& key) {
    if (places_.empty()) return StartBlock(0, key);
    std::size_t place = PlaceOf(key);
    if (places_[place].block->size() >= kMostEntries && !places_[place].block->contains(key)) {
      if (key < places_[place].block->rbegin()->first) {
        Split(place);
        place = PlaceOf(key);
      } else if (place + 1 == places_.size() || places_[place + 1].block->size() >= kMostEntries) {
        // What comes in order fills its blocks.
        return StartBlock(place + 1, key);
      } else {
        ++place;
      }
    }
    Block& block = Own(place);
    const auto [entry, is_new] = block.try_emplace(key);
    if (is_new) ++size_;
    places_[place].first = &block.begin()->first;
    return *entry;
  }
  void erase(const Key& key) {
    if (places_.empty()) return;
    const std::size_t place = PlaceOf(key);
    if (!places_[place].block->contains(key)) return;
    Block& block = Own(place);
    block.erase(key);
    --size_;
    if (block.empty()) {
      places_.erase(places_.begin() + static_cast<std::ptrdiff_t>(place));
    } else {
      places_[place].first = &block.begin()->first;
    }
  }

  // Walks along two maps in order. `visit` gets the entry of each key that one of them has and that of the
  // other, or nullptr; what they share is passed over.
  template <typename Visit>
  static void WalkBoth(const SharedMap& left, const SharedMap& right, const Visit& visit) {
    Walk(left, left.begin(), left.end(), right, right.begin(), right.end(), visit);
  }
  // The same for the keys from `first` on that come before `end`.
  template <typename Visit>
  static void WalkBoth(const SharedMap& left, const SharedMap& right, const Key& first, const Key& end,
                       const Visit& visit) {
    Walk(left, left.lower_bound(first), left.lower_bound(end), right, right.lower_bound(first),
         right.lower_bound(end), visit);
  }

  bool operator==(const SharedMap& other) const {
    if (size_ != other.size_) return false;
    auto left = begin();
    auto right = other.begin();
    while (left != end()) {
      if (left.BeginsBlock() && right.BeginsBlock() && BlockOf(left) == other.BlockOf(right)) {
        left = const_iterator(places_, left.place_ + 1);
        right = const_iterator(other.places_, right.place_ + 1);
      } else if (*left == *right) {
        ++left;
        ++right;
      } else {
        return false;
      }
    }
    return true;
  }

 private:
  // A change copies one block when it is shared; a lookup searches for the block first.
  static constexpr std::size_t kMostEntries = 16;

  template <typename Visit>
  static void Walk(const SharedMap& left, const_iterator one, const const_iterator& left_end,
                   const SharedMap& right, const_iterator other, const const_iterator& right_end,
                   const Visit& visit) {
    const value_type* absent = nullptr;
    while (one != left_end && other != right_end) {
      if (one.BeginsBlock() && other.BeginsBlock() && left.BlockOf(one) == right.BlockOf(other) &&
          one.place_ != left_end.place_ && other.place_ != right_end.place_) {
        one = const_iterator(left.places_, one.place_ + 1);
        other = const_iterator(right.places_, other.place_ + 1);
        continue;
      }
      const auto order = one->first <=> other->first;
      if (order < 0) {
        visit(&*one++, absent);
      } else if (order > 0) {
        visit(absent, &*other++);
      } else {
        visit(&*one++, &*other++);
      }
    }
    while (one != left_end) visit(&*one++, absent);
    while (other != right_end) visit(absent, &*other++);
  }

  // The only block that may have the key; there must be one.
  [[nodiscard]] std::size_t PlaceOf(const Key& key) const {
    const auto behind =
        std::upper_bound(places_.begin(), places_.end(), key,
                         [](const Key& left, const Place& right) { return left < *right.first; });
    return behind == places_.begin() ? 0 : static_cast<std::size_t>(behind - places_.begin()) - 1;
  }
  [[nodiscard]] const std::shared_ptr<Block>& BlockOf(const const_iterator& at) const {
    return places_[at.place_].block;
  }

  // The block, shared with no one. Who holds a part of the shared one may go on reading it.
  Block& Own(std::size_t number) {
    Place& place = places_[number];
    if (place.block.use_count() > 1) {
      auto own = std::make_shared<Block>(*place.block);
      retired_.push_back(std::exchange(place.block, std::move(own)));
      place.first = &place.block->begin()->first;
    } else {
      // The last other one may have read it on another thread until a moment ago.
      std::atomic_thread_fence(std::memory_order_acquire);
    }
    return *place.block;
  }

  value_type& StartBlock(std::size_t number, const Key& key) {
    auto block = std::make_shared<Block>();
    value_type& entry = *block->try_emplace(key).first;
    places_.insert(places_.begin() + static_cast<std::ptrdiff_t>(number),
                   Place{&entry.first, std::move(block)});
    ++size_;
    return entry;
  }

  void Split(std::size_t number) {
    Block& lower = Own(number);
    auto upper = std::make_shared<Block>();
    auto from = std::next(lower.begin(), static_cast<std::ptrdiff_t>(lower.size() / 2));
    while (from != lower.end()) upper->insert(upper->end(), lower.extract(from++));
    const Key* first = &upper->begin()->first;
    places_.insert(places_.begin() + static_cast<std::ptrdiff_t>(number) + 1, Place{first, std::move(upper)});
  }

  Places places_;
  std::vector<std::shared_ptr<const Block>> retired_;
  std::size_t size_ = 0;
};

}  // namespace schemac::schema
