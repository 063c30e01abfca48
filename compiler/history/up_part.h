// Migrations that hold both ways in one file, parted by marks in comments.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace schemac {

struct UpDownMarks {
  std::string_view layout;
  std::string_view up;  // Without dashes, in lower case, blanks single; "" when the file begins with it.
  std::string_view down;
  bool required = false;  // Whether the tool refuses a file without `up`.
};

inline constexpr std::array<UpDownMarks, 5> kUpDownMarks = {{
    {"dbmate", "migrate:up", "migrate:down", true},
    {"goose", "+goose up", "+goose down", true},
    {"sql-migrate", "+migrate up", "+migrate down", true},
    {"node-pg-migrate", "up migration", "down migration", false},
    {"tern", "", "create above / drop below ----", false},
}};

// The marks whose `up` or `down` stands in the text; nullptr when none do.
const UpDownMarks* MarksIn(std::string_view text);
bool HasMark(std::string_view text, std::string_view mark);

// The text with what leads down as blanks, line feeds kept: every byte of the rest stays where it is.
std::string BlankDown(std::string text, const UpDownMarks& marks);

}  // namespace schemac
