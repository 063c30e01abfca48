// Laws 2 and 5 of a pair of catalogs: every part of the program is held against every other, with no server.
#pragma once

#include <optional>
#include <string>

#include "compiler/history/migration.h"
#include "tests/property/sketch_pair.h"

namespace schemac::testing {

// The catalog after a script; what was reported goes into `errors`.
schema::Catalog RunSql(const std::string& sql, schema::Catalog start, std::string& errors);

// Up and down, every hazard allowed. nullopt, and why, when the program will not.
std::optional<Migration> MigrationOf(const SketchPair& pair, std::string& refusal, bool online = false);

// What fails ("" when nothing does), its first word the law; "refused …" is told apart from a failure.
// The emitted SQL, read back: upgrade, downgrade, the whole of `to` made and taken away.
std::string JudgeOffline(const SketchPair& pair);
// The same for tables in use.
std::string JudgeOnline(const SketchPair& pair);
// `to` printed as a model and read again.
std::string JudgeModel(const SketchPair& pair);
std::string JudgeModel(const schema::Catalog& catalog);
// The change printed as a model diff and read again.
std::string JudgeRevision(const SketchPair& pair);
std::string JudgeRevision(const schema::Catalog& before, const schema::Catalog& after,
                          const schema::Intent& intent);

}  // namespace schemac::testing
