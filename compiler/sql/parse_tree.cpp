#include "compiler/sql/parse_tree.h"

#include <string>
#include <utility>

#include <pg_query.h>

#include "compiler/sql/deep_stack.h"
#include "compiler/sql/plain_statement.h"
#include "compiler/support/utf8.h"

namespace schemac::sql {
namespace {

// libpg_query writes and we read its trees by recursion. On the large stack of RunOnDeepStack both manage far
// more than these levels (also with sanitizers); nobody writes that many by hand.
constexpr std::size_t kMaxParentheses = 3000;
constexpr std::size_t kMaxChain = 20000;
// PostgreSQL's scanner reads the rest of `/*/*/*…` again at each level.
constexpr std::size_t kMaxComments = 1000;
// The parser quotes what never ends whole.
constexpr std::size_t kLongestMessage = 200;

// PostgreSQL counts the cursor in characters, from 1.
std::size_t ByteOfCharacter(std::string_view text, int position) {
  std::size_t offset = 0;
  for (int count = 1; count < position && offset < text.size(); ++count) {
    ++offset;
    while (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80) ++offset;
  }
  return offset;
}

Error SyntaxError(std::string message, std::size_t offset, std::size_t length = 1) {
  Error error;
  error.message = std::move(message);
  error.kind = DiagnosticKind::SqlSyntax;
  error.offset = offset;
  error.length = length;
  return error;
}

std::string Shortened(std::string message) {
  if (message.size() <= kLongestMessage) return message;
  std::size_t end = kLongestMessage;
  while ((static_cast<unsigned char>(message[end]) & 0xC0) == 0x80) --end;
  return message.substr(0, end) + "…";
}

// What the parser's cursor points at, for the caret's width.
std::size_t TokenLength(std::string_view text, std::size_t offset) {
  const Tokens tokens(text.substr(offset, 256));
  if (tokens.tokens().empty() || tokens.tokens().front().begin != 0) return 1;
  return tokens.tokens().front().end;
}

}  // namespace

ErrorOr<ParseTree> ParseTree::Parse(const Tokens& statement) {
  ParseTree tree;
  tree.arena_ = std::make_shared<Arena>();
  tree.result_ = ReadPlainStatement(statement, *tree.arena_);
  if (tree.result_ != nullptr) return tree;
  return Parse(statement.source());
}

ErrorOr<ParseTree> ParseTree::Parse(std::string_view text) {
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return SyntaxError("a zero byte cannot stand in SQL", nul);
  }
  if (const auto bad = FindInvalidUtf8(text)) {
    Error error = SyntaxError("invalid UTF-8", *bad);
    error.kind = DiagnosticKind::InvalidUtf8;
    return error;
  }
  const Nesting nesting = MeasureNesting(text);
  if (nesting.parentheses > kMaxParentheses) return SyntaxError("parentheses are nested too deeply", 0);
  if (nesting.comments > kMaxComments) return SyntaxError("comments are nested too deeply", 0);
  if (nesting.chain > kMaxChain) return SyntaxError("an expression has too many operators", 0);

  const std::string terminated(text);
  ParseTree tree;
  tree.arena_ = std::make_shared<Arena>();
  std::optional<Error> failure;
  RunOnDeepStack(nesting, [&] {
    PgQueryProtobufParseResult parsed = pg_query_parse_protobuf(terminated.c_str());
    if (parsed.error != nullptr) {
      const std::size_t offset = ByteOfCharacter(text, parsed.error->cursorpos);
      failure =
          SyntaxError(Shortened(parsed.error->message == nullptr ? "syntax error" : parsed.error->message),
                      offset, TokenLength(text, offset));
    } else {
      ProtobufCAllocator allocator{
          [](void* arena, std::size_t size) { return static_cast<Arena*>(arena)->Allocate(size); },
          [](void*, void*) {}, tree.arena_.get()};
      tree.result_ = pg_query__parse_result__unpack(
          &allocator, parsed.parse_tree.len, reinterpret_cast<const std::uint8_t*>(parsed.parse_tree.data));
    }
    pg_query_free_protobuf_parse_result(parsed);
  });
  if (failure) return *failure;
  if (tree.result_ == nullptr) return SyntaxError("the statement is too large to be read", 0);
  return tree;
}

}  // namespace schemac::sql
