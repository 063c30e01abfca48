#include "schema/expression.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string_view>

#include "compiler/support/quote.h"
#include "schema/retarget.h"
#include "schema/stored_form.h"
#include "schema/words.h"

namespace schemac::schema {

namespace {

constexpr char kReferenceMark = '\x01';
constexpr char kSetMark = '\x02';

// One replacement in a text. An insertion has begin == end and goes behind whatever ends there.
struct Edit {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string text;
  auto operator<=>(const Edit&) const = default;
};

// Makes the edits, which are sorted and do not overlap, and moves the ranges of the references along.
void ApplyEdits(Expression& expression, const std::vector<Edit>& edits) {
  std::string result;
  std::uint32_t copied = 0;
  std::map<std::uint32_t, std::int64_t> shift_of_begin;  // Offsets ≥ the key move so far.
  std::map<std::uint32_t, std::int64_t>
      shift_of_end;  // Likewise for ends: an insertion moves only what is behind it.
  std::int64_t shift = 0;
  for (const Edit& edit : edits) {
    result += std::string_view(expression.text).substr(copied, edit.begin - copied);
    result += edit.text;
    copied = edit.end;
    shift += static_cast<std::int64_t>(edit.text.size()) - (edit.end - edit.begin);
    shift_of_begin[edit.end] = shift;
    shift_of_end[edit.begin == edit.end ? edit.end + 1 : edit.end] = shift;
  }
  result += std::string_view(expression.text).substr(copied);
  const auto moved = [](const std::map<std::uint32_t, std::int64_t>& shifts, std::uint32_t offset) {
    auto after = shifts.upper_bound(offset);
    const std::int64_t by = after == shifts.begin() ? 0 : std::prev(after)->second;
    return static_cast<std::uint32_t>(static_cast<std::int64_t>(offset) + by);
  };
  for (Reference& reference : expression.references) {
    if (!reference.IsSpelled()) continue;
    reference.begin = moved(shift_of_begin, reference.begin);
    reference.end = moved(shift_of_end, reference.end);
  }
  expression.text = std::move(result);
}

// Which spelled columns are whole items of a select list, by the offset of their name: such an item gives its
// output column the name, and keeps it (`AS name`) when the column behind it is renamed.
class SelectItems {
 public:
  explicit SelectItems(std::string_view text) : text_(text), words_(SplitWords(text)) {
    std::vector<bool> in_list{
        false};  // For each open parenthesis: whether we stand between SELECT and what ends its list.
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const std::string_view word = words_[i].In(text_);
      if (word == "(") {
        in_list.push_back(false);
      } else if (word == ")") {
        if (in_list.size() > 1) in_list.pop_back();
      } else if (IsKeyword(words_[i], text_, "select")) {
        in_list.back() = true;
      } else if (EndsList(i)) {
        in_list.back() = false;
      } else if (in_list.back() && IsWholeItem(i)) {
        items_.push_back(words_[i].begin);
      }
    }
  }

  [[nodiscard]] bool Contains(std::uint32_t begin) const { return std::ranges::binary_search(items_, begin); }

 private:
  [[nodiscard]] bool Is(std::size_t at, std::string_view keyword) const {
    return at < words_.size() && IsKeyword(words_[at], text_, keyword);
  }
  [[nodiscard]] bool EndsList(std::size_t at) const {
    if (Is(at, "from")) return at == 0 || !Is(at - 1, "distinct");  // `a IS DISTINCT FROM b` goes on.
    for (std::string_view keyword : {"where", "group", "having", "window", "union", "intersect", "except",
                                     "order", "limit", "offset", "fetch", "for", "into"}) {
      if (Is(at, keyword)) return true;
    }
    return words_[at].In(text_) == ";";
  }
  // Whether word `at` ends an item that is nothing but a column's name, qualified or not.
  [[nodiscard]] bool IsWholeItem(std::size_t at) const {
    if (words_[at].kind != WordKind::Plain && words_[at].kind != WordKind::Quoted) return false;
    if (at + 1 < words_.size()) {
      const std::string_view next = words_[at + 1].In(text_);
      if (next != "," && next != ")" && !EndsList(at + 1)) return false;
    }
    std::size_t first = at;
    while (first >= 2 && words_[first - 1].In(text_) == ".") first -= 2;
    if (first == 0) return false;
    const std::string_view before = words_[first - 1].In(text_);
    return before == "," || before == ")" || Is(first - 1, "select") || Is(first - 1, "all") ||
           Is(first - 1, "distinct");
  }

