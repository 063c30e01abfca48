// What the layouts of other tools are made of: the parts of a script, the versions and names of files.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emitters/layouts/layout.h"

namespace schemac::emitters {

// Files whose names tell the order.
enum class FileNames {
  Numbered,  // 000200_add_users: the revision's number and 00; parts before the last count up to it, as
             // 000199.
  Flyway,    // V0002.1__add_users; without the part where there is but one.
  ById,      // 0002_add_users; 0002_add_users.01 when there are several.
  BySlug,    // 0002_add_users with a slug that is a Ruby name.
};

// One layout as data. `up` and `down` are put behind the stem; the same text twice means one file for both
// ways, "" for `down` that there is no way down.
struct Layout {
  std::string_view name;
  std::string_view folder;
  FileNames names = FileNames::ById;
  bool splits = true;           // What must run apart stands in a file of its own.
  bool own_transaction = true;  // BEGIN and COMMIT stand in the file: the tool writes none.
  std::string_view up_prefix = "";
  std::string_view up = ".up.sql";
  std::string_view down_prefix = "";
  std::string_view down = ".down.sql";
  std::string_view up_mark = "";  // Lines that begin each way.
  std::string_view down_mark = "";
  std::string_view reserved = "";         // What no line of a statement may begin with.
  std::string_view alone_mark = "";       // Behind the mark of a way that runs outside a transaction.
  std::string_view alone_header = "";     // First line of such a file.
  std::string_view statement_begin = "";  // Around a statement with a semicolon inside.
  std::string_view statement_end = "";
};

const std::vector<Layout>& Layouts();
const Layout& LayoutNamed(std::string_view name);

// What runs as one: a transaction, or a statement that PostgreSQL wants outside of one.
struct ScriptPart {
  bool transaction = true;
  bool empty = true;  // Comments alone.
  Batch batch;
};
// A batch without transaction becomes a part for each statement.
std::vector<ScriptPart> PartsOf(const Script& script);

// The parts that share a file, or a version. Way down: the last pair's part runs first.
struct PartPair {
  const ScriptPart* up = nullptr;
  const ScriptPart* down = nullptr;
};
// `same_kind` when both ways of a pair must be inside a transaction, or both outside.
std::vector<PartPair> PairParts(const std::vector<ScriptPart>& up, const std::vector<ScriptPart>& down,
                                bool same_kind);

// The digits that an id begins with ("" when it does with none), and what follows them and a "_".
std::string NumberOf(std::string_view id);
std::string SlugOf(std::string_view id);
// "000200" for the last part of 0002, "000199" for the one before. The number must be below 10^16, and above
// 0 when there are several parts.
std::string VersionOf(const Layout& layout, std::string_view id, std::size_t part, std::size_t count);
// The file's name without what Layout::up or down put around it.
std::string StemOf(const Layout& layout, std::string_view id, std::size_t part, std::size_t count);
// At most 32 bytes, the width of alembic_version.version_num; a longer id is cut, its checksum behind it.
std::string AlembicId(std::string_view id);

// Files of the tools whose migrations are programs.
std::string AlembicProgram(const LayoutRevision& revision, const std::vector<std::string>& up,
                           const std::vector<std::string>& down, bool in_transaction);
std::string RailsProgram(const LayoutRevision& revision, const std::vector<std::string>& up,
                         const std::vector<std::string>& down, bool in_transaction);
// A line of sqitch.plan.
std::string SqitchPlanLine(const LayoutRevision& revision);

}  // namespace schemac::emitters
