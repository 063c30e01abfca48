// A value that most of many structs leave at its default.
#pragma once

#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>

#include "compiler/support/boxed.h"

namespace schemac {

// A T at the size of a pointer, as long as it is T{}; any other value costs an allocation. Reads like a const T;
// what shall change is asked for by Edit.
template <typename T>
class Rare {
 public:
  Rare() = default;
  template <typename Value>
    requires(!std::same_as<std::remove_cvref_t<Value>, Rare> && std::convertible_to<Value, T>)
  Rare(Value&& value) {
    T made = std::forward<Value>(value);
    if (!(made == T())) value_.emplace(std::move(made));
  }

  [[nodiscard]] const T& operator*() const { return value_ ? *value_ : Default(); }
  [[nodiscard]] const T* operator->() const { return &**this; }
  operator const T&() const { return **this; }
  // Another T it turns into, as a string into a view.
  template <typename View>
    requires(!std::same_as<View, T> && std::same_as<View, std::string_view> && std::convertible_to<const T&, View>)
  operator View() const {
    return **this;
  }
  [[nodiscard]] T& Edit() { return value_ ? *value_ : value_.emplace(); }

  // Of containers.
  [[nodiscard]] bool empty() const { return !value_ || value_->empty(); }
  [[nodiscard]] std::size_t size() const { return value_ ? value_->size() : 0; }
  [[nodiscard]] auto begin() const { return (**this).begin(); }
  [[nodiscard]] auto end() const { return (**this).end(); }
  void clear() { value_.reset(); }

  bool operator==(const Rare& other) const { return **this == *other; }

 private:
  static const T& Default() {
    static const T value{};
    return value;
  }

  Boxed<T> value_;
};

}  // namespace schemac
