#include "compiler/lint/suppress.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/sql/tokens.h"
#include "compiler/support/diagnostic.h"

namespace schemac::lint {
namespace {

constexpr std::string_view kMark = "schemac:";
constexpr std::string_view kSelf = "suppression";

std::string_view Trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

// The next word of the text, which is shortened by it.
std::string_view TakeWord(std::string_view& text) {
  text = Trimmed(text);
  const std::string_view word = text.substr(0, text.find_first_of(" \t\r\n,"));
  text.remove_prefix(word.size());
  return word;
}

// The statement that holds the place, or the one before it on its line, or the one after it. `places` are
// those of statements that stand one after the other.
sql::Place StatementAt(std::string_view script, const std::vector<sql::Place>& places, std::size_t place) {
  std::size_t next = 0;
  while (next < places.size() && places[next].end <= place) ++next;
  const bool inside = next < places.size() && places[next].begin <= place;
  if (!inside && next > 0) {
    const std::size_t end = places[next - 1].end;
    if (script.substr(end, place - end).find('\n') == std::string_view::npos) return places[next - 1];
  }
  return next < places.size() ? places[next] : sql::Place{script.size() + 1, script.size() + 1};
}

void ReadComment(std::string_view comment, Suppression suppression, std::vector<Suppression>& all) {
  while (comment.starts_with('-') || comment.starts_with('/') || comment.starts_with('*'))
    comment.remove_prefix(1);
  if (comment.ends_with("*/")) comment.remove_suffix(2);
  comment = Trimmed(comment);
  if (!comment.starts_with(kMark)) return;
  comment.remove_prefix(kMark.size());
  if (TakeWord(comment) != "allow") return;  // Hints of models: `was`, `backfill`.
  std::vector<std::string> rules;
  do {
    rules.emplace_back(TakeWord(comment));
    comment = Trimmed(comment);
    if (!comment.starts_with(',')) break;
    comment.remove_prefix(1);
  } while (true);
  std::string_view word = TakeWord(comment);
  if (word == "in") {
    suppression.whole_file = TakeWord(comment) == "this" && TakeWord(comment) == "file";
    word = TakeWord(comment);
  }
  suppression.reasoned = word == "because" && !Trimmed(comment).empty();
  for (std::string& rule : rules) {
    suppression.rule = std::move(rule);
    all.push_back(suppression);
  }
}

bool Covers(const Suppression& suppression, const Finding& finding) {
  if (!suppression.reasoned || suppression.rule != finding.rule) return false;
  if (suppression.whole_file) return true;
  return finding.span.begin >= suppression.about.begin && finding.span.begin <= suppression.about.end;
}

std::string Complaint(const Suppression& suppression) {
  if (FindRule(suppression.rule) == nullptr) {
    std::vector<std::string> names;
    for (const Rule* rule : Rules()) names.emplace_back(rule->id);
    const std::string nearest = Nearest(suppression.rule, names);
    return fmt::format("no rule \"{}\"{}", suppression.rule,
                       nearest.empty() ? "" : fmt::format("; did you mean \"{}\"?", nearest));
  }
  if (!suppression.reasoned) {
    return fmt::format("\"{}\" is allowed without a reason, which is not enough: write because …",
                       suppression.rule);
  }
  return suppression.used ? "" : fmt::format("\"{}\" is allowed here, but finds nothing", suppression.rule);
}

void ReadComments(const sql::Tokens& tokens, const std::vector<sql::Place>& places,
                  std::vector<Suppression>& all) {
  for (const sql::Token& comment : tokens.comments()) {
    Suppression suppression;
    suppression.place = {comment.begin, comment.end};
    suppression.about = StatementAt(tokens.source(), places, comment.begin);
    ReadComment(tokens.Text(comment), suppression, all);
  }
}

}  // namespace

std::vector<Suppression> ReadSuppressions(std::string_view script,
                                          const std::vector<sql::StatementDeeds>& statements) {
  std::vector<Suppression> all;
  if (script.find(kMark) == std::string_view::npos) return all;
  const sql::Tokens tokens(script);
  std::vector<sql::Place> places;
  for (const sql::StatementDeeds& statement : statements) {
    if (!statement.inside) places.push_back(statement.place);
  }
  ReadComments(tokens, places, all);
  // The body of a block is one string to the script around it.
  for (auto block = statements.begin(); block != statements.end(); ++block) {
    if (block->control != sql::Control::Block) continue;
    std::vector<sql::Place> inside;
    for (auto it = block + 1; it != statements.end() && it->inside; ++it) inside.push_back(it->place);
    for (const sql::Token& token : tokens.tokens()) {
      const std::string_view text = tokens.Text(token);
      if (token.kind != sql::TokenKind::String || token.begin < block->place.begin ||
          token.end > block->place.end || !text.starts_with('$'))
        continue;
      const std::size_t quote = text.find('$', 1) + 1;
      ReadComments({script, token.begin + quote, token.end - quote}, inside, all);
    }
  }
  return all;
}

void Suppress(std::vector<Suppression> suppressions, SourceId source, std::vector<Finding>& findings) {
  std::erase_if(findings, [&](const Finding& finding) {
    bool covered = false;
    for (Suppression& suppression : suppressions) {
      if (!Covers(suppression, finding)) continue;
      suppression.used = covered = true;
    }
    return covered;
  });
  for (const Suppression& suppression : suppressions) {
    std::string complaint = Complaint(suppression);
    if (complaint.empty()) continue;
    const Span span{source, static_cast<std::uint32_t>(suppression.place.begin),
                    static_cast<std::uint32_t>(suppression.place.end)};
    findings.push_back({kSelf, Severity::Warning, span, std::move(complaint), FindRule(kSelf)->instead});
  }
}

}  // namespace schemac::lint
