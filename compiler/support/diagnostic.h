// What a stage says about the author's input. A stage reports and goes on with what it could build; the
// driver prints all diagnostics of a run, sorted by place, and fails if one of them is an error.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/support/source.h"
#include "compiler/support/span.h"

namespace schemac {

enum class DiagnosticKind {
#define X(name, id) name,
#include "compiler/support/diagnostics.def"
#undef X
};

// "unknown-column" for DiagnosticKind::UnknownColumn.
std::string_view DiagnosticId(DiagnosticKind kind);

enum class Severity { Error, Warning };

// Messages are lower case, say what was seen, and speak of SQL rather than of grammar rules.
struct Diagnostic {
  struct Note {
    Span span;
    std::string message;
  };

  Diagnostic(DiagnosticKind kind_, Span span_, std::string message_)
      : kind(kind_), span(span_), message(std::move(message_)) {}

  Diagnostic&& With(Severity value) && {
    severity = value;
    return std::move(*this);
  }
  Diagnostic&& AddNote(Span place, std::string text) && {
    notes.push_back({place, std::move(text)});
    return std::move(*this);
  }
  // What to do, printed beside the caret: `write "email"`. An empty text adds nothing.
  Diagnostic&& Fix(std::string text) && {
    fix = std::move(text);
    return std::move(*this);
  }

  DiagnosticKind kind;
  Severity severity = Severity::Error;
  Span span;
  std::string message;
  std::string fix;
  std::vector<Note> notes;
};

class DiagnosticSink {
 public:
  void Report(Diagnostic diagnostic);
  [[nodiscard]] bool HasErrors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t error_count() const { return errors_; }
  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
  std::size_t errors_ = 0;
};

// Prints every diagnostic, sorted by source name, place and text:
//
//     users.schema:7:19: error: no column "emial" in table "users" [unknown-column]
//           index by_email (emial);
//                           ^~~~~ write "email"
//     users.schema:1:7: note: table declared here
//
// Long lines are cut around the caret; control characters are made visible. `color` adds ANSI colours.
void PrintDiagnostics(const DiagnosticSink& sink, const Sources& sources, bool color, std::ostream& out);

// The candidate nearest to `name` by edit distance, if one is near enough to be meant; else "".
std::string Nearest(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace schemac
