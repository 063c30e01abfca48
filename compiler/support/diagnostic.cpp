#include "compiler/support/diagnostic.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <ostream>

#include <fmt/format.h>

namespace schemac {

namespace {

constexpr std::array kIds{
#define X(name, id) std::string_view{id},
#include "compiler/support/diagnostics.def"
#undef X
};

// Lines longer than this are cut around the caret.
constexpr std::size_t kLineWidth = 110;
constexpr std::size_t kMargin = 4;  // Of blanks in front of the quoted line.

struct Palette {
  std::string_view error, warning, note, bold, off;
};
constexpr Palette kPlain{"", "", "", "", ""};
constexpr Palette kColoured{"\033[1;31m", "\033[1;35m", "\033[1;36m", "\033[1m", "\033[0m"};

// One code point of a line, or one bad byte, made printable in a single column.
std::string_view Printable(std::string_view character) {
  const auto byte = static_cast<unsigned char>(character.front());
  if (byte == '\t') return " ";
  if (byte < 0x20 || byte == 0x7F) return "?";
  if (byte >= 0x80 && character.size() == 1) return "?";
  return character;
}

// Bytes of the first code point; 1 for a byte that begins none.
std::size_t CharacterLength(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
  if (length > text.size()) return 1;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) return 1;
  }
  return length;
}

std::vector<std::string_view> Characters(std::string_view line) {
  std::vector<std::string_view> characters;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t length = CharacterLength(line.substr(at));
    characters.push_back(line.substr(at, length));
    at += length;
  }
  return characters;
}

struct Quoted {
  std::string line;
  std::string caret;
};

// The source line and the carets under `span`, cut to a width that fits.
Quoted QuoteLine(const Sources& sources, const Span& span) {
  // Only the neighbourhood of the caret is looked at: a line may be 100 MB long.
  const std::string_view whole = sources.Line(span.source, span.begin);
  const std::string_view text = sources.Get(span.source).text;
  const std::size_t offset_in_line =
      std::min<std::size_t>(span.begin, text.size()) - static_cast<std::size_t>(whole.data() - text.data());
  std::size_t begin = offset_in_line > 4 * kLineWidth ? offset_in_line - 4 * kLineWidth : 0;
  while (begin < whole.size() && (static_cast<unsigned char>(whole[begin]) & 0xC0U) == 0x80U) ++begin;
  const std::string_view near = whole.substr(std::min(begin, whole.size()), 8 * kLineWidth);

  std::vector<std::string_view> characters = Characters(near);
  const std::size_t at =
      Characters(near.substr(0, std::min(offset_in_line - std::min(begin, offset_in_line), near.size())))
          .size();
  const std::size_t span_in_line =
      std::min<std::size_t>(span.end > span.begin ? span.end - span.begin : 1,
                            whole.size() - std::min(offset_in_line, whole.size()));
  const std::size_t width = std::max<std::size_t>(
      1, Characters(whole.substr(std::min(offset_in_line, whole.size()), std::min(span_in_line, kLineWidth)))
             .size());

  std::size_t first = 0;
  if (at > first + kLineWidth * 2 / 3) first = at - kLineWidth / 3;
  const std::size_t last = std::min(characters.size(), first + kLineWidth);

  Quoted quoted{std::string(kMargin, ' '), std::string(kMargin + at - first, ' ')};
  for (std::size_t i = first; i < last; ++i) quoted.line += Printable(characters[i]);
  quoted.caret += '^';
  const std::size_t room = last > at ? last - at : 1;
  quoted.caret.append(std::min(width, std::max<std::size_t>(room, 1)) - 1, '~');
  return quoted;
}

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
    const Quoted quoted = QuoteLine(sources, diagnostic.span);
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
