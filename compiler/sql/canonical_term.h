// Analysed expressions: what PostgreSQL would store for the text, casts that it adds included. Two spellings
// of one expression make equal terms. Terms live in an arena (Terms) and point at each other.
#pragma once

#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/sql/type_key.h"
#include "schema/expression.h"

namespace schemac::sql {

// A name in the text that was analysed, and what it names.
struct Mention {
  schema::ObjectAddress target;
  std::size_t begin = 0;  // Byte range in the text; empty when the name does not stand there (`select *`).
  std::size_t end = 0;
};

enum class TermKind : std::uint8_t {
  Node,      // (head children…)
  Literal,   // A string constant that has not taken a type yet.
  Null,      // NULL likewise.
  Constant,  // A typed constant; `is_null` tells NULL.
  Cast,      // One child, to `type`.
};

struct Term {
  TermKind kind = TermKind::Node;
  std::string head;
  std::string value;  // Of literals and constants: the value in a normal form for its type.
  bool is_null = false;
  // The server keeps a cast between string types around the constant, or around the whole array
  // (schema/stored_form.h).
  bool stored_cast = false;
  TypeKey type;
  std::string modifiers;
  std::vector<Term*> children;
  std::optional<Mention> mention;       // Stands after the head.
  std::optional<Mention> type_mention;  // Where the type of a cast is spelled.
  std::size_t begin = 0;                // Of literals: the token in the text.
  std::size_t end = 0;
};

class Terms {
 public:
  Term* Add(Term&& term) { return &terms_.emplace_back(std::move(term)); }
  Term* Node(std::string_view head, TypeKey type, std::vector<Term*> children = {});

 private:
  std::list<Term> terms_;
};

// The canonical form, with a Mention for each "\x01" in it.
struct CanonicalForm {
  std::string text;
  std::vector<Mention> mentions;
};

// Quoted so that no value can be taken for syntax, or for a mention.
std::string CanonicalValue(std::string_view value);

class CanonicalWriter {
 public:
  explicit CanonicalWriter(const TypeSystem& types) : types_(types) {}
  // Constants at the root of a default stand without their type: `0` is `'0'::smallint` for a column of that
  // type.
  void Write(const Term& term, bool bare_constant = false);
  void WriteSyntax(std::string_view syntax) { form_.text += syntax; }
  void WriteValue(std::string_view value) { form_.text += CanonicalValue(value); }
  void WriteMention(const Mention& mention);
  // One of a list whose order says nothing: two such lists are equal as sets.
  void WriteMentionInSet(const Mention& mention);
  void WriteLabel(const Term& term);
  void WriteType(const TypeKey& type, std::string_view modifiers, const std::optional<Mention>& spelled);
  [[nodiscard]] CanonicalForm Finish() && { return std::move(form_); }

 private:
  const TypeSystem& types_;
  CanonicalForm form_;
};

}  // namespace schemac::sql
