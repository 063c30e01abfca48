#include "compiler/support/diagnostic.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <ostream>

#include <fmt/format.h>

#include "compiler/support/quoted_line.h"

namespace schemac {

namespace {

constexpr std::array kIds{
#define X(name, id) std::string_view{id},
#include "compiler/support/diagnostics.def"
#undef X
};

struct Palette {
  std::string_view error, warning, note, bold, off;
};
constexpr Palette kPlain{"", "", "", "", ""};
constexpr Palette kColoured{"\033[1;31m", "\033[1;35m", "\033[1;36m", "\033[1m", "\033[0m"};

void PrintPlace(const Sources& sources, const Span& span, std::ostream& out) {
  if (!span.IsKnown()) {
    out << "schemac: ";
    return;
  }
  const LineColumn place = sources.Locate(span.source, span.begin);
  out << sources.Get(span.source).name << ':' << place.line << ':' << place.column << ": ";
}

void PrintOne(const Diagnostic& diagnostic, const Sources& sources, const Palette& palette,
              std::ostream& out) {
  out << palette.bold;
  PrintPlace(sources, diagnostic.span, out);
  out << palette.off;
  const bool is_error = diagnostic.severity == Severity::Error;
  out << (is_error ? palette.error : palette.warning) << (is_error ? "error: " : "warning: ") << palette.off
      << diagnostic.message << " [" << DiagnosticId(diagnostic.kind) << "]\n";
  if (diagnostic.span.IsKnown()) {
    const QuotedLine quoted = QuoteLine(sources, diagnostic.span);
    out << quoted.line << '\n' << palette.error << quoted.caret << palette.off;
    if (!diagnostic.fix.empty()) out << ' ' << diagnostic.fix;
    out << '\n';
  } else if (!diagnostic.fix.empty()) {
    out << "    " << diagnostic.fix << '\n';
  }
  for (const Diagnostic::Note& note : diagnostic.notes) {
    PrintPlace(sources, note.span, out);
    out << palette.note << "note: " << palette.off << note.message << '\n';
  }
}

}  // namespace

std::string_view DiagnosticId(DiagnosticKind kind) { return kIds.at(static_cast<std::size_t>(kind)); }

void DiagnosticSink::Report(Diagnostic diagnostic) {
  if (diagnostic.severity == Severity::Error) ++errors_;
  diagnostics_.push_back(std::move(diagnostic));
}

void PrintDiagnostics(const DiagnosticSink& sink, const Sources& sources, bool color, std::ostream& out) {
  std::vector<const Diagnostic*> sorted;
  for (const Diagnostic& diagnostic : sink.diagnostics()) sorted.push_back(&diagnostic);
  const auto key = [&](const Diagnostic& diagnostic) {
    const std::string_view name =
        diagnostic.span.IsKnown() ? sources.Get(diagnostic.span.source).name : std::string_view{};
    return std::tuple(name, diagnostic.span.begin, std::string_view(diagnostic.message));
  };
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const Diagnostic* left, const Diagnostic* right) { return key(*left) < key(*right); });
  // What is wrong both on the way up and on the way back is said once.
  const auto last =
      std::unique(sorted.begin(), sorted.end(),
                  [&](const Diagnostic* left, const Diagnostic* right) { return key(*left) == key(*right); });
  std::for_each(sorted.begin(), last, [&](const Diagnostic* diagnostic) {
    PrintOne(*diagnostic, sources, color ? kColoured : kPlain, out);
  });
}

namespace {

// Edits between two words: insertions, deletions, replacements and swaps of neighbours (optimal string
// alignment).
std::size_t EditDistance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> before_last(right.size() + 1);
  std::vector<std::size_t> last(right.size() + 1);
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= left.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const bool same = left[i - 1] == right[j - 1];
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last.back();
}

}  // namespace

std::string Nearest(std::string_view name, const std::vector<std::string>& candidates) {
  const std::size_t limit = std::max<std::size_t>(1, name.size() / 3);
  std::string best;
  std::size_t best_distance = limit + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > name.size() + limit || name.size() > candidate.size() + limit) continue;
    const std::size_t distance = EditDistance(name, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace schemac
