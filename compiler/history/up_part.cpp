#include "compiler/history/up_part.h"

#include <algorithm>
#include <cctype>

namespace schemac {
namespace {

// A line that is a comment, as marks are compared: without dashes, lower case, single blanks. "" for others.
std::string CommentOf(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos || line.substr(begin, 2) != "--") return "";
  std::string words;
  bool blank = false;
  for (const char byte : line.substr(std::min(line.find_first_not_of("- \t", begin), line.size()))) {
    if (std::isspace(static_cast<unsigned char>(byte)) != 0) {
      blank = true;
      continue;
    }
    if (blank && !words.empty()) words += ' ';
    blank = false;
    words += static_cast<char>(std::tolower(static_cast<unsigned char>(byte)));
  }
  return words;
}

bool IsMark(const std::string& comment, std::string_view mark) {
  if (mark.empty() || !comment.starts_with(mark)) return false;
  return comment.size() == mark.size() || comment[mark.size()] == ' ';
}

}  // namespace

bool HasMark(std::string_view text, std::string_view mark) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (IsMark(CommentOf(text.substr(begin, end - begin)), mark)) return true;
    begin = end + 1;
  }
  return false;
}

const UpDownMarks* MarksIn(std::string_view text) {
  const auto* found = std::find_if(kUpDownMarks.begin(), kUpDownMarks.end(), [&](const UpDownMarks& marks) {
    return HasMark(text, marks.up) || HasMark(text, marks.down);
  });
  return found == kUpDownMarks.end() ? nullptr : found;
}

std::string BlankDown(std::string text, const UpDownMarks& marks) {
  bool down = false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string comment = CommentOf(std::string_view(text).substr(begin, end - begin));
    if (IsMark(comment, marks.up)) down = false;
    if (IsMark(comment, marks.down)) down = true;
    if (down)
      std::fill(text.begin() + static_cast<std::ptrdiff_t>(begin),
                text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    begin = end + 1;
  }
  return text;
}

}  // namespace schemac
