// A PostgreSQL statement put together from pieces of the author's text and words of ours, that knows for each
// of its bytes where in the sources it comes from. So an error of PostgreSQL's parser gets its caret in the
// model file.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/support/source.h"
#include "schema/address.h"

namespace schemac::analyze {

class SqlTemplate {
 public:
  // `place`: what words of ours stand for, until At() says otherwise.
  SqlTemplate(const Sources& sources, Span place);

  SqlTemplate& At(Span place);
  // Words of ours; a blank goes before them. In the second form they stand for `span`, as a whole.
  SqlTemplate& Add(std::string_view sql) { return Add(sql, place_); }
  SqlTemplate& Add(std::string_view sql, Span span);
  // The author's bytes.
  SqlTemplate& AddSource(Span span);
  SqlTemplate& AddName(const ast::Name& name);
  // As written: no schema is added.
  SqlTemplate& AddName(const ast::QualifiedName& name);
  // Always with its schema.
  SqlTemplate& AddName(const schema::QualifiedName& name, Span span);
  SqlTemplate& AddNames(const std::vector<ast::Name>& names);        // `(a, b)`.
  SqlTemplate& AddOptions(const std::vector<ast::Option>& options);  // `(a = b, c)`.

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] Span place() const { return place_; }
  [[nodiscard]] Span PlaceOf(std::optional<std::size_t> offset, std::size_t length) const;

  // Parts that may be left out when they are wrong: between Open and Close, nested. Numbered by the caller.
  void Open(int part);
  void Close();
  // The innermost part at the offset.
  [[nodiscard]] std::optional<int> PartAt(std::size_t offset) const;

 private:
  struct Piece {
    std::size_t begin = 0;
    std::size_t end = 0;
    Span span;
    bool verbatim = false;
    int part = -1;
  };
  void AddOptionValue(const ast::Name& value);
  void Append(std::string_view sql, Span span, bool verbatim);
  // What is added to the text between the two is one piece; a blank goes before it.
  std::size_t BeginPiece();
  void EndPiece(std::size_t begin, Span span, bool verbatim);
  [[nodiscard]] const Piece* PieceAt(std::size_t offset) const;

  const Sources* sources_;
  Span place_;
  std::string text_;
  std::vector<Piece> pieces_;
  std::vector<int> open_;
};

// `"schema".name`, quoted where needed, the schema never left out: the statement must not depend on the
// search path.
std::string FullName(const schema::QualifiedName& name);

}  // namespace schemac::analyze
