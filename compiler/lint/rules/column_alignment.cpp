#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "compiler/lint/rule.h"

namespace schemac::lint {

using facts::Operation;

namespace {

// What a value takes in a row, and the multiple at which it begins (typlen and typalign of pg_type, manual
// 53.64).
struct Room {
  std::size_t size;
  std::size_t alignment;
};

// nullopt for types whose values have no fixed length.
std::optional<Room> RoomOf(const schema::Type& type) {
  static const std::map<std::string_view, Room> kRooms = {
      {"boolean", {1, 1}},
      {"\"char\"", {1, 1}},
      {"smallint", {2, 2}},
      {"integer", {4, 4}},
      {"real", {4, 4}},
      {"date", {4, 4}},
      {"oid", {4, 4}},
      {"bigint", {8, 8}},
      {"double precision", {8, 8}},
      {"money", {8, 8}},
      {"time without time zone", {8, 8}},
      {"time with time zone", {12, 8}},
      {"timestamp without time zone", {8, 8}},
      {"timestamp with time zone", {8, 8}},
      {"interval", {16, 8}},
      {"uuid", {16, 1}},
  };
  const auto found = kRooms.find(type.name);
  if (!type.schema.empty() || type.array || found == kRooms.end()) return std::nullopt;
  return found->second;
}

std::size_t Aligned(std::size_t offset, std::size_t alignment) {
  return (offset + alignment - 1) / alignment * alignment;
}

// Rows begin at multiples of eight, and so take up whole ones.
std::size_t Length(const std::vector<Room>& rooms) {
  std::size_t offset = 0;
  for (const Room& room : rooms) offset = Aligned(offset, room.alignment) + room.size;
  return Aligned(offset, 8);
}

// Bytes that each row would be shorter with the columns of fixed length first, the widest alignment before
// narrower ones. Behind a value of any length nothing is known: those columns are taken as if they stood in
// front of it.
std::size_t Wasted(const std::vector<sql::ColumnTraits>& columns) {
  std::vector<Room> rooms;
  for (const sql::ColumnTraits& column : columns) {
    if (const auto room = RoomOf(column.type)) rooms.push_back(*room);
  }
  std::vector<Room> best = rooms;
  std::stable_sort(best.begin(), best.end(),
                   [](const Room& left, const Room& right) { return left.alignment > right.alignment; });
  return Length(rooms) - std::min(Length(rooms), Length(best));
}

}  // namespace

extern const Rule kColumnAlignment;
const Rule kColumnAlignment = {
    .id = "column-alignment",
    .severity = Severity::Note,
    .summary = "columns stand in an order that leaves gaps in every row",
    .why =
        "PostgreSQL keeps columns in the order of the table, and begins a bigint or a timestamp at a "
        "multiple of "
        "eight bytes, an integer at one of four. A boolean between two bigints costs eight bytes a row, and "
        "the "
        "order of a table that exists cannot be changed.",
    .instead = "columns of eight bytes first, then those of four, two and one, then those of any length",
    .unsafe = "CREATE TABLE n (a boolean, b bigint, c boolean, d bigint);",
    .safe = "CREATE TABLE n (b bigint, d bigint, a boolean, c boolean);",
    .by_default = false,
    .check =
        [](const Scene& scene, Report& report) {
          if (!scene.Does({Operation::CreateTable, Operation::CreateTableReferencing}) ||
              scene.deed.temporary) {
            return;
          }
          const std::size_t wasted = Wasted(scene.deed.columns);
          if (wasted == 0) return;
          report.Add(
              scene,
              fmt::format(
                  "each row of {} has {} bytes of gaps between its columns that another order would spare",
                  scene.Relation(), wasted));
        },
};

}  // namespace schemac::lint
