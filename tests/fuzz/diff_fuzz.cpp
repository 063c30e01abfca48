// libFuzzer: two scripts with a line `-- to` between them. The upgrade and the downgrade that are written
// read back as what they are for, and so do the model diff and the whole of the second script made and taken
// away.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "tests/fuzz/verdict.h"
#include "tests/property/offline_laws.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kBetween = "\n-- to\n";
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = text.find(kBetween);
  if (end == std::string_view::npos) return 0;
  schemac::testing::SketchPair pair;
  pair.from_sql = text.substr(0, end);
  pair.to_sql = text.substr(end + kBetween.size());
  schemac::testing::StopOnFailure(JudgeOffline(pair));
  schemac::testing::StopOnFailure(JudgeRevision(pair));
  return 0;
}
