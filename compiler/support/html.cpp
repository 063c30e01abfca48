#include "compiler/support/html.h"

namespace schemac {

std::string HtmlText(std::string_view text) {
  std::string html;
  for (const char byte : text) {
    switch (byte) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\r':
        html += "&#13;";
        break;
      default:
        html += byte;
    }
  }
  return html;
}

}  // namespace schemac
