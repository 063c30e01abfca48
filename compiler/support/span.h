// Places in sources. A place is a byte range in one source; lines and columns exist only in the printer of
// diagnostics (support/diagnostic.h).
#pragma once

#include <cstddef>
#include <cstdint>

namespace schemac {

// Names one source of a `Sources`. `kNoSource` stands for "made by the program, no text behind it".
using SourceId = std::uint32_t;
inline constexpr SourceId kNoSource = 0xFFFFFFFFU;

// A half-open byte range [begin, end) of a source.
struct Span {
  SourceId source = kNoSource;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] bool IsKnown() const { return source != kNoSource; }
  bool operator==(const Span&) const = default;
};

// The smallest span that holds both. If one of the two is unknown, the other.
inline Span Cover(const Span& left, const Span& right) {
  if (!left.IsKnown()) return right;
  if (!right.IsKnown() || left.source != right.source) return left;
  return {left.source, left.begin < right.begin ? left.begin : right.begin,
          left.end > right.end ? left.end : right.end};
}

}  // namespace schemac
