#include "compiler/support/source.h"

#include <algorithm>

namespace schemac {

namespace {

bool IsContinuationByte(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::size_t LineBegin(std::string_view text, std::size_t offset) {
  if (offset == 0) return 0;
  const std::size_t feed = text.rfind('\n', offset - 1);
  return feed == std::string_view::npos ? 0 : feed + 1;
}

}  // namespace

SourceId Sources::Add(std::string name, std::string text) {
  sources_.push_back({std::move(name), std::move(text)});
  texts_.push_back(sources_.back().text);
  return static_cast<SourceId>(sources_.size() - 1);
}

LineColumn Sources::Locate(SourceId id, std::size_t offset) const {
  const std::string_view text = Get(id).text;
  offset = std::min(offset, text.size());
  const std::size_t begin = LineBegin(text, offset);
  const auto feeds = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(begin), '\n');
  const std::string_view before = text.substr(begin, offset - begin);
  const auto characters =
      std::count_if(before.begin(), before.end(), [](char byte) { return !IsContinuationByte(byte); });
  return {static_cast<std::size_t>(feeds) + 1, static_cast<std::size_t>(characters) + 1};
}

std::string_view Sources::Line(SourceId id, std::size_t offset) const {
  const std::string_view text = Get(id).text;
  offset = std::min(offset, text.size());
  const std::size_t begin = LineBegin(text, offset);
  std::size_t end = text.find('\n', offset);
  if (end == std::string_view::npos) end = text.size();
  std::string_view line = text.substr(begin, end - begin);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

}  // namespace schemac
