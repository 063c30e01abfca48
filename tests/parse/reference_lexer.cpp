#include "tests/parse/reference_lexer.h"

#include <string>

namespace schemac::parse {

namespace {

constexpr std::size_t kEnd = antlr4::IntStream::EOF;

}  // namespace

ReferenceLexer::ReferenceLexer(antlr4::CharStream* input) : grammar::SchemaLexer(input) {
  removeErrorListeners();
}

std::unique_ptr<antlr4::Token> ReferenceLexer::nextToken() {
  std::unique_ptr<antlr4::Token> next = grammar::SchemaLexer::nextToken();
  const std::size_t kind = next->getType();
  if (kind == DOLLAR_STRING || kind == BLOCK_COMMENT) {
    auto& whole = dynamic_cast<antlr4::CommonToken&>(*next);
    const bool ended = kind == DOLLAR_STRING ? FinishDollarString(*next) : FinishBlockComment();
    whole.setStopIndex(getInputStream()->index() - 1);
    if (!ended) {
      whole.setType(UNTERMINATED_QUOTE);
      whole.setChannel(antlr4::Token::DEFAULT_CHANNEL);
    }
  }
  if (next->getChannel() == antlr4::Token::DEFAULT_CHANNEL) {
    FollowJson(next->getType());
    previous_ = next->getType();
  }
  return next;
}

bool ReferenceLexer::FinishDollarString(const antlr4::Token& begin) {
  antlr4::CharStream& input = *getInputStream();
  const std::size_t length = begin.getStopIndex() - begin.getStartIndex() + 1;
  // What is looked for, `$tag$`, read back from the input.
  std::u32string tag;
  for (std::size_t index = 0; index < length; ++index) {
    tag += static_cast<char32_t>(input.LA(static_cast<ssize_t>(index) - static_cast<ssize_t>(length)));
  }
  while (input.LA(1) != kEnd) {
    std::size_t same = 0;
    while (same < length && input.LA(static_cast<ssize_t>(same) + 1) == tag[same]) ++same;
    const std::size_t step = same == length ? length : 1;
    for (std::size_t index = 0; index < step; ++index) input.consume();
    if (same == length) return true;
  }
  return false;
}

bool ReferenceLexer::FinishBlockComment() {
  antlr4::CharStream& input = *getInputStream();
  for (std::size_t depth = 1; depth > 0;) {
    const std::size_t first = input.LA(1);
    if (first == kEnd) return false;
    const std::size_t second = input.LA(2);
    input.consume();
    if (first == '/' && second == '*') {
      ++depth;
      input.consume();
    } else if (first == '*' && second == '/') {
      --depth;
      input.consume();
    }
  }
  return true;
}

void ReferenceLexer::FollowJson(std::size_t kind) {
  const bool opens = kind == LEFT_BRACE || kind == LEFT_BRACKET;
  const bool closes = kind == RIGHT_BRACE || kind == RIGHT_BRACKET;
  if (json_depth_ == 0) {
    // JSON stands after `default`, after `backfill`, and as a value in a seed row: always in a body. Outside,
    // `default {` ends the head of a partition.
    const bool expected = previous_ == DEFAULT || previous_ == BACKFILL || previous_ == COLON;
    if (!opens || !expected || bodies_ == 0) {
      if (kind == LEFT_BRACE) ++bodies_;
      if (kind == RIGHT_BRACE && bodies_ > 0) --bodies_;
      return;
    }
    pushMode(Json);
    json_depth_ = 1;
    return;
  }
  if (opens) ++json_depth_;
  if (closes && --json_depth_ == 0) popMode();
}

}  // namespace schemac::parse
