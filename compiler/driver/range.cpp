#include "compiler/driver/range.h"

namespace schemac {

ErrorOr<std::pair<Point, Point>> ResolveEnds(const History& history, const std::string& text,
                                             const std::string& start) {
  const std::size_t colon = text.find(':');
  std::string first = colon == std::string::npos ? start : text.substr(0, colon);
  std::string second = colon == std::string::npos ? text : text.substr(colon + 1);
  if (first.empty()) first = start;
  if (second.empty() && colon != std::string::npos) second = start == "head" ? "base" : "head";
  if (colon != std::string::npos && (second.starts_with('+') || second.starts_with('-')))
    second.insert(0, first);
  const ErrorOr<Point> from = history.Resolve(first);
  if (!from) return from.error();
  const ErrorOr<Point> to = history.Resolve(second);
  if (!to) return to.error();
  return std::pair(*from, *to);
}

}  // namespace schemac
