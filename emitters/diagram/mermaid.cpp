#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/support/characters.h"
#include "emitters/diagram/diagram.h"
#include "emitters/diagram/relations.h"

namespace schemac::emitters {
namespace {

// One word for Mermaid: a letter, then letters, digits, `_`, `-`, brackets and parentheses.
std::string Word(std::string_view text) {
  std::string word;
  for (const char byte : text) {
    const bool kept = IsLetter(byte) || IsDigit(byte) || byte == '_' || byte == '-' || byte == '(' ||
                      byte == ')' || byte == '[' || byte == ']';
    word += kept ? byte : '_';
  }
  if (word.empty() || !IsLetter(word.front())) word.insert(0, "c_");
  return word;
}

// In double quotes, of which Mermaid knows no escape.
std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char byte : text) {
    if (byte == '"') {
      quoted += '\'';
    } else {
      quoted += static_cast<unsigned char>(byte) < ' ' ? ' ' : byte;
    }
  }
  return quoted + "\"";
}

std::string Attribute(const DrawnColumn& column) {
  std::vector<std::string> keys;
  if (column.primary) keys.emplace_back("PK");
  if (column.foreign) keys.emplace_back("FK");
  if (column.unique && !column.primary) keys.emplace_back("UK");
  std::string line = fmt::format("    {} {}", Word(column.type), Word(column.name));
  if (!keys.empty()) line += fmt::format(" {}", fmt::join(keys, ", "));
  std::string remark = Word(column.name) == column.name ? "" : column.name;
  if (column.required && !column.primary) remark += remark.empty() ? "not null" : ", not null";
  if (!remark.empty()) line += " " + Quoted(remark);
  return line + "\n";
}

}  // namespace

std::string MermaidDiagram(const schema::Catalog& catalog) {
  const Drawing drawing = Draw(catalog);
  std::string text = "erDiagram\n";
  for (const DrawnTable& table : drawing.tables) {
    text += "  " + Quoted(table.name);
    if (!table.columns.empty()) {
      text += " {\n";
      for (const DrawnColumn& column : table.columns) text += Attribute(column);
      text += "  }";
    }
    text += "\n";
  }
  for (const DrawnKey& key : drawing.keys) {
    text += fmt::format("  {} {}--{} {} : {}\n", Quoted(key.from), key.single ? "|o" : "}o",
                        key.required ? "||" : "o|", Quoted(key.to), Quoted(key.columns));
  }
  return text;
}

}  // namespace schemac::emitters
