#include "compiler/driver/profile_text.h"

#include <algorithm>

namespace schemac {
namespace {

// Behind the `;` after a place, and behind the end of the line when nothing else stands there.
std::size_t EndOfClause(std::string_view text, std::size_t place) {
  const std::size_t end = std::min(text.find(';', place), text.size() - 1) + 1;
  return end < text.size() && text[end] == '\n' ? end + 1 : end;
}

}  // namespace

std::string WithProfile(std::string_view text, const ast::Revision& revision, bool online) {
  std::string result(text);
  if (online == revision.profile.has_value()) return result;
  if (!online) {
    const std::size_t end = EndOfClause(text, revision.profile->span.end);
    std::size_t begin = revision.profile->span.begin;
    while (begin > 0 && text[begin - 1] != ';' && text[begin - 1] != '\n') --begin;
    return result.erase(begin, end - begin);
  }
  std::size_t head = revision.id.span.end;
  if (!revision.revises.empty()) head = revision.revises.back().span.end;
  if (revision.message) head = revision.message->span.end;
  const std::size_t end = EndOfClause(text, head);
  const bool starts_line = end > 0 && text[end - 1] == '\n';
  return result.insert(end, starts_line ? "profile  online;\n" : "\nprofile  online;\n");
}

}  // namespace schemac
