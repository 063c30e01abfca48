#include "compiler/analyze/sql_template.h"

#include <algorithm>

#include "compiler/support/quote.h"

namespace schemac::analyze {

namespace {

void AppendFullName(std::string& text, const schema::QualifiedName& name) {
  AppendIdentifier(text, name.schema);
  text += '.';
  AppendIdentifier(text, name.name);
}

}  // namespace

std::string FullName(const schema::QualifiedName& name) {
  std::string text;
  AppendFullName(text, name);
  return text;
}

SqlTemplate::SqlTemplate(const Sources& sources, Span place) : sources_(&sources), place_(place) {
  // What most statements come to.
  constexpr std::size_t kUsualLength = 250;
  constexpr std::size_t kUsualPieces = 25;
  text_.reserve(kUsualLength);
  pieces_.reserve(kUsualPieces);
}

SqlTemplate& SqlTemplate::At(Span place) {
  place_ = place;
  return *this;
}

std::size_t SqlTemplate::BeginPiece() {
  if (!text_.empty() && text_.back() != '\n') text_ += ' ';
  return text_.size();
}

void SqlTemplate::EndPiece(std::size_t begin, Span span, bool verbatim) {
  pieces_.push_back({begin, text_.size(), span, verbatim, open_.empty() ? -1 : open_.back()});
}

void SqlTemplate::Append(std::string_view sql, Span span, bool verbatim) {
  const std::size_t begin = BeginPiece();
  text_ += sql;
  EndPiece(begin, span, verbatim);
}

SqlTemplate& SqlTemplate::Add(std::string_view sql, Span span) {
  Append(sql, span, false);
  return *this;
}

SqlTemplate& SqlTemplate::AddSource(Span span) {
  const std::string_view source = sources_->Text(span);
  Append(source, span, true);
  // A line comment must not swallow what follows.
  if (source.find("--") != std::string_view::npos) text_ += '\n';
  return *this;
}

SqlTemplate& SqlTemplate::AddName(const ast::Name& name) {
  const std::size_t begin = BeginPiece();
  AppendIdentifier(text_, name.text);
  EndPiece(begin, name.span, false);
  return *this;
}

SqlTemplate& SqlTemplate::AddName(const ast::QualifiedName& name) {
  const std::size_t begin = BeginPiece();
  if (name.schema) {
    AppendIdentifier(text_, name.schema->text);
    text_ += '.';
  }
  AppendIdentifier(text_, name.name.text);
  EndPiece(begin, name.span, false);
  return *this;
}

SqlTemplate& SqlTemplate::AddName(const schema::QualifiedName& name, Span span) {
  const std::size_t begin = BeginPiece();
  AppendFullName(text_, name);
  EndPiece(begin, span, false);
  return *this;
}

SqlTemplate& SqlTemplate::AddNames(const std::vector<ast::Name>& names) {
  Add("(");
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) Add(",");
    AddName(names[i]);
  }
  return Add(")");
}

SqlTemplate& SqlTemplate::AddOptions(const std::vector<ast::Option>& options) {
  Add("(");
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (i > 0) Add(",");
    // As written: `toast.autovacuum_enabled = off` is no quoted name.
    AddSource(options[i].key.span);
    if (options[i].value) AddOptionValue(*options[i].value);
  }
  return Add(")");
}

void SqlTemplate::AddOptionValue(const ast::Name& value) {
  Add("=");
  // The span of a string is that of its contents.
  const std::string& source = sources_->Get(value.span.source).text;
  const char before = value.span.begin > 0 ? source[value.span.begin - 1] : ' ';
  if (before == '\'' || before == '$') {
    Add(QuoteLiteral(value.text), value.span);
  } else {
    AddSource(value.span);
  }
}

void SqlTemplate::Open(int part) { open_.push_back(part); }
void SqlTemplate::Close() { open_.pop_back(); }

const SqlTemplate::Piece* SqlTemplate::PieceAt(std::size_t offset) const {
  if (pieces_.empty()) return nullptr;
  auto after = std::upper_bound(pieces_.begin(), pieces_.end(), offset,
                                [](std::size_t value, const Piece& piece) { return value < piece.begin; });
  return after == pieces_.begin() ? &pieces_.front() : &*std::prev(after);
}

std::optional<int> SqlTemplate::PartAt(std::size_t offset) const {
  const Piece* piece = PieceAt(offset);
  if (piece == nullptr || piece->part < 0) return std::nullopt;
  return piece->part;
}

Span SqlTemplate::PlaceOf(std::optional<std::size_t> offset, std::size_t length) const {
  if (!offset) return place_;
  const Piece* piece = PieceAt(*offset);
  if (piece == nullptr) return place_;
  if (!piece->verbatim) return piece->span;
  const std::size_t size = piece->end - piece->begin;
  const std::size_t from = std::min(*offset - piece->begin, size);
  const std::size_t to = std::min(from + std::max<std::size_t>(length, 1), size);
  return {piece->span.source, piece->span.begin + static_cast<std::uint32_t>(from),
          piece->span.begin + static_cast<std::uint32_t>(to)};
}

}  // namespace schemac::analyze
