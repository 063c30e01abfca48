// Reads plain statements by descent (plain_statement.h). What it does not know makes it fail: it then stands
// at the end of the tokens, and what its functions return means nothing.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <new>
#include <span>
#include <string_view>
#include <vector>

#include <pg_query/pg_query.pb-c.h>

#include "compiler/sql/arena.h"
#include "compiler/sql/tokens.h"

namespace schemac::sql {

class PlainReader {
 public:
  PlainReader(const Tokens& tokens, Arena& arena) : tokens_(tokens), all_(tokens.tokens()), arena_(arena) {
    open_.reserve(kUsuallyOpen);
  }

  // The tree of the whole statement, or nullptr.
  PgQuery__ParseResult* Read();
  // The same for the name of a type.
  PgQuery__TypeName* ReadType();

 private:
  using Nodes = std::vector<PgQuery__Node*>;

  // plain_statement.cpp
  PgQuery__Node* Statement();
  PgQuery__Node* CreateTable();
  PgQuery__Node* CreateIndex(bool unique);
  PgQuery__Node* CreateEnum();
  PgQuery__Node* AlterTable();
  PgQuery__RangeVar* Relation();
  PgQuery__Node* Element();
  PgQuery__Node* Column();
  PgQuery__Constraint* ColumnConstraint();
  PgQuery__Constraint* ColumnConstraintBody();
  PgQuery__Constraint* Generated(PgQuery__Constraint* constraint);
  bool BeginsConstraint();
  PgQuery__Constraint* TableConstraint();
  PgQuery__Constraint* TableConstraintBody();
  void References(PgQuery__Constraint& key);
  const char* ReferentialAction();
  PgQuery__Node* Key();
  PgQuery__Node* IncludedColumn();
  void Names(std::size_t& count, PgQuery__Node**& list);

  // plain_expression.cpp
  PgQuery__Node* Expression();
  PgQuery__Node* Junction(bool is_or);
  PgQuery__Node* Negation();
  PgQuery__Node* NullTest();
  PgQuery__Node* Comparison();
  PgQuery__Node* Sum();
  PgQuery__Node* Product();
  PgQuery__Node* Signed();
  // An operand with its casts: all that may stand after DEFAULT without parentheses.
  PgQuery__Node* Value();
  PgQuery__Node* Operand();
  PgQuery__Node* Parenthesized();
  PgQuery__Node* NameOrCall();
  // The name is what stands from `name` on among the open nodes.
  PgQuery__Node* Call(std::size_t name, int location);
  PgQuery__Node* Number(bool negative, int location);
  PgQuery__Node* String();
  PgQuery__Node* Binary(std::string_view name, PgQuery__Node* left, PgQuery__Node* right, int location);
  PgQuery__TypeName* Type();
  void BuiltinType(std::string_view word, PgQuery__TypeName& type);
  void NamedType(PgQuery__TypeName& type);
  void TimeType(std::string_view word, PgQuery__TypeName& type);
  void Modifiers(PgQuery__TypeName& type, std::size_t most);
  PgQuery__Node* IntegerConstant(std::int32_t value, int location);

  // Tokens.
  [[nodiscard]] bool AtEnd() const { return at_ >= all_.size(); }
  [[nodiscard]] bool Is(char mark) const {
    return !AtEnd() && all_[at_].end - all_[at_].begin == 1 && tokens_.source()[all_[at_].begin] == mark;
  }
  [[nodiscard]] bool Is(std::string_view text) const { return !AtEnd() && tokens_.Text(all_[at_]) == text; }
  // Asked for one word after the other: what differs in its length is told from it without a call.
  [[nodiscard]] bool IsWord(std::string_view word) const {
    return !AtEnd() && all_[at_].end - all_[at_].begin == word.size() && tokens_.IsWord(at_, word);
  }
  [[nodiscard]] bool IsKind(TokenKind kind) const { return !AtEnd() && all_[at_].kind == kind; }
  [[nodiscard]] int Place() const { return AtEnd() ? 0 : static_cast<int>(all_[at_].begin); }
  // Passes over the token, or over the words, if they are what comes.
  template <typename Text>
  bool Take(Text text) {
    if (!Is(text)) return false;
    ++at_;
    return true;
  }
  bool TakeWord(std::string_view word) {
    if (!IsWord(word)) return false;
    ++at_;
    return true;
  }
  // The same, and fails if they are not.
  void Expect(char mark) {
    if (!Take(mark)) Fail();
  }
  void ExpectWord(std::string_view word) {
    if (!TakeWord(word)) Fail();
  }
  // A name that means nothing else: in quotes, or no keyword but an unreserved one. It lives as long as the
  // tree; nullptr, and nothing passed over, when something else comes.
  char* TakeName();
  char* ExpectName();
  std::nullptr_t Fail();

  // Nodes.
  template <typename Message>
  Message* Make(void (*init)(Message*)) {
    auto* message = static_cast<Message*>(arena_.Allocate(sizeof(Message)));
    if (message == nullptr) throw std::bad_alloc();
    init(message);
    return message;
  }
  template <typename Message>
  PgQuery__Node* Wrap(PgQuery__Node__NodeCase which, Message* PgQuery__Node::*member, Message* message) {
    auto* node = Make(pg_query__node__init);
    node->node_case = which;
    node->*member = message;
    return node;
  }
  char* Text(std::string_view text);
  PgQuery__Node* StringNode(char* text);
  void Fill(std::size_t& count, PgQuery__Node**& list, std::span<PgQuery__Node* const> nodes);
  void Fill(std::size_t& count, PgQuery__Node**& list, std::initializer_list<PgQuery__Node*> nodes) {
    Fill(count, list, std::span(nodes.begin(), nodes.size()));
  }
  // Closes a list: all open nodes from `first` on are its own.
  void Fill(std::size_t& count, PgQuery__Node**& list, std::size_t first);

  const Tokens& tokens_;
  std::span<const Token> all_;
  Arena& arena_;
  std::size_t at_ = 0;
  static constexpr std::size_t kUsuallyOpen = 32;
  Nodes open_;  // Of the lists that are being read, the innermost last.
  bool failed_ = false;
  int depth_ = 0;  // Of expressions in each other.
};

}  // namespace schemac::sql
