// Migrations that are programs in the language of their tool: short ones, that run the SQL beside them.
#include <cctype>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/sql/checksum.h"
#include "emitters/layouts/layout_parts.h"

namespace schemac::emitters {
namespace {

std::string OneLineText(std::string_view text) {
  std::string line(text);
  for (char& byte : line) {
    if (static_cast<unsigned char>(byte) < ' ') byte = ' ';
  }
  return line;
}

std::string PythonCalls(const std::vector<std::string>& files, bool in_transaction) {
  if (files.empty()) return "    pass\n";
  std::string text;
  for (const std::string& file : files) {
    if (in_transaction) {
      text += fmt::format("    _run(\"{}\")\n", file);
    } else {
      text += fmt::format("    with op.get_context().autocommit_block():\n        _run(\"{}\")\n", file);
    }
  }
  return text;
}

std::string PythonParents(const std::vector<std::string>& revises) {
  if (revises.empty()) return "None";
  std::vector<std::string> ids;
  for (const std::string& id : revises) ids.push_back(fmt::format("\"{}\"", AlembicId(id)));
  return ids.size() == 1 ? ids.front() : fmt::format("({})", fmt::join(ids, ", "));
}

std::string RubyCalls(const std::vector<std::string>& files) {
  std::string text;
  for (const std::string& file : files)
    text += fmt::format("    execute File.read(File.join(__dir__, \"{}\"), encoding: \"UTF-8\")\n", file);
  return text;
}

// add_users2_fields: AddUsers2Fields, as ActiveSupport's camelize makes it of the file's name.
std::string CamelCase(std::string_view slug) {
  std::string name;
  bool start = true;
  for (const char byte : slug) {
    if (byte == '_') {
      start = true;
      continue;
    }
    name += start ? static_cast<char>(std::toupper(static_cast<unsigned char>(byte))) : byte;
    start = false;
  }
  return name;
}

}  // namespace

std::string AlembicId(std::string_view id) {
  constexpr std::size_t kWidth = 32;
  if (id.size() <= kWidth) return std::string(id);
  const std::string checksum = sql::ChecksumOf(fmt::format("SELECT '{}'", id)).substr(0, 8);
  return fmt::format("{}_{}", id.substr(0, kWidth - 1 - checksum.size()), checksum);
}

std::string AlembicProgram(const LayoutRevision& revision, const std::vector<std::string>& up,
                           const std::vector<std::string>& down, bool in_transaction) {
  const std::string title = OneLineText(revision.message.empty() ? revision.id : revision.message);
  return fmt::format(
      R"(# {0}
# The statements stand in the SQL files beside this one.
from pathlib import Path

from alembic import context, op

revision = "{1}"
down_revision = {2}
branch_labels = None
depends_on = None


def _run(name):
    sql = Path(__file__).with_name(name).read_bytes().decode("utf-8")
    if context.is_offline_mode():
        op.get_context().impl.static_output(sql)
    else:
        # Without parameters: a percent sign or a colon in the SQL is one.
        op.get_bind().execution_options(no_parameters=True).exec_driver_sql(sql)


def upgrade():
{3}

def downgrade():
{4})",
      title, AlembicId(revision.id), PythonParents(revision.revises), PythonCalls(up, in_transaction),
      PythonCalls(down, in_transaction));
}

std::string RailsProgram(const LayoutRevision& revision, const std::vector<std::string>& up,
                         const std::vector<std::string>& down, bool in_transaction) {
  const std::string stem = StemOf(LayoutNamed("rails"), revision.id, 0, 1);
  return fmt::format(
      "# {}\n# The statements stand in the SQL files beside this one.\n"
      "class {} < ActiveRecord::Migration[6.1]\n{}  def up\n{}  end\n\n  def down\n{}  end\nend\n",
      OneLineText(revision.message.empty() ? revision.id : revision.message), CamelCase(SlugOf(stem)),
      in_transaction ? "" : "  disable_ddl_transaction!\n\n", RubyCalls(up), RubyCalls(down));
}

// The time is part of a change's identity: it must be the same whenever the plan is written.
std::string SqitchPlanLine(const LayoutRevision& revision) {
  const std::string needs =
      revision.revises.empty() ? "" : fmt::format(" [{}]", fmt::join(revision.revises, " "));
  return fmt::format("{}{} 2000-01-01T00:00:00Z schemac <schemac@localhost> # {}\n", revision.id, needs,
                     OneLineText(revision.message.empty() ? revision.id : revision.message));
}

}  // namespace schemac::emitters
