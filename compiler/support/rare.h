// A value that most of many structs leave at its default.
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "compiler/support/boxed.h"

namespace schemac {

// A T at the size of a pointer, as long as it is T{}; any other value costs an allocation. Reads like a const
// T; what shall change is asked for by Edit.
template <typename T>
class Rare {
 public:
  Rare() = default;
  template <typename Value>
  requires(!std::same_as<std::remove_cvref_t<Value>, Rare> && std::convertible_to<Value, T>)
      Rare(Value&& value) {
    T made = std::forward<Value>(value);
    if (!IsDefault(made)) value_.emplace(std::move(made));
  }

  [[nodiscard]] const T& operator*() const { return value_ ? *value_ : Default(); }
  [[nodiscard]] const T* operator->() const { return &**this; }
  operator const T&() const { return **this; }
  // What turns into a string does not by itself turn into a view of it.
  operator std::string_view() const requires std::same_as<T, std::string> { return **this; }
  // To be changed if there is anything to change: nullptr for T{}.
  [[nodiscard]] T* Held() { return value_ ? &*value_ : nullptr; }
  [[nodiscard]] T& Edit() { return value_ ? *value_ : value_.emplace(); }

  // Of containers.
  [[nodiscard]] bool empty() const { return !value_ || value_->empty(); }
  [[nodiscard]] std::size_t size() const { return value_ ? value_->size() : 0; }
  [[nodiscard]] const auto& operator[](std::size_t number) const { return (**this)[number]; }
  [[nodiscard]] auto begin() const { return (**this).begin(); }
  [[nodiscard]] auto end() const { return (**this).end(); }
  void clear() { value_.reset(); }

  bool operator==(const Rare& other) const { return **this == *other; }
  auto operator<=>(const Rare& other) const requires std::three_way_comparable<T> {
    return **this <=> *other;
  }

 private:
  static bool IsDefault(const T& value) {
    if constexpr (requires { value.empty(); }) {
      return value.empty();
    } else {
      return value == T();
    }
  }
  static const T& Default() {
    static const T value{};
    return value;
  }

  Boxed<T> value_;
};

}  // namespace schemac
