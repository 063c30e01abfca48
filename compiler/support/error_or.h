// A value, or why there is none. For failures that are not yet placed in a source: a file that cannot be
// read, an SQL fragment that does not parse. Whoever knows the place turns the error into a Diagnostic.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "compiler/support/check.h"
#include "compiler/support/diagnostic.h"

namespace schemac {

struct Error {
  std::string message;
  DiagnosticKind kind = DiagnosticKind::InvalidDefinition;
  std::optional<std::size_t> offset;  // Byte offset in the text that was judged, where one is known.
  std::size_t length = 1;             // Bytes from `offset` that are meant.
  std::string fix;                    // What to do; may be empty.
};

template <typename Value>
class [[nodiscard]] ErrorOr {
 public:
  ErrorOr(const Value& value) : state_(value) {}        // NOLINT: implicit, so that `return value;` works
  ErrorOr(Value&& value) : state_(std::move(value)) {}  // NOLINT: and moves it once
  ErrorOr(Error error) : state_(std::move(error)) {}    // NOLINT: implicit, so that `return error;` works

  explicit operator bool() const { return std::holds_alternative<Value>(state_); }
  [[nodiscard]] bool ok() const { return static_cast<bool>(*this); }
  Value& operator*() & {
    Check(ok());
    return std::get<Value>(state_);
  }
  const Value& operator*() const& {
    Check(ok());
    return std::get<Value>(state_);
  }
  Value&& operator*() && {
    Check(ok());
    return std::move(std::get<Value>(state_));
  }
  Value* operator->() { return &**this; }
  const Value* operator->() const { return &**this; }
  [[nodiscard]] const Error& error() const {
    Check(!ok());
    return std::get<Error>(state_);
  }

 private:
  std::variant<Value, Error> state_;
};

}  // namespace schemac
