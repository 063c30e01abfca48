#include "compiler/sql/excerpt.h"

#include <algorithm>
#include <map>
#include <set>

#include "compiler/sql/facts.h"
#include "compiler/support/quote.h"

namespace schemac::sql {
namespace {

// How the name of the target must be spelled, or "" to leave the author's spelling.
std::string Spelling(const schema::ObjectAddress& target) {
  using schema::ObjectKind;
  if (schema::IsLabel(target)) return "";
  const auto qualified = [&](bool is_hidden) {
    return (is_hidden ? "public." : "") + QuoteQualified(target.schema, target.name);
  };
  switch (target.kind) {
    case ObjectKind::Function:
    case ObjectKind::Aggregate:
      // A bare name would mean the built-in function.
      return qualified(target.schema == "public" && !FunctionFacts(target.name).empty());
    case ObjectKind::Enum:
    case ObjectKind::Composite:
    case ObjectKind::Range:
    case ObjectKind::Domain:
    case ObjectKind::Table:
    case ObjectKind::View:
      // Likewise the built-in type; a table may be meant as one.
      return qualified(target.schema == "public" && FindTypeFact(target.name) != nullptr);
    case ObjectKind::Sequence:
    case ObjectKind::Collation:
    case ObjectKind::Statistics:
      return qualified(false);
    default:
      return "";
  }
}

struct Edit {
  std::size_t end;
  std::string text;
};

// Builds the text and tells where the bytes of the source went.
class Rewriter {
 public:
  Rewriter(std::string_view source, std::size_t begin, std::size_t end, std::map<std::size_t, Edit> edits)
      : edits_(std::move(edits)) {
    std::size_t at = begin;
    for (const auto& [start, edit] : edits_) {
      if (start < at || edit.end > end) continue;
      text_ += source.substr(at, start - at);
      ranges_[start] = {text_.size(), text_.size() + edit.text.size()};
      text_ += edit.text;
      at = edit.end;
      shifts_[at] = static_cast<std::ptrdiff_t>(text_.size()) - static_cast<std::ptrdiff_t>(at);
    }
    text_ += source.substr(at, end - at);
    first_shift_ = -static_cast<std::ptrdiff_t>(begin);
  }

  [[nodiscard]] const std::string& text() const { return text_; }

  // Where the range of a name stands in the text.
  [[nodiscard]] std::pair<std::size_t, std::size_t> Place(std::size_t begin, std::size_t end) const {
    if (const auto edited = ranges_.find(begin); edited != ranges_.end()) return edited->second;
    auto after = shifts_.upper_bound(begin);
    const std::ptrdiff_t shift = after == shifts_.begin() ? first_shift_ : std::prev(after)->second;
    return {static_cast<std::size_t>(static_cast<std::ptrdiff_t>(begin) + shift),
            static_cast<std::size_t>(static_cast<std::ptrdiff_t>(end) + shift)};
  }

 private:
  std::map<std::size_t, Edit> edits_;
  std::string text_;
  std::map<std::size_t, std::pair<std::size_t, std::size_t>> ranges_;
  std::map<std::size_t, std::ptrdiff_t> shifts_;
  std::ptrdiff_t first_shift_ = 0;
};

}  // namespace

schema::Expression MakeExcerpt(const Tokens& tokens, std::size_t begin, std::size_t end, Findings findings) {
  const auto inside = [&](const Mention& mention) {
    return mention.end > mention.begin && mention.begin >= begin && mention.end <= end;
  };
  std::map<std::size_t, Edit> edits;
  for (const Token& comment : tokens.comments()) {
    if (comment.begin >= begin && comment.end <= end) edits[comment.begin] = {comment.end, " "};
  }
  for (const Mention& mention : findings.mentions) {
    if (!inside(mention)) continue;
    std::string spelling = Spelling(mention.target);
    const bool in_string = mention.begin > 0 && tokens.source()[mention.begin - 1] == '\'';
    if (spelling.empty() || (in_string && spelling.find('\'') != std::string::npos)) continue;
    edits[mention.begin] = {mention.end, std::move(spelling)};
  }
  for (auto& [mention, spelling] : findings.respellings) {
    if (inside(mention)) edits.try_emplace(mention.begin, Edit{mention.end, spelling});
  }
  const Rewriter rewriter(tokens.source(), begin, end, std::move(edits));

  schema::Expression expression;
  expression.text = rewriter.text();
  // A comment may have stood at the end.
  expression.text.resize(expression.text.find_last_not_of(" \t\r\n") + 1);
  expression.canonical = std::move(findings.form.text);
  const auto before = [](const Mention* left, const Mention* right) {
    return left->begin != right->begin ? left->begin < right->begin : left->target < right->target;
  };
  std::set<const Mention*, decltype(before)> spelled(before);
  const auto add = [&](const Mention& mention) {
    schema::Reference reference;
    reference.target = mention.target;
    if (inside(mention)) {
      const auto [from, to] = rewriter.Place(mention.begin, mention.end);
      reference.begin = static_cast<std::uint32_t>(from);
      reference.end = static_cast<std::uint32_t>(to);
      // One place is respelled once, however often the canonical form names it.
      if (!spelled.insert(&mention).second) reference.begin = reference.end = 0;
    }
    expression.references.push_back(std::move(reference));
  };
  for (const Mention& mention : findings.form.mentions) add(mention);
  for (const Mention& mention : findings.mentions) {
    if (inside(mention) && !spelled.contains(&mention)) add(mention);
  }
  return expression;
}

std::optional<std::string> SpellStars(const Tokens& tokens, std::size_t begin, std::size_t end,
                                      std::vector<SpelledStar> stars) {
  std::ranges::sort(stars, {}, &SpelledStar::begin);  // Subqueries in FROM are analysed before what selects.
  std::string text;
  std::size_t at = begin;
  for (const SpelledStar& star : stars) {
    if (star.begin < at || star.end > end) continue;
    text += tokens.source().substr(at, star.begin - at);
    text += star.columns;
    at = star.end;
  }
  if (at == begin) return std::nullopt;
  text += tokens.source().substr(at, end - at);
  return text;
}

std::string SpellAlone(std::string_view token, std::string_view name) {
  const bool is_quoted = token.starts_with('"');
  return is_quoted || !IsReservedKeyword(name) ? std::string(token) : QuoteIdentifier(name);
}

}  // namespace schemac::sql
