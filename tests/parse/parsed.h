// A text parsed for a test, with what was said about it.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "compiler/parse/parse.h"

namespace schemac {

class Parsed {
 public:
  explicit Parsed(std::string text) : file_(Parse(sources_.Add("test", std::move(text)), sources_, sink_)) {}

  [[nodiscard]] const ast::File& file() const { return file_; }
  [[nodiscard]] const Sources& sources() const { return sources_; }
  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return sink_.diagnostics(); }
  [[nodiscard]] bool HasErrors() const { return sink_.HasErrors(); }

  // "line:column message" of every diagnostic, a line each.
  [[nodiscard]] std::string Messages() const {
    std::string text;
    for (const Diagnostic& diagnostic : sink_.diagnostics()) {
      const LineColumn place = sources_.Locate(diagnostic.span.source, diagnostic.span.begin);
      text += std::to_string(place.line) + ":" + std::to_string(place.column) + " " + diagnostic.message;
      if (!diagnostic.fix.empty()) text += " | " + diagnostic.fix;
      text += '\n';
    }
    return text;
  }

  template <typename Node>
  [[nodiscard]] std::string Text(const Node& node) const {
    return std::string(sources_.Text(node.span));
  }
  template <typename Node>
  [[nodiscard]] const Node& Item(std::size_t index) const {
    return std::get<Node>(*file_.items.at(index));
  }
  template <typename Node>
  [[nodiscard]] const Node& Change(std::size_t index) const {
    return std::get<Node>(file_.changes.at(index));
  }

 private:
  Sources sources_;
  DiagnosticSink sink_;
  ast::File file_;
};

}  // namespace schemac
