#include "schema/edit/index_column_name.h"

#include <array>
#include <vector>

#include "compiler/support/characters.h"
#include "compiler/support/quote.h"
#include "schema/type.h"
#include "schema/words.h"

namespace schemac::schema {

namespace {

// A name and how sure FigureColnameInternal() is of it: 2 is sure, 1 gives way to a better one, 0 is none.
struct Figured {
  std::string name;
  int strength = 0;
};

// pg_type.typname of the types that the grammar knows by other words.
struct TypeName {
  std::string_view canonical;
  std::string_view internal;
};
constexpr std::array kTypeNames = std::to_array<TypeName>({
    {"bigint", "int8"},
    {"bit varying", "varbit"},
    {"boolean", "bool"},
    {"character", "bpchar"},
    {"character varying", "varchar"},
    {"double precision", "float8"},
    {"integer", "int4"},
    {"real", "float4"},
    {"smallint", "int2"},
    {"time with time zone", "timetz"},
    {"time without time zone", "time"},
    {"timestamp with time zone", "timestamptz"},
    {"timestamp without time zone", "timestamp"},
});

class Figure {
 public:
  Figure(std::string_view text, const std::vector<Word>& words) : text_(text), words_(words) {}

  // The expression between the words `first` and `last`.
  [[nodiscard]] Figured Of(std::size_t first, std::size_t last, int depth = 0) const {
    constexpr int kDeepest = 100;
    while (first < last && Is(first, "(") && Close(first) == last - 1) ++first, --last;
    if (first >= last || depth > kDeepest) return {};
    if (const std::size_t at = LastAtTop(first, last, "::"); at != last) {
      // A cast binds tighter than any operator before it: `a -> 'b' :: text` is an operator's expression.
      if (HasOperator(first, at)) return {};
      const Figured argument = Of(first, at, depth + 1);
      return argument.strength > 1 ? argument : Figured{NameOfType(at + 1, last), 1};
    }
    if (HasOperator(first, last)) return {};
    if (const std::size_t at = LastAtTop(first, last, "collate"); at != last) return Of(first, at, depth + 1);
    if (const std::size_t at = LastAtTop(first, last, "zone"); at != last && at > first + 2) {
      return {"timezone", 2};  // a AT TIME ZONE b
    }
    return OfPrimary(first, last, depth);
  }

 private:
  [[nodiscard]] bool Is(std::size_t at, std::string_view word) const {
    return at < words_.size() && (words_[at].In(text_) == word || IsKeyword(words_[at], text_, word));
  }

  // The word that closes the parenthesis at `open`, or the end.
  [[nodiscard]] std::size_t Close(std::size_t open) const {
    std::size_t depth = 0;
    for (std::size_t i = open; i < words_.size(); ++i) {
      if (Opens(i)) ++depth;
      if (Closes(i) && --depth == 0) return i;
    }
    return words_.size();
  }
  [[nodiscard]] bool Opens(std::size_t at) const { return Is(at, "(") || Is(at, "[") || Is(at, "case"); }
  [[nodiscard]] bool Closes(std::size_t at) const { return Is(at, ")") || Is(at, "]") || Is(at, "end"); }

  // The last such word outside parentheses; `last` when there is none.
  [[nodiscard]] std::size_t LastAtTop(std::size_t first, std::size_t last, std::string_view word) const {
    std::size_t found = last;
    for (std::size_t i = first; i < last; ++i) {
      if (Is(i, word)) found = i;
      if (Opens(i)) i = Close(i);
    }
    return found;
  }

  // Whether an operator stands outside parentheses: such an expression has no name.
  [[nodiscard]] bool HasOperator(std::size_t first, std::size_t last) const {
    for (std::size_t i = first; i < last; ++i) {
      if (Opens(i)) {
        i = Close(i);
        continue;
      }
      const std::string_view word = words_[i].In(text_);
      const bool symbol = words_[i].kind == WordKind::Symbol && word != "." && word != "::";
      if (symbol) return true;
      for (std::string_view keyword :
           {"and", "or", "not", "is", "in", "like", "ilike", "similar", "between", "isnull", "notnull"}) {
        if (IsKeyword(words_[i], text_, keyword)) return true;
      }
    }
    return false;
  }

  [[nodiscard]] std::string NameAt(std::size_t at) const {
    const std::string_view word = words_[at].In(text_);
    if (words_[at].kind == WordKind::Quoted) {
      std::string name;
      for (std::size_t i = 1; i + 1 < word.size(); ++i) {
        name += word[i];
        if (word[i] == '"') ++i;
      }
      return name;
    }
    return Lower(word);
  }

  // The last part of the type's name, as the grammar leaves it.
  [[nodiscard]] std::string NameOfType(std::size_t first, std::size_t last) const {
    std::string spelled;
    std::string own;
    for (std::size_t i = first; i < last; ++i) {
      if (Is(i, "(") || Is(i, "[")) {
        i = Close(i);
        continue;
      }
      if (Is(i, ".")) {
        spelled.clear();
        continue;
      }
      own = NameAt(i);
      spelled += (spelled.empty() ? "" : " ") + own;
    }
    if (const auto canonical = CanonicalBuiltinType(spelled)) {
      for (const TypeName& type : kTypeNames) {
        if (type.canonical == *canonical) return std::string(type.internal);
      }
    }
    return spelled;
  }

  [[nodiscard]] Figured OfPrimary(std::size_t first, std::size_t last, int depth) const {
    if (Is(first, "case")) return OfCase(first, last, depth);
    if (Is(first, "array")) return {"array", 2};
    if (Is(first, "row")) return {"row", 2};
    for (std::string_view constant : {"true", "false", "null"}) {
      if (Is(first, constant)) return {};
    }
    std::size_t name = first;
    while (name + 2 < last && Is(name + 1, ".")) name += 2;
    if (words_[name].kind != WordKind::Plain && words_[name].kind != WordKind::Quoted) return {};
    if (name + 1 < last && Is(name + 1, "[")) last = name + 1;  // A subscript: the array's own name.
    if (name + 1 == last) return {NameAt(name), 2};             // A column, or current_date.
    if (Is(name + 1, "(") && Close(name + 1) == last - 1) return {OfCall(name), 2};
    return {};
  }

  // The function that the grammar calls for its own spellings: trim(both from x) is btrim(x).
  [[nodiscard]] std::string OfCall(std::size_t name) const {
    if (words_[name].kind == WordKind::Plain && Is(name, "trim")) {
      if (Is(name + 2, "leading")) return "ltrim";
      return Is(name + 2, "trailing") ? "rtrim" : "btrim";
    }
    return NameAt(name);
  }

  // The name of what follows ELSE, if it is sure, else "case".
  [[nodiscard]] Figured OfCase(std::size_t first, std::size_t last, int depth) const {
    std::size_t otherwise = last;
    for (std::size_t i = first + 1; i + 1 < last; ++i) {
      if (Is(i, "else")) otherwise = i;
      if (Opens(i)) i = Close(i);
    }
    if (otherwise != last) {
      const Figured figured = Of(otherwise + 1, last - 1, depth + 1);
      if (figured.strength > 1) return figured;
    }
    return {"case", 1};
  }

  std::string_view text_;
  const std::vector<Word>& words_;
};

}  // namespace

std::string IndexColumnName(std::string_view expression) {
  const std::vector<Word> words = SplitWords(expression);
  return Figure(expression, words).Of(0, words.size()).name;
}

}  // namespace schemac::schema
