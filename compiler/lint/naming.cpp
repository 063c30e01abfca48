#include "compiler/lint/naming.h"

#include <algorithm>
#include <iterator>

#include <re2/re2.h>

namespace schemac::lint {
namespace {

struct KindWords {
  NamedKind kind;
  std::string_view setting;
  std::string_view words;
};

constexpr KindWords kKinds[] = {
    {NamedKind::Schema, "schema", "schema"},
    {NamedKind::Table, "table", "table"},
    {NamedKind::Column, "column", "column"},
    {NamedKind::View, "view", "view"},
    {NamedKind::Index, "index", "index"},
    {NamedKind::PrimaryKey, "primary_key", "primary key"},
    {NamedKind::Unique, "unique", "unique constraint"},
    {NamedKind::ForeignKey, "foreign_key", "foreign key"},
    {NamedKind::Check, "check", "check"},
    {NamedKind::Exclusion, "exclusion", "exclusion constraint"},
    {NamedKind::Sequence, "sequence", "sequence"},
    {NamedKind::Type, "type", "type"},
    {NamedKind::Function, "function", "function"},
    {NamedKind::Trigger, "trigger", "trigger"},
    {NamedKind::Policy, "policy", "policy"},
};

const KindWords& Find(NamedKind kind) {
  return *std::find_if(std::begin(kKinds), std::end(kKinds),
                       [kind](const KindWords& one) { return one.kind == kind; });
}

}  // namespace

std::string_view SettingOf(NamedKind kind) { return Find(kind).setting; }

std::string_view WordsOf(NamedKind kind) { return Find(kind).words; }

std::optional<NamedKind> FindNamedKind(std::string_view setting) {
  for (const KindWords& one : kKinds) {
    if (one.setting == setting) return one.kind;
  }
  return std::nullopt;
}

std::vector<std::string> NamedKindSettings() {
  std::vector<std::string> settings;
  for (const KindWords& one : kKinds) settings.emplace_back(one.setting);
  return settings;
}

ErrorOr<NamePattern> NamePattern::Read(const std::string& text) {
  RE2::Options options;
  options.set_log_errors(false);
  auto expression = std::make_shared<const RE2>(text, options);
  if (!expression->ok())
    return Error{"no regular expression: " + expression->error(), DiagnosticKind::Configuration, {}, 1, ""};
  return NamePattern(text, std::move(expression));
}

bool NamePattern::Occurs(std::string_view name) const {
  return RE2::PartialMatch(re2::StringPiece(name.data(), name.size()), *expression_);
}

const Convention* Naming::Of(NamedKind kind) const {
  const auto found = kinds.find(kind);
  if (found != kinds.end()) return &found->second;
  return others ? &*others : nullptr;
}

const Naming& PlainNames() {
  static const Naming plain{{},
                            Convention{*NamePattern::Read("^[a-z_][a-z0-9_]*$"),
                                       "lower-case letters, digits and _ need no quotes"}};
  return plain;
}

}  // namespace schemac::lint
