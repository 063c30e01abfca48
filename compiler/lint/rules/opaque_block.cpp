#include <algorithm>
#include <cctype>

#include "compiler/lint/rule.h"

namespace schemac::lint {

namespace {

bool Holds(const std::string& body, std::string_view word) {
  const auto same = [](char left, char right) {
    return std::toupper(static_cast<unsigned char>(left)) == right;
  };
  return std::search(body.begin(), body.end(), word.begin(), word.end(), same) != body.end();
}

}  // namespace

extern const Rule kOpaqueBlock;
const Rule kOpaqueBlock = {
    .id = "opaque-block",
    .severity = Severity::Note,
    .summary = "statements inside a DO block are not judged",
    .why = "What a block builds with EXECUTE, or runs under conditions, cannot be told from its text.",
    .instead = "plain statements where possible; read the block with care",
    .unsafe = "DO $$ BEGIN EXECUTE 'ALTER TABLE t DROP COLUMN a'; END $$;",
    .safe = "DO $$ BEGIN RAISE NOTICE 'x'; END $$;",
    .check =
        [](const Scene& scene, Report& report) {
          if (scene.statement.control != sql::Control::Block) return;
          for (const std::string& body : scene.statement.strings) {
            const auto holds = [&](std::string_view word) { return Holds(body, word); };
            if (holds("EXECUTE ") || holds("ALTER ") || holds("DROP ") || holds("CREATE ") ||
                holds("UPDATE ") || holds("DELETE ")) {
              report.Add(scene, "what this block does is not judged");
              return;
            }
          }
        },
};

}  // namespace schemac::lint
