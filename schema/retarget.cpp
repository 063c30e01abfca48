#include "schema/retarget.h"

#include "compiler/support/quote.h"
#include "schema/words.h"

namespace schemac::schema {

namespace {

bool IsTypeKind(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::Enum:
    case ObjectKind::Composite:
    case ObjectKind::Range:
    case ObjectKind::Domain:
    case ObjectKind::Table:
    case ObjectKind::View:
      return true;
    default:
      return false;
  }
}

// A dotted name of a text: the words from `first` to before `last`.
struct DottedName {
  std::size_t first = 0;
  std::size_t last = 0;
  QualifiedName name;
};

std::string Unquoted(const Word& word, std::string_view text) {
  const std::string_view spelled = word.In(text);
  if (word.kind != WordKind::Quoted || spelled.size() < 2) return std::string(spelled);
  std::string name;
  for (std::size_t i = 1; i + 1 < spelled.size(); ++i) {
    name += spelled[i];
    if (spelled[i] == '"') ++i;
  }
  return name;
}

bool IsName(const Word& word) { return word.kind == WordKind::Plain || word.kind == WordKind::Quoted; }

DottedName NameAt(const std::vector<Word>& words, std::size_t first, std::string_view text) {
  DottedName found{first, first + 1, {"public", Unquoted(words[first], text)}};
  if (first + 2 < words.size() && words[first + 1].In(text) == "." && IsName(words[first + 2])) {
    found.last = first + 3;
    found.name = {found.name.name, Unquoted(words[first + 2], text)};
  }
  return found;
}

// Whether a name that begins at word `first` can be a type there: an argument's own name is followed by its
// type.
bool CanBeType(const std::vector<Word>& words, const DottedName& name, std::string_view text) {
  if (name.last >= words.size()) return true;
  const std::string_view next = words[name.last].In(text);
  return next == "," || next == ")" || next == "(" || next == "[" || next == "=" ||
         IsKeyword(words[name.last], text, "default");
}

std::string SpellType(const QualifiedName& name) { return FormatType({name.schema, name.name, "", false}); }

}  // namespace

std::optional<ObjectAddress> Retarget(const ObjectAddress& address, const ObjectAddress& from,
                                      const ObjectAddress& to) {
  if (address == from) return to;
  ObjectAddress moved = address;
  if (from.kind == ObjectKind::Schema) {
    if (moved.schema == from.name) moved.schema = to.name;
  } else if (from.kind == ObjectKind::Table || from.kind == ObjectKind::View) {
    if (IsTablePart(address.kind) && address.qualified() == from.qualified()) {
      moved.schema = to.schema;
      moved.name = to.name;
    }
  } else if (IsLabel(address) && HolderOf(address) == from) {
    moved.schema = to.schema;
    moved.name = to.name;
  }
  const bool routine = address.kind == ObjectKind::Function || address.kind == ObjectKind::Aggregate;
  if (routine) moved.member = RetargetTypeText(moved.member, from, to);
  if (moved == address) return std::nullopt;
  return moved;
}

bool RetargetType(Type& type, const ObjectAddress& from, const ObjectAddress& to) {
  if (type.schema.empty()) return false;
  if (from.kind == ObjectKind::Schema && type.schema == from.name) {
    type.schema = to.name;
    return true;
  }
  if (!IsTypeKind(from.kind) || type.schema != from.schema || type.name != from.name) return false;
  type.schema = to.schema;
  type.name = to.name;
  return true;
}

std::string RetargetTypeText(std::string_view text, const ObjectAddress& from, const ObjectAddress& to) {
  const bool of_schema = from.kind == ObjectKind::Schema;
  if (!of_schema && !IsTypeKind(from.kind)) return std::string(text);
  // Most renames touch no type of most routines.
  if (!of_schema && text.find(from.name.substr(0, from.name.find('"'))) == std::string_view::npos) {
    return std::string(text);
  }
  const std::vector<Word> words = SplitWords(text);
  std::string result;
  std::uint32_t copied = 0;
  for (std::size_t i = 0; i < words.size();) {
    if (!IsName(words[i])) {
      ++i;
      continue;
    }
    const DottedName found = NameAt(words, i, text);
    const bool qualified = found.last - found.first > 1;
    const bool is_builtin = !qualified && CanonicalBuiltinType(found.name.name);
    const bool same =
        !is_builtin && (of_schema ? found.name.schema == from.name : found.name == from.qualified());
    if (same && CanBeType(words, found, text)) {
      result += text.substr(copied, words[found.first].begin - copied);
      result += of_schema ? SpellType({to.name, found.name.name}) : SpellType(to.qualified());
      copied = words[found.last - 1].end;
    }
    i = found.last;
  }
  return result + std::string(text.substr(copied));
}

std::vector<TextRange> BodiesOfRoutine(std::string_view definition) {
  std::vector<TextRange> bodies;
  const std::vector<Word> words = SplitWords(definition);
  std::size_t depth = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i].In(definition);
    if (word == "(") ++depth;
    if (word == ")" && depth > 0) --depth;
    if (depth > 0 || !IsKeyword(words[i], definition, "as")) continue;
    for (std::size_t body = i + 1; body < words.size() && words[body].kind == WordKind::Text; body += 2) {
      bodies.push_back({words[body].begin, words[body].end});
      if (body + 1 >= words.size() || words[body + 1].In(definition) != ",") break;
    }
  }
  return bodies;
}

}  // namespace schemac::schema
