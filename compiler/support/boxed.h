// An optional value on the heap: for what few structs have of which there are many.
#pragma once

#include <concepts>
#include <memory>
#include <optional>
#include <utility>

namespace schemac {

// As std::optional in what it means and how it is used, copies and comparisons included, at the size of a
// pointer. A value costs an allocation.
template <typename T>
class Boxed {
 public:
  Boxed() = default;
  Boxed(std::nullopt_t) {}
  template <std::convertible_to<T> Value>
  Boxed(Value&& value) : value_(std::make_unique<T>(std::forward<Value>(value))) {}
  Boxed(std::optional<T> value)
      : value_(value ? std::make_unique<T>(*std::move(value)) : std::unique_ptr<T>()) {}
  Boxed(const Boxed& other) : value_(other ? std::make_unique<T>(*other) : std::unique_ptr<T>()) {}
  Boxed(Boxed&&) noexcept = default;
  Boxed& operator=(const Boxed& other) {
    if (this != &other) *this = Boxed(other);
    return *this;
  }
  Boxed& operator=(Boxed&&) noexcept = default;
  ~Boxed() = default;

  [[nodiscard]] bool has_value() const { return value_ != nullptr; }
  explicit operator bool() const { return has_value(); }
  T& operator*() { return *value_; }
  const T& operator*() const { return *value_; }
  T* operator->() { return value_.get(); }
  const T* operator->() const { return value_.get(); }
  // A copy.
  [[nodiscard]] std::optional<T> ToOptional() const {
    return value_ ? std::optional<T>(*value_) : std::nullopt;
  }

  void reset() { value_.reset(); }
  template <typename... Arguments>
  T& emplace(Arguments&&... arguments) {
    value_ = std::make_unique<T>(std::forward<Arguments>(arguments)...);
    return *value_;
  }

  bool operator==(const Boxed& other) const {
    return has_value() == other.has_value() && (!has_value() || *value_ == *other.value_);
  }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace schemac
