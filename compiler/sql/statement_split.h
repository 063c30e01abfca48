// Cuts a script into statements without parsing them, as psql does: by `;` outside quotes, comments,
// parentheses and BEGIN ATOMIC bodies. COPY data and psql's backslash lines are recognised and left out.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace schemac::sql {

struct ScriptStatement {
  std::size_t begin = 0;  // The first unit of the statement, after blanks and comments.
  std::size_t end = 0;    // Behind its last byte, without the `;`.
};

class ScriptReader {
 public:
  // A byte order mark is passed over, as psql does.
  explicit ScriptReader(std::string_view text)
      : text_(text), position_(text.starts_with("\xEF\xBB\xBF") ? 3 : 0) {}

  // The next statement, or false at the end. After a COPY … FROM STDIN the data up to `\.` have been passed
  // over.
  bool Next(ScriptStatement& statement);
  // psql's commands (`\restrict x`) passed over so far, each to the end of its line.
  [[nodiscard]] const std::vector<ScriptStatement>& commands() const { return commands_; }

 private:
  void SkipCopyData();

  std::string_view text_;
  std::size_t position_;
  std::vector<ScriptStatement> commands_;
  int repairs_ = 0;  // How often an unclosed parenthesis was cut off at its first `;`.
};

}  // namespace schemac::sql
