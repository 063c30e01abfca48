#include "compiler/driver/hand_over_page.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "compiler/driver/hand_over_assets.h"
#include "compiler/sql/checksum.h"
#include "compiler/support/html.h"
#include "emitters/expression_text.h"

namespace schemac {
namespace {

bool IsKeyword(std::string_view word) {
  return word.size() > 1 && std::ranges::all_of(word, [](char byte) {
           return std::isupper(static_cast<unsigned char>(byte)) != 0 || byte == '_';
         });
}

// The class of a token, as the style sheet has it; '\0' for none.
char ClassOf(std::string_view token) {
  if (token.starts_with("--") || token.starts_with("/*")) return 'c';
  const char first = token.front();
  if (first == '\'' || (token.size() > 1 && token[1] == '\'')) return 's';
  if (std::isdigit(static_cast<unsigned char>(first)) != 0) return 'n';
  return IsKeyword(token) ? 'k' : '\0';
}

// A body in dollar quotes is SQL, too.
std::string Highlighted(std::string_view sql) {
  std::string html;
  for (std::size_t at = 0; at < sql.size();) {
    const std::size_t end = std::max(emitters::TokenEnd(sql, at), at + 1);
    const std::string_view token = sql.substr(at, end - at);
    at = end;
    const std::size_t tag = token.starts_with('$') ? token.find('$', 1) : std::string_view::npos;
    if (tag != std::string_view::npos && token.size() >= 2 * (tag + 1)) {
      const std::string_view body = token.substr(tag + 1, token.size() - 2 * (tag + 1));
      html += HtmlText(token.substr(0, tag + 1)) + Highlighted(body) + HtmlText(token.substr(0, tag + 1));
    } else if (const char kind = ClassOf(token); kind != '\0') {
      html += fmt::format("<span class=\"{}\">{}</span>", kind, HtmlText(token));
    } else {
      html += HtmlText(token);
    }
  }
  return html;
}

std::string PartHtml(const PagePart& part, std::size_t number) {
  std::string notes;
  for (const std::string& note : part.notes) {
    const bool loses = note.find("LOSES") != std::string::npos || note.find("DELETES") != std::string::npos;
    notes += fmt::format("<li{}>{}</li>\n", loses ? " class=\"loses\"" : "", HtmlText(note));
  }
  return fmt::format(
      "<section class=\"part\" id=\"part-{0}\" tabindex=\"-1\" aria-labelledby=\"title-{0}\">\n"
      "<h2 id=\"title-{0}\">{0}. {1}</h2>\n<p class=\"hint\">{2}</p>\n{3}"
      "<div class=\"bar\"><button type=\"button\">Copy part {0}</button>\n"
      "<label><input type=\"checkbox\"> done</label> <span class=\"hint\">{4}, {5} bytes</span></div>\n"
      "<pre tabindex=\"0\" aria-label=\"SQL of part {0}\"><code>{6}</code></pre>\n</section>\n",
      number, HtmlText(part.title), HtmlText(part.hint), notes.empty() ? "" : "<ul>\n" + notes + "</ul>\n",
      HtmlText(part.name), part.sql.size(), Highlighted(part.sql));
}

}  // namespace

std::string HandOverPage(const Page& page) {
  std::string all;
  std::string list;
  std::string sections;
  for (std::size_t i = 0; i < page.parts.size(); ++i) {
    all += page.parts[i].sql;
    list += fmt::format("<li><a href=\"#part-{}\">{}</a></li>\n", i + 1, HtmlText(page.parts[i].title));
    sections += PartHtml(page.parts[i], i + 1);
  }
  const std::string diagram =
      page.before != nullptr && page.after != nullptr ? ChangeDiagram(*page.before, *page.after) : "";
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "script-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{0}</title>\n"
      "<style>{1}</style>\n</head>\n<body data-checksum=\"{2}\">\n<main>\n<h1>{0}</h1>\n"
      "<p>Run the parts in their order, each as one run. A part that was run before changes nothing; one "
      "whose turn has "
      "not come stops before any change. The last part tells whether all is there.</p>\n"
      "<p class=\"keys hint\">Keys: j and k go to the next and the former part, c copies it, x ticks it "
      "off.</p>\n"
      "<nav aria-label=\"Parts\"><ol>\n{3}</ol></nav>\n{4}{5}</main>\n"
      "<p id=\"live\" class=\"hint\" role=\"status\"></p>\n<script>{6}</script>\n</body>\n</html>\n",
      HtmlText(page.title), kPageStyle, sql::ChecksumOf(all), list,
      diagram.empty() ? "" : "<h2>Tables that change</h2>\n" + diagram, sections, kPageScript);
}

}  // namespace schemac
