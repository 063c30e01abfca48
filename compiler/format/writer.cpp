#include "compiler/format/writer.h"

#include <algorithm>

#include "compiler/support/characters.h"

namespace schemac::format {
namespace {

constexpr std::size_t kLongestLine = 100;
constexpr std::size_t kContinuation = 2;  // Levels by which a continued unit is indented.
constexpr std::size_t kHeaderWord = 8;    // `revision`, to which the words below it are padded.
constexpr std::size_t kPartWord = 4;      // `up` and `down`.

std::string_view WithoutTrailingBlanks(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \t\r");
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

// Whether the next item begins behind this piece, or nothing more comes: an enum ends without a semicolon.
bool EndsItem(const std::vector<parse::Piece>& pieces, std::size_t index) {
  for (std::size_t at = index + 1; at < pieces.size(); ++at) {
    if (pieces[at].kind == parse::Piece::Kind::Text) return pieces[at].item.has_value();
  }
  return true;
}

}  // namespace

std::string_view Writer::Source(const Piece& piece) const {
  return text_.substr(piece.span.begin, piece.span.end - piece.span.begin);
}

std::size_t Writer::FeedsBefore(const std::vector<Piece>& pieces, std::size_t index) const {
  if (index == 0) return 0;
  const std::size_t begin = pieces[index - 1].span.end;
  const std::string_view between = text_.substr(begin, pieces[index].span.begin - begin);
  return static_cast<std::size_t>(std::ranges::count(between, '\n'));
}

bool Writer::BreaksList(const std::vector<Piece>& pieces, std::size_t index) const {
  if (index + 1 < pieces.size() && FeedsBefore(pieces, index + 1) > 0) return true;
  std::size_t width = lines_.back().indent * 2 + lines_.back().text.size();
  for (std::size_t at = index + 1; at < pieces.size(); ++at) {
    if (pieces[at].kind == Piece::Kind::LineComment) return true;
    width += pieces[at].span.end - pieces[at].span.begin + (pieces[at].glued ? 0 : 1);
    // The semicolon may follow.
    if (pieces[at].mark == Piece::Mark::CloseList || width > kLongestLine) break;
  }
  return width + 3 > kLongestLine;
}

void Writer::Write(const std::vector<Piece>& pieces, std::size_t index) {
  if (pieces[index].kind == Piece::Kind::Text) {
    WriteText(pieces, index);
  } else {
    WriteComment(pieces, index);
  }
}

void Writer::BeginLine(std::size_t indent, bool blank_before) {
  Line line;
  line.indent = indent;
  line.blank_before = blank_before && !body_begins_;
  lines_.push_back(std::move(line));
  line_over_ = false;
  line_closed_ = false;
  body_begins_ = false;
}

void Writer::Append(std::string_view text, bool glued) {
  std::string& line = lines_.back().text;
  if (!line.empty() && !glued) line += ' ';
  line += text;
}

void Writer::WriteComment(const std::vector<Piece>& pieces, std::size_t index) {
  const Piece& piece = pieces[index];
  const std::string_view text = WithoutTrailingBlanks(Source(piece));
  const bool line_comment = piece.kind == Piece::Kind::LineComment;
  const std::size_t feeds = FeedsBefore(pieces, index);
  const bool last = index + 1 == pieces.size();
  const bool ends_line = line_comment || last || FeedsBefore(pieces, index + 1) > 0;
  // Beside what stands before it in the source, unless that line is over for good.
  if (index > 0 && feeds == 0 && !line_closed_) {
    if (line_comment && !lines_.back().text.empty()) lines_.back().text += ' ';
    Append(text, false);
    if (line_comment) line_closed_ = true;
    return;
  }
  BeginLine(indent_ + (unit_open_ ? kContinuation : 0), feeds > 1 && !unit_open_);
  Append(text, true);
  if (ends_line) {
    lines_.back().comment = true;
    line_over_ = true;
    line_closed_ = true;
  }
}

void Writer::MarkColumn(const Piece& piece) {
  Line& line = lines_.back();
  switch (piece.column) {
    case Piece::Column::None:
      break;
    case Piece::Column::Name:
      line.column = line.text.empty();
      break;
    case Piece::Column::Type:
      if (line.column) line.type_at = line.text.size() + 1;
      break;
    case Piece::Column::Rest:
      if (line.column && line.type_at != 0) line.rest_at = line.text.size() + 1;
      break;
  }
}

void Writer::WriteText(const std::vector<Piece>& pieces, std::size_t index) {
  const Piece& piece = pieces[index];
  const Piece::Mark mark = piece.mark;
  const bool closes = mark == Piece::Mark::CloseBlock || mark == Piece::Mark::CloseList;
  const bool broken_list = !broken_.empty() && broken_.back();
  const bool empty =
      closes && index > 0 &&
      (pieces[index - 1].mark == Piece::Mark::OpenBlock || pieces[index - 1].mark == Piece::Mark::OpenList);
  if (mark == Piece::Mark::CloseBlock || (mark == Piece::Mark::CloseList && broken_list)) {
    --indent_;
    unit_open_ = false;
    line_over_ = !empty;
    body_begins_ = false;
  }
  if (piece.item) {
    line_over_ = true;
    unit_open_ = false;
  }
  if (mark == Piece::Mark::BeginPart) {
    line_over_ = true;
    unit_open_ = false;
  }
  if (lines_.empty() || line_closed_ || (line_over_ && !piece.glued)) {
    const bool blank = FeedsBefore(pieces, index) > 1 && !unit_open_ && !closes;
    BeginLine(indent_ + (unit_open_ && !piece.glued ? kContinuation : 0), blank);
    lines_.back().item = piece.item;
    lines_.back().header = piece.header;
  }
  MarkColumn(piece);
  Append(piece.keyword ? Lower(Source(piece)) : std::string(Source(piece)), piece.glued || empty);
  if (mark == Piece::Mark::BeginPart) lines_.back().text.resize(kPartWord, ' ');
  if (piece.header) lines_.back().text.resize(std::max(kHeaderWord, lines_.back().text.size()), ' ');
  unit_open_ = true;
  line_over_ = false;
  switch (mark) {
    case Piece::Mark::None:
    case Piece::Mark::BeginPart:
      break;
    case Piece::Mark::OpenList:
      broken_.push_back(BreaksList(pieces, index));
      if (!broken_.back()) break;
      [[fallthrough]];
    case Piece::Mark::OpenBlock:
      ++indent_;
      line_over_ = true;
      unit_open_ = false;
      body_begins_ = true;
      break;
    case Piece::Mark::ListComma:
      if (broken_list) {
        line_over_ = true;
        unit_open_ = false;
      }
      break;
    case Piece::Mark::CloseList:
      broken_.pop_back();
      if (!EndsItem(pieces, index)) break;
      [[fallthrough]];
    case Piece::Mark::CloseBlock:
    case Piece::Mark::EndOfUnit:
      line_over_ = true;
      unit_open_ = false;
      break;
  }
}

}  // namespace schemac::format
