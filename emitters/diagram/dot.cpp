#include <string_view>

#include <fmt/format.h>

#include "compiler/support/html.h"
#include "emitters/diagram/diagram.h"
#include "emitters/diagram/relations.h"

namespace schemac::emitters {
namespace {

// A quoted identifier of the DOT language, in which a backslash begins an escape.
std::string Id(std::string_view text) {
  std::string id = "\"";
  for (const char byte : text) {
    if (byte == '"' || byte == '\\') id += '\\';
    id += static_cast<unsigned char>(byte) < ' ' ? ' ' : byte;
  }
  return id + "\"";
}

// Text in a label that looks like HTML; control characters are blanks.
std::string Html(std::string_view text) {
  std::string plain(text);
  for (char& byte : plain) {
    if (static_cast<unsigned char>(byte) < ' ') byte = ' ';
  }
  return HtmlText(plain);
}

std::string Row(const DrawnColumn& column) {
  std::string name = Html(column.name);
  if (column.primary) name = "<u>" + name + "</u>";
  if (column.required) name = "<b>" + name + "</b>";
  return fmt::format("<tr><td align=\"left\">{}</td><td align=\"left\">{}</td></tr>", name,
                     Html(column.type));
}

}  // namespace

std::string DotDiagram(const schema::Catalog& catalog) {
  const Drawing drawing = Draw(catalog);
  std::string text =
      "digraph schema {\n"
      "  rankdir=LR;\n"
      "  node [shape=plaintext, fontname=\"sans-serif\", fontsize=10];\n"
      "  edge [dir=both, arrowhead=none, fontname=\"sans-serif\", fontsize=8];\n";
  for (const DrawnTable& table : drawing.tables) {
    text += fmt::format(
        "  {} [label=<<table border=\"0\" cellborder=\"1\" cellspacing=\"0\" cellpadding=\"4\">"
        "<tr><td colspan=\"2\" bgcolor=\"#dde4ee\"><b>{}</b></td></tr>",
        Id(table.name), Html(table.name));
    for (const DrawnColumn& column : table.columns) text += Row(column);
    text += "</table>>];\n";
  }
  for (const DrawnKey& key : drawing.keys) {
    text += fmt::format("  {} -> {} [label={}, arrowtail={}, arrowhead={}];\n", Id(key.from), Id(key.to),
                        Id(key.columns), key.single ? "teeodot" : "crowodot",
                        key.required ? "teetee" : "teeodot");
  }
  return text + "}\n";
}

}  // namespace schemac::emitters
