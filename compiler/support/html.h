// The only function that escapes text on its way into HTML, or into labels that are written like it.
#pragma once

#include <string>
#include <string_view>

namespace schemac {

// Text as HTML; also in attributes. A carriage return survives.
std::string HtmlText(std::string_view text);

}  // namespace schemac