  std::string_view text_;
  std::vector<Word> words_;
  std::vector<std::uint32_t> items_;  // Ascending.
};

// How `target` is spelled where `spelled` spelled it before. `next` is the character behind the range.
std::string Spell(const ObjectAddress& target, std::string_view spelled, char next) {
  switch (target.kind) {
    case ObjectKind::Schema:
    case ObjectKind::Extension:
    case ObjectKind::EventTrigger:
    case ObjectKind::Raw:
    case ObjectKind::Role:
      return QuoteIdentifier(target.name);
    case ObjectKind::Enum:
    case ObjectKind::Composite:
    case ObjectKind::Range:
    case ObjectKind::Domain:
      if (!IsLabel(target)) return FormatType({target.schema, target.name, "", false});
      break;
    default:
      break;
  }
  if (IsTablePart(target.kind)) return QuoteIdentifier(target.member);
  if (IsLabel(target)) return QuoteLiteral(target.member);  // The range is the whole literal.
  // A table's name that qualifies a column stays as short as it was.
  const std::vector<Word> words = SplitWords(spelled);
  if (next == '.' && words.size() == 1) return QuoteIdentifier(target.name);
  return QuoteQualified(target.schema, target.name);
}

// Text inside '…': quotes are doubled.
std::string Escaped(std::string_view text) {
  std::string escaped;
  for (char c : text) escaped += c == '\'' ? "''" : std::string(1, c);
  return escaped;
}

void Rename(Expression& expression, const ObjectAddress& from, const ObjectAddress& to,
            const std::function<bool(const Reference&)>& follows) {
  std::vector<Edit> edits;
  std::optional<SelectItems> items;
  const std::string_view text = expression.text;
  for (Reference& reference : expression.references) {
    if (!follows(reference)) continue;
    std::optional<ObjectAddress> target = Retarget(reference.target, from, to);
    if (!target) continue;
    const bool respelled =
        target->qualified() != reference.target.qualified() || OwnName(*target) != OwnName(reference.target);
    const bool part_moved =
        (IsTablePart(target->kind) || IsLabel(*target)) && target->member == reference.target.member;
    reference.target = std::move(*target);
    if (!reference.IsSpelled() || reference.end > text.size() || !respelled || part_moved) continue;
    const std::string_view spelled = text.substr(reference.begin, reference.end - reference.begin);
    const char next = reference.end < text.size() ? text[reference.end] : '\0';
    std::string spelling = Spell(reference.target, spelled, next);
    // In a literal: nextval('s'), 'a.b'::regclass.
    const bool in_literal = next == '\'' || (reference.begin > 0 && text[reference.begin - 1] == '\'');
    if (in_literal) spelling = Escaped(spelling);
    if (reference.target.kind == ObjectKind::Column && !in_literal) {
      if (!items) items.emplace(text);
      if (items->Contains(reference.begin)) {
        edits.push_back({reference.end, reference.end, " AS " + std::string(spelled)});
      }
    }
    edits.push_back({reference.begin, reference.end, std::move(spelling)});
  }
  std::ranges::sort(edits);
  // The same name may be marked twice, for two meanings.
  std::vector<Edit> distinct;
  for (Edit& edit : edits) {
    const bool overlaps = !distinct.empty() && (edit.begin < distinct.back().end || edit == distinct.back());
    if (!overlaps) distinct.push_back(std::move(edit));
  }
  if (!distinct.empty()) ApplyEdits(expression, distinct);
}

}  // namespace

bool Expression::operator==(const Expression& other) const {
  if (!SameCanonical(canonical, other.canonical)) return false;
  // Those beyond the marks are spellings that the canonical form leaves out.
  const auto marks = static_cast<std::size_t>(std::ranges::count(canonical, kReferenceMark));
  if (references.size() < marks || other.references.size() < marks) return false;
  std::vector<const ObjectAddress*> in_set;
  std::vector<const ObjectAddress*> in_other_set;
  std::size_t at = 0;
  for (std::size_t i = 0; i < marks; ++i) {
    at = canonical.find(kReferenceMark, at) + 1;
    const ObjectAddress& target = references[i].target;
    const ObjectAddress& other_target = other.references[i].target;
    if (at > 1 && canonical[at - 2] == kSetMark) {
      in_set.push_back(&target);
      in_other_set.push_back(&other_target);
    } else if (target != other_target) {
      return false;
    }
  }
  const auto by_target = [](const ObjectAddress* a, const ObjectAddress* b) { return *a < *b; };
  std::ranges::sort(in_set, by_target);
  std::ranges::sort(in_other_set, by_target);
  return std::ranges::equal(in_set, in_other_set,
                            [](const ObjectAddress* a, const ObjectAddress* b) { return *a == *b; });
}

void RenameInExpression(Expression& expression, const ObjectAddress& from, const ObjectAddress& to) {
  Rename(expression, from, to, [](const Reference&) { return true; });
}

void RenameInRoutine(Expression& definition, const ObjectAddress& from, const ObjectAddress& to) {
  std::optional<std::vector<TextRange>> bodies;  // Only looked for when a reference is concerned.
  const std::string text = definition.text;
  const auto marks = std::ranges::count(definition.canonical, kReferenceMark);
  Rename(definition, from, to, [&](const Reference& reference) {
    // What stands for a mark belongs to the signature; the rest that is not spelled was found in the body,
    // which is not taken apart.
    if (!reference.IsSpelled()) return &reference - definition.references.data() < marks;
    if (!Retarget(reference.target, from, to)) return false;
    if (!bodies) bodies = BodiesOfRoutine(text);
    return std::ranges::none_of(*bodies, [&](const TextRange& body) {
      return reference.begin >= body.begin && reference.end <= body.end;
    });
  });
}

}  // namespace schemac::schema
