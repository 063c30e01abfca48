// How things are to be called: a regular expression for each kind of name ([lint.naming] in schemac.toml).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/support/error_or.h"

namespace re2 {
class RE2;
}

namespace schemac::lint {

// What has a name that a script chooses.
enum class NamedKind : std::uint8_t {
  Schema,
  Table,
  Column,
  View,
  Index,
  PrimaryKey,
  Unique,
  ForeignKey,
  Check,
  Exclusion,
  Sequence,
  Type,
  Function,
  Trigger,
  Policy,
};

// As the settings and findings spell it: "foreign_key".
std::string_view SettingOf(NamedKind kind);
std::string_view WordsOf(NamedKind kind);
// nullopt when no kind is spelled so.
std::optional<NamedKind> FindNamedKind(std::string_view setting);
std::vector<std::string> NamedKindSettings();

// A regular expression of RE2, which is that of Go: it takes time in proportion to the name, whatever it is.
class NamePattern {
 public:
  // Fails with what is wrong with it.
  static ErrorOr<NamePattern> Read(const std::string& text);

  // Whether it occurs anywhere in the name; `^` and `$` tie it to the ends.
  [[nodiscard]] bool Occurs(std::string_view name) const;
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  NamePattern(std::string text, std::shared_ptr<const re2::RE2> expression)
      : text_(std::move(text)), expression_(std::move(expression)) {}

  std::string text_;
  std::shared_ptr<const re2::RE2> expression_;
};

struct Convention {
  NamePattern pattern;
  std::string message;  // What to tell of a name that does not fit; "" for the pattern itself.
};

struct Naming {
  std::map<NamedKind, Convention> kinds;
  std::optional<Convention> others;  // Of the kinds that are not named.

  // nullptr where any name will do.
  [[nodiscard]] const Convention* Of(NamedKind kind) const;
};

// Of who asks for the rule without settings: names that need no quotes.
const Naming& PlainNames();

}  // namespace schemac::lint
