// A source as the pieces that a formatter moves about: words, stretches of SQL, comments, and what each does
// to the layout.
#pragma once

#include <optional>
#include <vector>

#include "compiler/support/diagnostic.h"

namespace schemac::parse {

struct Piece {
  enum class Kind {
    Text,         // A token, or a stretch of SQL, JSON or a type that is kept as it is.
    LineComment,  // `--`, and `---` too.
    BlockComment,
  };
  enum class Mark {
    None,
    OpenBlock,  // `{` whose contents stand on lines of their own.
    CloseBlock,
    OpenList,  // `{` before labels or the values of a row, which may share a line.
    ListComma,
    CloseList,
    EndOfUnit,  // `;`
    BeginPart,  // `up`, `down`: begins a line although no `;` came before.
  };
  enum class Column { None, Name, Type, Rest };

  Kind kind = Kind::Text;
  Span span;
  bool keyword = false;  // One of our words, used as such: its case does not count.
  bool glued = false;    // No blank before it.
  Mark mark = Mark::None;
  Column column = Column::None;  // The first piece of a column's name, type, or all that follows.
  // Set on the first piece of an item of the file: which kind of item (a token type; the value means nothing
  // else).
  std::optional<std::size_t> item;
  bool header = false;  // The item is a line of a revision's header: `revision`, `revises`, `message`.
};

// In the order of the source. nullopt, with diagnostics, when the source has syntax errors.
std::optional<std::vector<Piece>> Outline(SourceId source, const Sources& sources, DiagnosticSink& sink);

}  // namespace schemac::parse
