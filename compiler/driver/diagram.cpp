// A diagram of the tables that a range of revisions changes.
#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "compiler/driver/hand_over_page.h"
#include "compiler/support/html.h"
#include "compiler/support/quote.h"

namespace schemac {
namespace {

constexpr std::size_t kBoxWidth = 250;
constexpr std::size_t kLineHeight = 16;
constexpr std::size_t kGap = 40;
constexpr std::size_t kPerRow = 4;
constexpr std::size_t kMostLines = 12;
constexpr std::size_t kMostLetters = 32;

struct Line {
  std::string text;
  const char* kind = "";  // A class of the style sheet.
};

struct Box {
  std::string name;
  const char* kind = "";
  std::vector<Line> lines;
  std::size_t x = 0;
  std::size_t y = 0;
  [[nodiscard]] std::size_t Height() const { return (lines.size() + 1) * kLineHeight + 12; }
};

std::string Shortened(std::string text) {
  if (text.size() <= kMostLetters) return text;
  std::size_t end = kMostLetters - 1;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // Whole letters.
  text.resize(end);
  return text + "…";
}

void Add(std::string text, const char* kind, Box& box) {
  if (box.lines.size() == kMostLines) {
    box.lines.push_back({"…", ""});
  } else if (box.lines.size() < kMostLines) {
    box.lines.push_back({Shortened(std::move(text)), kind});
  }
}

// What differs of the columns of one table; either may be missing.
void AddColumns(const schema::Table* before, const schema::Table* after, Box& box) {
  if (after != nullptr) {
    for (const schema::Column& column : after->columns) {
      const schema::Column* former = before == nullptr ? nullptr : before->FindColumn(column.name);
      if (former == nullptr) {
        Add("+ " + column.name, "add", box);
      } else if (!(*former == column)) {
        Add("~ " + column.name, "", box);
      }
    }
  }
  if (before == nullptr || after == nullptr) return;
  for (const schema::Column& column : before->columns) {
    if (after->FindColumn(column.name) == nullptr) Add("- " + column.name, "drop", box);
  }
}

using Boxes = std::map<schema::QualifiedName, Box>;

bool PartsDiffer(const schema::Catalog& before, const schema::Catalog& after,
                 const schema::QualifiedName& table) {
  using Kind = schema::ObjectKind;
  for (const Kind kind : {Kind::Constraint, Kind::Index, Kind::Trigger, Kind::Policy, Kind::Rule}) {
    const auto left = before.PartsOf(table, kind);
    const auto right = after.PartsOf(table, kind);
    if (!std::ranges::equal(left, right, [](const auto* a, const auto* b) { return *a == *b; })) return true;
  }
  return false;
}

Boxes ChangedTables(const schema::Catalog& before, const schema::Catalog& after) {
  Boxes boxes;
  for (const schema::Catalog* catalog : {&before, &after}) {
    for (const auto& [address, object] : catalog->objects()) {
      if (address.kind != schema::ObjectKind::Table || boxes.contains(address.qualified())) continue;
      const schema::Table* former = before.FindTable(address.qualified());
      const schema::Table* now = after.FindTable(address.qualified());
      const bool same = former != nullptr && now != nullptr && *former == *now &&
                        !PartsDiffer(before, after, address.qualified());
      if (same) continue;
      Box box;
      box.name = Shortened(QuoteQualified(address.schema, address.name));
      box.kind = former == nullptr ? "add" : now == nullptr ? "drop" : "";
      AddColumns(former, now, box);
      boxes.emplace(address.qualified(), std::move(box));
    }
  }
  return boxes;
}

// Rows of boxes; the size of the whole.
std::pair<std::size_t, std::size_t> Place(Boxes& boxes) {
  std::size_t column = 0;
  std::size_t y = 0;
  std::size_t tallest = 0;
  std::size_t width = 0;
  for (auto& [table, box] : boxes) {
    if (column == kPerRow) {
      column = 0;
      y += tallest + kGap;
      tallest = 0;
    }
    box.x = column * (kBoxWidth + kGap) + 1;
    box.y = y + 1;
    tallest = std::max(tallest, box.Height());
    width = std::max(width, box.x + kBoxWidth + 1);
    ++column;
  }
  return {width, y + tallest + 2};
}

std::string Lines(const Boxes& boxes, const schema::Catalog& after) {
  std::string svg;
  for (const auto& [table, box] : boxes) {
    for (const schema::Object* object : after.PartsOf(table, schema::ObjectKind::Constraint)) {
      const auto& constraint = std::get<schema::Constraint>(*object);
      if (!constraint.foreign_key || constraint.foreign_key->table == table) continue;
      const auto found = boxes.find(constraint.foreign_key->table);
      if (found == boxes.end()) continue;
      svg += fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>\n", box.x + kBoxWidth / 2,
                         box.y + box.Height() / 2, found->second.x + kBoxWidth / 2,
                         found->second.y + found->second.Height() / 2);
    }
  }
  return svg;
}

}  // namespace

std::string ChangeDiagram(const schema::Catalog& before, const schema::Catalog& after) {
  Boxes boxes = ChangedTables(before, after);
  if (boxes.empty()) return "";
  const auto [width, height] = Place(boxes);
  std::string svg = fmt::format(
      "<svg role=\"img\" aria-label=\"{} tables that change\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} "
      "{}\">\n",
      boxes.size(), width, height, width, height);
  svg += Lines(boxes, after);
  for (const auto& [table, box] : boxes) {
    svg += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"5\"/>\n", box.x, box.y,
                       kBoxWidth, box.Height());
    std::size_t y = box.y + kLineHeight;
    svg += fmt::format("<text class=\"name {}\" x=\"{}\" y=\"{}\">{}</text>\n", box.kind, box.x + 8, y,
                       HtmlText(box.name));
    for (const Line& line : box.lines) {
      y += kLineHeight;
      svg += fmt::format("<text class=\"{}\" x=\"{}\" y=\"{}\">{}</text>\n", line.kind, box.x + 8, y,
                         HtmlText(line.text));
    }
  }
  return svg + "</svg>\n";
}

}  // namespace schemac
